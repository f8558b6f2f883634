import {
  type Account,
  changeCollection,
  hasOpenClaim,
  least,
  listAccounts,
  listClaims,
  markClaims,
  releaseAssigned,
  settleAccount,
  storeMinor,
  sum,
  writeOffAssigned,
  writeOffClaim,
} from '../../accounts/index.ts'
import type { UnitOfWork } from '../../platform/units/work.ts'
import { liftBan } from '../bans.ts'
import { type CaseRow, type DebtRow, listDebts, updateCases, updateDebt } from '../cases/case-store.ts'
import { newKey } from '../journal-keys.ts'
import { openCases } from '../runs/run-store.ts'
import type { Closure } from './closure-facts.ts'
import { minor, readClaim } from './debt-money.ts'
import { applyRejection } from './rejections.ts'
import { givesUpRest } from './update-rules.ts'

const description = 'Debt collection closed'

/**
 * Closes cases of one customer that are still open; the first closure of a case is final. What is open is given up or is
 * the studio's to collect again. The account is locked.
 */
export async function closeCases(work: UnitOfWork, account: Account, cases: readonly CaseRow[], closure: Closure) {
  for (const row of cases) if (row.case.isOpen) await closeCase(work, account, row, closure)
}

async function closeCase(work: UnitOfWork, account: Account, row: CaseRow, closure: Closure) {
  const { id: caseId, customerId } = row.case
  const debts = await listDebts(work.tx, [caseId])
  const rest = await settleRests(work, account, debts, givesUpRest(closure, row.agencyContract))
  await openCases(work.tx, [caseId], false, work.now)
  const claimIds = debts.map(({ claimId }) => claimId)
  const restarts = closure.type === 'POSITIVE' || closure.type === 'NEGATIVE'
  await markClaims(work, account, claimIds, {
    collectionState: 'NONE',
    ...(restarts ? { dunningClockFrom: closure.date } : {}),
  })
  const { isCollected, dunningLevelId } = await endCollection(work, account, closure)
  const isAddressMarked = await applyRejection(work, row, debts, closure)
  if (!isCollected) await liftBan(work, customerId)
  await updateCases(
    work.tx,
    [caseId],
    {
      closureType: closure.type,
      closureReason: closure.reason,
      closureText: closure.text,
      closedOn: closure.date,
      closedBy: closure.by,
      closedAt: work.now,
      openAtClosure: storeMinor(rest, account.currency),
      closureEffects: { dunningLevelId, isAddressMarked },
    },
    work.now,
  )
  work.audit({
    action: 'collectionCase.closed',
    entityKind: 'collectionCase',
    entityId: caseId,
    studioId: row.run.studioId,
    diff: { closure: [null, closure.type], reason: [null, closure.reason] },
  })
}

/** Gives up what is open of debts, or leaves it to the studio. Answers how much it was. */
async function settleRests(work: UnitOfWork, account: Account, debts: readonly DebtRow[], givesUp: boolean) {
  const rests: bigint[] = []
  for (const debt of debts) {
    const rest = debt.isBought ? await settleBought(work, account, debt, givesUp) : await settleOwn(work, debt, givesUp)
    rests.push(rest)
  }
  if (debts.some(({ isBought }) => isBought)) await settleAccount(work, account)
  return sum(rests)
}

async function settleBought(work: UnitOfWork, account: Account, debt: DebtRow, givesUp: boolean): Promise<bigint> {
  const rest = minor(debt, 'assigned')
  if (rest === 0n) return rest
  const claim = await readClaim(work, debt.claimId)
  const part = { claim, amount: rest, description, key: newKey() }
  await (givesUp ? writeOffAssigned : releaseAssigned)(work, account, part)
  const writtenOff = minor(debt, 'writtenOff') + (givesUp ? rest : 0n)
  // What the customer owes to the studio again is like any other debt from now on.
  const changes = { assigned: '0', writtenOff: storeMinor(writtenOff, debt.currency), isBought: givesUp }
  await updateDebt(work.tx, debt.id, changes, work.now)
  return rest
}

/** No more is given up than was handed over: what came to be open of the claim since then was never the agency's. */
async function settleOwn(work: UnitOfWork, debt: DebtRow, givesUp: boolean): Promise<bigint> {
  const { openAmount } = await readClaim(work, debt.claimId)
  const unpaid = minor(debt, 'original') - minor(debt, 'paid')
  const rest = unpaid > 0n ? least(openAmount, unpaid) : 0n
  if (!givesUp || rest === 0n) return rest
  const amount = { minor: rest, currency: debt.currency }
  await writeOffClaim(work, { claimId: debt.claimId, amount, description, journalKey: newKey() })
  const writtenOff = storeMinor(minor(debt, 'writtenOff') + rest, debt.currency)
  await updateDebt(work.tx, debt.id, { writtenOff }, work.now)
  return rest
}

/** One case less is open; what that means for reminders and holds depends on how it ended. */
async function endCollection(work: UnitOfWork, account: Account, { type }: Closure) {
  const standing = (await listAccounts(work.tx, account.customerId)).find(
    ({ entityId }) => entityId === account.entityId,
  )
  const isLast = standing?.openCases === 1
  const clearsDunning =
    isLast && (type === 'POSITIVE' || (type === 'NEGATIVE' && !(await hasOpenClaim(work.tx, account))))
  const { isCollected } = await changeCollection(work, account, {
    openCases: -1,
    ...(clearsDunning ? { dunningLevelId: null } : {}),
    ...(type === 'REJECTION' ? { hold: true } : {}),
  })
  return { isCollected, dunningLevelId: clearsDunning ? (standing?.dunningLevelId ?? null) : null }
}

/** Gives up what is still open of the debts of closed cases. Answers how much. */
export async function writeOffRests(work: UnitOfWork, debts: readonly DebtRow[]): Promise<bigint> {
  const open = new Map(
    (
      await listClaims(
        work.tx,
        debts.map(({ claimId }) => claimId),
      )
    ).map((claim) => [claim.id, claim]),
  )
  const given: bigint[] = []
  for (const debt of debts) {
    const claim = open.get(debt.claimId)
    if (!claim || claim.openAmount <= 0n || claim.collectionState !== 'NONE') continue
    await writeOffClaim(work, { claimId: claim.id, description, journalKey: newKey() })
    given.push(claim.openAmount)
    // An agency that reports money for it later revives it.
    if (debt.isBought) continue
    const writtenOff = storeMinor(minor(debt, 'writtenOff') + claim.openAmount, debt.currency)
    await updateDebt(work.tx, debt.id, { writtenOff }, work.now)
  }
  return sum(given)
}
