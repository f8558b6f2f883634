import type { UnitOfWork } from '../../platform/units/work.ts'
import type { Account } from '../account-lock.ts'
import { settleAccount, undoParts } from '../allocation/allocation.ts'
import { readMinor, storeMinor } from '../amounts.ts'
import { chargePaidOut } from '../charge.ts'
import { findCreditItem, listAllocations, reverseItem } from '../credits/credit-item-store.ts'
import { beginEntry, type NewEntry, writeLines } from '../journal/journal.ts'
import { type CorrectedPayment, planCorrection } from './correction-rules.ts'

type Share = Pick<CorrectedPayment, 'share' | 'claimId' | 'otherShares'>

interface PaymentCorrection extends Share {
  readonly paymentId: number
  /** Minor units, no more than the share. */
  readonly amount: bigint
  readonly description: string
  readonly key: string
}

/**
 * Takes so much of an agency's payment back, as far as it was for one claim; see `planCorrection`. What was paid out to
 * the customer meanwhile is charged. The account is locked.
 */
export async function correctAgencyPayment(work: UnitOfWork, account: Account, correction: PaymentCorrection) {
  const { paymentId, amount, description, key } = correction
  const payment = await findCreditItem(work.tx, paymentId)
  if (!payment) throw new Error(`There is no payment ${paymentId}.`)
  const { studioId, remaining } = payment
  const plan = planCorrection(
    { ...correction, remaining, settled: await listSettled(work, account, paymentId) },
    amount,
  )
  const entry: NewEntry = { kind: 'PAYMENT_CORRECTION', studioId, description, key }
  const { entryId, today } = await beginEntry(work, account, entry)
  await undoParts(
    work,
    account,
    plan.undone.map(({ allocationId, ...part }) => ({ ...part, id: allocationId, creditItemId: paymentId })),
  )
  const taken = amount - plan.missing
  if (taken > 0n) await reverseItem(work.tx, paymentId, storeMinor(taken, account.currency), work.now)
  const chargedId =
    plan.missing > 0n
      ? await chargePaidOut(work, account, { studioId, description, entryId, today, amount: plan.missing })
      : null
  await writeLines(work, account, { entryId, entry }, [
    { role: 'RECEIVABLE', amount: taken, creditItemId: paymentId },
    { role: 'RECEIVABLE', amount: plan.missing, claimId: chargedId },
    { role: 'AGENCY_CLEARING', amount: -amount, creditItemId: paymentId },
  ])
  await settleAccount(work, account)
}

/** The newest first. */
async function listSettled(work: UnitOfWork, { currency }: Account, paymentId: number) {
  const made = await listAllocations(work.tx, paymentId)
  return made
    .map(({ id, claimId, left }) => ({ allocationId: id, claimId, left: readMinor(left, currency) }))
    .toSorted((a, b) => b.allocationId - a.allocationId)
}
