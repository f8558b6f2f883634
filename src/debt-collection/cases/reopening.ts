import {
  type Account,
  assignClaims,
  changeCollection,
  listClaims,
  markClaims,
  recoverAssigned,
  recoverWriteOff,
  settleAccount,
  storeMinor,
} from '../../accounts/index.ts'
import { markAddress } from '../../customers/index.ts'
import { conflict } from '../../platform/errors/errors.ts'
import type { UnitOfWork } from '../../platform/units/work.ts'
import { banDebtor } from '../bans.ts'
import { deleteCaseBlocks } from '../blocks/block-store.ts'
import { newKey } from '../journal-keys.ts'
import { openCases } from '../runs/run-store.ts'
import { minor, readClaim } from '../updates/debt-money.ts'
import { type CaseRow, type DebtRow, listDebts, updateCases, updateDebt } from './case-store.ts'

const description = 'Debt collection goes on'
const nothing = {
  closureType: null,
  closureReason: null,
  closureText: null,
  closedOn: null,
  closedBy: null,
  closedAt: null,
  openAtClosure: null,
  closureEffects: null,
} as const

/**
 * Undoes a closure of today: what was given up is open again, and the agency has the claims. Instruments that were put out
 * of use stay so. Refuses (409) when something was paid since. The account is locked.
 */
export async function reopenCase(work: UnitOfWork, account: Account, row: CaseRow) {
  const { id: caseId, customerId, closureEffects } = row.case
  const debts = await listDebts(work.tx, [caseId])
  for (const debt of debts) {
    await revive(work, account, debt)
    await requireUntouched(work, debt)
  }
  const claimIds = debts.map(({ claimId }) => claimId)
  await markClaims(work, account, claimIds, { collectionState: 'AT_AGENCY' })
  await settleAccount(work, account)
  if (row.agencyContract.type === 'PURCHASE') await buyAgain(work, account, debts)
  await updateCases(work.tx, [caseId], nothing, work.now)
  await openCases(work.tx, [caseId], true, work.now)
  await changeCollection(work, account, {
    openCases: 1,
    hold: false,
    stage: row.agencyContract.stageName,
    ...(closureEffects?.dunningLevelId ? { dunningLevelId: closureEffects.dunningLevelId } : {}),
  })
  if (closureEffects?.isAddressMarked) {
    await markAddress(work, customerId, { status: 'VALID', since: null, information: null })
  }
  await deleteCaseBlocks(work.tx, caseId)
  if (row.agencyContract.restrictAccess) await banDebtor(work, customerId, row.agencyContract.stageName)
  const diff = { closure: [row.case.closureType, null] } as const
  const { studioId } = row.run
  work.audit({ action: 'collectionCase.reopened', entityKind: 'collectionCase', entityId: caseId, studioId, diff })
}

/** Opens again what the closure has given up of a debt. */
async function revive(work: UnitOfWork, account: Account, debt: DebtRow) {
  const amount = minor(debt, 'writtenOff')
  if (amount === 0n) return
  const recovery = { claim: await readClaim(work, debt.claimId), amount, description, key: newKey() }
  await (debt.isBought ? recoverAssigned : recoverWriteOff)(work, account, recovery)
  const assigned = debt.isBought ? storeMinor(minor(debt, 'assigned') + amount, debt.currency) : debt.assigned
  await updateDebt(work.tx, debt.id, { writtenOff: '0', assigned }, work.now)
}

/** All that the agency has not been paid must still be open, or it would collect what is settled. */
async function requireUntouched(work: UnitOfWork, debt: DebtRow) {
  const claim = await readClaim(work, debt.claimId)
  const unpaid = minor(debt, 'original') - minor(debt, 'paid')
  const isOpen = debt.isBought || claim.openAmount >= unpaid
  if (!isOpen || claim.collectionState !== 'NONE') throw conflict('errormessage.debtCollection.closureFinal')
}

/** The agency owes again what it had bought and given back. */
async function buyAgain(work: UnitOfWork, account: Account, debts: readonly DebtRow[]) {
  const returned = debts.filter(({ isBought }) => !isBought)
  const claims = (
    await listClaims(
      work.tx,
      returned.map(({ claimId }) => claimId),
    )
  ).filter(({ openAmount }) => openAmount > 0n)
  await assignClaims(work, account, { claims, description, key: newKey() })
  for (const { id, claimId, currency } of returned) {
    const open = claims.find((claim) => claim.id === claimId)?.openAmount ?? 0n
    await updateDebt(work.tx, id, { isBought: true, assigned: storeMinor(open, currency) }, work.now)
  }
}
