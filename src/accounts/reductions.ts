import { badRequest, notFound } from '../platform/errors/errors.ts'
import type { UnitOfWork } from '../platform/units/work.ts'
import { type Money, requireCurrency } from '../platform/values/money.ts'
import { type Account, lockAccount } from './account-lock.ts'
import { settleAccount, storeAllocations } from './allocation/allocation.ts'
import { least, storeMinor } from './amounts.ts'
import { postClaim } from './charge.ts'
import { type Claim, findClaim, insertClaim, updateClaims } from './claim-store.ts'
import { insertCreditItem } from './credits/credit-item-store.ts'
import { beginEntry, type NewEntry, writeLines } from './journal/journal.ts'
import { findEntryByKey, openBookingDay } from './journal/journal-store.ts'
import { refuseInFlight, refuseTooMuch } from './refusals.ts'
import { partialTax } from './legal-entities/tax-rules.ts'

/** What is taken from a claim. */
export interface Reduction {
  readonly claimId: number
  /** Gross, above 0; left out: all that is possible. */
  readonly amount?: Money | undefined
  /** As customers read it; left out: the text of the claim. */
  readonly description?: string | undefined
  /** The same key books once. */
  readonly journalKey: string
}

/** A claim with its account locked, so that what is read of both holds until the unit ends. */
export async function lockClaim(work: UnitOfWork, claimId: number): Promise<{ account: Account; claim: Claim }> {
  const known = await findClaim(work.tx, claimId)
  if (!known) throw notFound('debtClaim', claimId)
  const account = await lockAccount(work, known.customerId)
  const claim = await findClaim(work.tx, claimId)
  if (!claim || claim.entityId !== account.entityId) throw notFound('debtClaim', claimId)
  return { account, claim }
}

/** A claim that is booked and that has to be paid; everything else cannot be reduced. */
function requirePayable({ id, state, amount, payer }: Claim, payers: readonly Claim['payer'][] = ['MEMBER']) {
  if (state === 'POSTED' && amount > 0n && payers.includes(payer)) return
  throw badRequest('errormessage.account.claimNotPayable', { args: [{ type: 'INTEGER', value: id }] })
}

/**
 * Takes a claim back, in part or as far as it was not taken back before, and answers the credit note. What is open of the
 * claim is settled first; the rest is credit of the customer. Refuses (400) more than the claim.
 */
export async function creditClaim(work: UnitOfWork, reduction: Reduction): Promise<number | undefined> {
  const { account, claim } = await lockClaim(work, reduction.claimId)
  const key = `credit:${reduction.journalKey}`
  if ((await findEntryByKey(work.tx, account.entityId, key)) !== undefined) return undefined
  requirePayable(claim)
  const part = readPart(account, reduction, claim.amount - claim.reducedAmount)
  const noteId = await addNote(work, claim, { part, description: reduction.description ?? claim.description })
  await recordReduction(work, claim, part)
  const note = await findClaim(work.tx, noteId)
  const isWhole = part === claim.amount
  const how = { key, reversesEntryId: isWhole ? claim.postedEntryId : null }
  if (note) await postClaim(work, account, note, how)
  await settleAccount(work, account)
  return noteId
}

/** Takes a claim back as a whole, for instance of a booking that was canceled in time. Repeating it changes nothing. */
export async function reverseCharge(work: UnitOfWork, claimId: number) {
  const { claim } = await lockClaim(work, claimId)
  if (claim.reducedAmount < claim.amount) await creditClaim(work, { claimId, journalKey: `reversal:${claimId}` })
}

/**
 * Gives up what is open of a claim, also of one that a company owes, or a part of it, and answers the entry. The tax in it is
 * given up too. Refuses
 * more than is open (400), and what a payment run collects just now (409).
 */
export async function writeOffClaim(work: UnitOfWork, reduction: Reduction): Promise<number> {
  const { account, claim } = await lockClaim(work, reduction.claimId)
  const key = `write-off:${reduction.journalKey}`
  const earlier = await findEntryByKey(work.tx, account.entityId, key)
  if (earlier !== undefined) return earlier
  requirePayable(claim, ['MEMBER', 'COMPANY'])
  refuseInFlight(claim)
  const part = readPart(account, reduction, least(claim.openAmount, claim.amount - claim.reducedAmount))
  const description = reduction.description ?? claim.description
  const entry: NewEntry = { kind: 'WRITE_OFF', studioId: claim.studioId, description, key }
  const { entryId, today } = await beginEntry(work, account, entry)
  const stored = storeMinor(part, account.currency)
  const { customerId, entityId, currency } = account
  const item = { customerId, entityId, currency, studioId: claim.studioId, valueDate: today, entryId }
  const id = await insertCreditItem(work.tx, { ...item, kind: 'WRITE_OFF', amount: stored }, work.now)
  const tax = partialTax(claim, part)
  const { taxCodeId, id: claimId } = claim
  await writeLines(work, account, { entryId, entry }, [
    { role: 'BAD_DEBT', amount: part - tax, claimId },
    { role: 'TAX_OUTPUT', amount: tax, taxCodeId, claimId },
    { role: 'RECEIVABLE', amount: -part, claimId, creditItemId: id, isOfCompany: claim.payer === 'COMPANY' },
  ])
  await recordReduction(work, claim, part)
  await storeAllocations(work, account, [{ claimId, credit: { kind: 'ITEM', id }, amount: part }])
  await settleAccount(work, account)
  return entryId
}

function readPart(account: Account, { amount }: Reduction, possible: bigint): bigint {
  if (amount) requireCurrency(amount.currency, account.currency, 'amount')
  const part = amount?.minor ?? possible
  if (part <= 0n || part > possible) throw refuseTooMuch(possible, account.currency)
  return part
}

/** Notes how much of a claim was taken away; a part below zero came back. */
export async function recordReduction(work: UnitOfWork, claim: Claim, part: bigint) {
  const { id, reducedAmount, reducedTax, currency } = claim
  const changes = {
    reducedAmount: storeMinor(reducedAmount + part, currency),
    reducedTax: storeMinor(reducedTax + partialTax(claim, part), currency),
  }
  await updateClaims(work.tx, [id], changes, work.now)
}

async function addNote(
  work: UnitOfWork,
  claim: Claim,
  { part, description }: { readonly part: bigint; readonly description: string },
): Promise<number> {
  const { entityId, studioId, customerId, kind, taxCodeId, currency, serviceFrom, serviceTo } = claim
  const day = await openBookingDay(work.tx, studioId, work.now, null)
  const tax = partialTax(claim, part)
  const kept = { entityId, studioId, customerId, kind, taxCodeId, currency, serviceFrom, serviceTo, description }
  return insertClaim(
    work.tx,
    {
      ...kept,
      chargeType: 'CREDIT',
      amount: storeMinor(-part, currency),
      net: storeMinor(tax - part, currency),
      tax: storeMinor(-tax, currency),
      dueDate: day?.today ?? claim.dueDate,
      parentClaimId: claim.id,
    },
    work.now,
  )
}
