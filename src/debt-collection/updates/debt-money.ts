import {
  type Account,
  bookAgencyPayment,
  type Claim,
  correctAgencyPayment,
  least,
  listClaims,
  readMinor,
  recoverAssigned,
  recoverWriteOff,
  releaseAssigned,
  settleAccount,
  settleAssigned,
  storeMinor,
} from '../../accounts/index.ts'
import type { UnitOfWork } from '../../platform/units/work.ts'
import {
  addAssigned,
  correctShare,
  type DebtRow,
  insertShares,
  listDebtPayments,
  listOtherShares,
  updateDebt,
} from '../cases/case-store.ts'
import { newKey } from '../journal-keys.ts'
import { planPaid } from './update-rules.ts'

const description = 'Debt collection'

/** A debt with what an agency reports as paid in total; minor units. */
export interface ReportedDebt {
  readonly debt: DebtRow
  readonly paid: bigint
}

export const minor = (debt: DebtRow, field: 'original' | 'paid' | 'canceled' | 'assigned' | 'writtenOff') =>
  readMinor(debt[field], debt.currency)

export async function readClaim(work: UnitOfWork, claimId: number): Promise<Claim> {
  const [claim] = await listClaims(work.tx, [claimId])
  if (!claim) throw new Error(`There is no claim ${claimId}.`)
  return claim
}

/**
 * Books what an agency reports of an own case: first what it takes back, then everything more as one payment. The account
 * is locked.
 */
export async function bookReported(work: UnitOfWork, account: Account, reported: readonly ReportedDebt[]) {
  for (const { debt, paid } of reported) {
    const less = minor(debt, 'paid') - paid
    if (less > 0n) await takeBackPaid(work, account, debt, less)
  }
  const more = reported.filter(({ debt, paid }) => paid > minor(debt, 'paid'))
  if (more.length > 0) await bookMore(work, account, more)
  for (const { debt, paid } of reported) {
    if (paid !== minor(debt, 'paid')) {
      await updateDebt(work.tx, debt.id, { paid: storeMinor(paid, debt.currency) }, work.now)
    }
  }
}

async function bookMore(work: UnitOfWork, account: Account, more: readonly ReportedDebt[]) {
  const planned: { readonly debt: DebtRow; readonly settled: bigint; readonly booked: bigint }[] = []
  for (const { debt, paid } of more) {
    const claim = await readClaim(work, debt.claimId)
    const [assigned, writtenOff] = [minor(debt, 'assigned'), minor(debt, 'writtenOff')]
    const facts = { open: claim.openAmount, assigned, writtenOff, isBought: debt.isBought }
    const plan = planPaid(facts, paid - minor(debt, 'paid'))
    if (plan.recovered > 0n) {
      const recovery = { claim, amount: plan.recovered, description, key: newKey() }
      await (debt.isBought ? recoverAssigned : recoverWriteOff)(work, account, recovery)
    }
    const left = debt.isBought ? assigned + plan.recovered - plan.settled : assigned
    const changes = {
      writtenOff: storeMinor(writtenOff - plan.recovered, debt.currency),
      assigned: storeMinor(left, debt.currency),
    }
    await updateDebt(work.tx, debt.id, changes, work.now)
    planned.push({ debt, ...plan })
  }
  await bookSettlement(
    work,
    account,
    planned.filter(({ settled }) => settled > 0n),
  )
  await bookPayment(
    work,
    account,
    planned.filter(({ booked }) => booked > 0n),
  )
}

async function bookSettlement(
  work: UnitOfWork,
  account: Account,
  planned: readonly { readonly debt: DebtRow; readonly settled: bigint }[],
) {
  if (planned.length === 0) return
  const parts = []
  for (const { debt, settled } of planned) parts.push({ claim: await readClaim(work, debt.claimId), amount: settled })
  await settleAssigned(work, account, { parts, description, key: newKey() })
  const shares = planned.map(({ debt, settled }) => ({
    debtId: debt.id,
    paymentId: null,
    amount: storeMinor(settled, debt.currency),
  }))
  await insertShares(work.tx, shares, work.now)
}

async function bookPayment(
  work: UnitOfWork,
  account: Account,
  planned: readonly { readonly debt: DebtRow; readonly booked: bigint }[],
) {
  if (planned.length === 0) return
  const parts = []
  for (const { debt, booked } of planned) parts.push({ claim: await readClaim(work, debt.claimId), amount: booked })
  const paymentId = await bookAgencyPayment(work, account, { parts, description, key: newKey() })
  const shares = planned.map(({ debt, booked }) => ({
    debtId: debt.id,
    paymentId,
    amount: storeMinor(booked, debt.currency),
  }))
  await insertShares(work.tx, shares, work.now)
}

/** Takes back what was paid for a debt, from the newest payments first. */
async function takeBackPaid(work: UnitOfWork, account: Account, debt: DebtRow, amount: bigint) {
  const { currency, claimId } = debt
  let missing = amount
  for (const { id, paymentId, left } of await listDebtPayments(work.tx, debt.id)) {
    const share = readMinor(left, currency)
    const part = least(share, missing)
    if (part === 0n) break
    missing -= part
    if (paymentId === null) await takeBackSettled(work, account, debt, part)
    else {
      const others = await listOtherShares(work.tx, paymentId, debt.id)
      const otherShares = new Map(others.map((other) => [other.claimId, readMinor(other.left, currency)]))
      const what = { paymentId, share, claimId, otherShares, amount: part }
      await correctAgencyPayment(work, account, { ...what, description, key: newKey() })
    }
    await correctShare(work.tx, id, storeMinor(part, currency), work.now)
  }
  if (missing > 0n) throw new Error(`The payments of debt ${debt.id} do not add up to what was reported.`)
}

/** The agency owes it again; once the case is closed, the customer does. */
async function takeBackSettled(work: UnitOfWork, account: Account, debt: DebtRow, amount: bigint) {
  const claim = await readClaim(work, debt.claimId)
  await settleAssigned(work, account, { parts: [{ claim, amount: -amount }], description, key: newKey() })
  if (debt.isOpen) {
    await addAssigned(work.tx, debt.id, storeMinor(amount, debt.currency), work.now)
    return
  }
  await releaseAssigned(work, account, { claim, amount, description, key: newKey() })
  await settleAccount(work, account)
}
