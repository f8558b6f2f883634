import { conflict, notFound } from '../../platform/errors/errors.ts'
import type { UnitOfWork } from '../../platform/units/work.ts'
import type { Money } from '../../platform/values/money.ts'
import { type Account, lockAccount } from '../account-lock.ts'
import { settleAccount } from '../allocation/allocation.ts'
import { readMinor } from '../amounts.ts'
import { bookCost } from '../bank-cost.ts'
import { chargePaidOut } from '../charge.ts'
import { findClaimOfEntry } from '../claim-store.ts'
import { openChart } from '../legal-entities/books.ts'
import { beginEntry, type NewEntry, writeLines } from '../journal/journal.ts'
import { findEntry, findEntryByKey, isReversed, listPostings } from '../journal/journal-store.ts'
import type { RejectionReason } from '../rejection-reasons.ts'

/** Money for prepaid credit that a bank or card scheme has taken back. */
export interface ReturnedTopUp {
  /** The entry of the top-up. */
  readonly entryId: number
  readonly kind: 'RETURN' | 'CHARGEBACK'
  readonly reason: RejectionReason
  /** As customers read the claim. */
  readonly description: string
  /** What the bank charges the studio for it; left out: nothing, or not known. */
  readonly cost?: Money | undefined
}

export interface TopUpReturn {
  readonly claimId: number
  /** The entry of the return. */
  readonly entryId: number
  /** False when the top-up was returned before: then nothing has changed. */
  readonly isNew: boolean
}

/** A top-up whose account is locked. */
export interface LockedTopUp {
  readonly account: Account
  readonly entryId: number
  readonly studioId: number
  readonly amount: Money
  /** Where its money had arrived. */
  readonly role: 'BANK_TRANSIT' | 'PSP_CLEARING'
}

/**
 * Locks the account of a top-up. Entries that are none, and top-ups whose money came through no bank and no card scheme, are not
 * found (404).
 */
export async function lockTopUp(work: UnitOfWork, entryId: number): Promise<LockedTopUp> {
  const entry = await findEntry(work.tx, entryId)
  const lines = await listPostings(work.tx, entryId)
  const own = lines.find(({ customerId }) => customerId !== null)
  const arrived = lines.find(({ amount }) => Number(amount) > 0)
  if (entry?.kind !== 'TOP_UP' || typeof own?.customerId !== 'number' || !arrived) throw unknownEntry(entryId)
  const account = await lockAccount(work, own.customerId)
  if (entry.entityId !== account.entityId) throw unknownEntry(entryId)
  const role = (await openChart(work, account.entityId)).find(({ id }) => id === arrived.accountId)?.role
  if (role !== 'BANK_TRANSIT' && role !== 'PSP_CLEARING') throw unknownEntry(entryId)
  const { studioId } = entry
  const amount = { minor: readMinor(arrived.amount, arrived.currency), currency: arrived.currency }
  return { account, entryId, studioId, amount, role }
}

const unknownEntry = (entryId: number) => notFound('journalEntry', entryId)

/**
 * Charges a customer with a top-up whose money was taken back: the prepaid credit stays, for it may be spent. A second return
 * of a top-up changes nothing. Refuses (409) one that was corrected before.
 */
export async function returnTopUp(work: UnitOfWork, topUp: LockedTopUp, back: ReturnedTopUp): Promise<TopUpReturn> {
  const { account, studioId, role, amount } = topUp
  const { kind, description, reason, cost } = back
  const key = `return:top-up:${topUp.entryId}`
  const earlier = await findEntryByKey(work.tx, account.entityId, key)
  const known = earlier === undefined ? undefined : await findClaimOfEntry(work.tx, earlier)
  if (earlier !== undefined && known !== undefined) return { claimId: known, entryId: earlier, isNew: false }
  if (await isReversed(work.tx, topUp.entryId)) throw conflict('errormessage.account.alreadyReversed')
  const entry: NewEntry = { kind, studioId, description: reason, key, reversesEntryId: topUp.entryId }
  const { entryId, today } = await beginEntry(work, account, entry)
  // Prepaid credit is taxed when it is spent.
  const claimId = await chargePaidOut(work, account, {
    studioId,
    description,
    reason,
    entryId,
    today,
    amount: amount.minor,
  })
  await writeLines(work, account, { entryId, entry }, [
    { role: 'RECEIVABLE', amount: amount.minor, claimId },
    { role, amount: -amount.minor },
  ])
  if (cost) {
    await bookCost(work, account, { studioId, role, amount: cost, description: reason, key: `top-up:${topUp.entryId}` })
  }
  await settleAccount(work, account)
  return { claimId, entryId, isNew: true }
}
