import { defined } from '../platform/values/defined.ts'
import { requireCurrency, type Money } from '../platform/values/money.ts'
import type { UnitOfWork } from '../platform/units/work.ts'
import { type Account, lockAccount } from './account-lock.ts'
import { settleAccount } from './allocation/allocation.ts'
import { least, storeMinor } from './amounts.ts'
import { openTax } from './legal-entities/books.ts'
import { type Claim, findClaim, findClaimOfEntry, insertClaim, updateClaims } from './claim-store.ts'
import type { AccountRole } from './legal-entities/chart-rules.ts'
import { debtClaimPosted } from './events.ts'
import { beginEntry, type Line, type NewEntry, writeLines } from './journal/journal.ts'
import { findEntryByKey, openBookingDay } from './journal/journal-store.ts'
import { partialTax, splitTax, type TaxedAmount } from './legal-entities/tax-rules.ts'
import type { RejectionReason } from './rejection-reasons.ts'

/** What a customer is to pay. */
export interface Charge {
  readonly customerId: number
  /** Where it arises. */
  readonly studioId: number
  /** Gross, above 0, in the currency of the books. */
  readonly amount: Money
  readonly kind: Claim['kind']
  readonly chargeType: Claim['chargeType']
  /** As customers read it. */
  readonly description: string
  /** Local date of the studio; left out: today. */
  readonly dueOn?: Temporal.PlainDate | undefined
  /** The span that is paid for; both days belong to it. */
  readonly service?: { readonly from: Temporal.PlainDate; readonly to: Temporal.PlainDate } | undefined
  /** Left out: the usual tax of the legal entity. Fees have none. */
  readonly taxCodeId?: number | undefined
  /** Of a fee: the claim that caused it. */
  readonly parentClaimId?: number | undefined
  /** The same key charges once. For instance `booking:17`. */
  readonly journalKey: string
  /** Credit of the account does not settle it: the caller books the payment for it in the same unit. */
  readonly staysOpen?: true
}

/**
 * Charges a customer at once and answers the claim. Credit of the account settles it as far as it goes, unless it is to stay open. Refuses (400)
 * another currency than that of the books, and a tax code without a rate on the day.
 */
export async function chargeCustomer(work: UnitOfWork, charge: Charge): Promise<number> {
  const account = await lockAccount(work, charge.customerId)
  requireCurrency(charge.amount.currency, account.currency, 'amount')
  const key = `charge:${charge.journalKey}`
  const earlier = await findEntryByKey(work.tx, account.entityId, key)
  const known = earlier === undefined ? undefined : await findClaimOfEntry(work.tx, earlier)
  if (known !== undefined) return known
  const claimId = await addClaim(work, account, charge)
  const claim = await findClaim(work.tx, claimId)
  if (claim) await postClaim(work, account, claim, { key })
  if (!charge.staysOpen) await settleAccount(work, account)
  return claimId
}

const feeIncome: Readonly<Partial<Record<Claim['kind'], AccountRole>>> = {
  DUNNING_FEE: 'DUNNING_INCOME',
  BANK_FEE: 'FEE_INCOME',
}

/** Adds a claim that waits for its day. */
async function addClaim(work: UnitOfWork, account: Account, charge: Charge): Promise<number> {
  const { amount, service, kind } = charge
  const today = (await openBookingDay(work.tx, charge.studioId, work.now, null))?.today
  const dueDate = charge.dueOn ?? today
  if (!dueDate) throw new Error(`There is no studio ${charge.studioId}.`)
  const taxed = feeIncome[kind] ? untaxed(amount.minor) : await takeTax(work, account, charge, service?.to ?? dueDate)
  return insertClaim(
    work.tx,
    {
      entityId: account.entityId,
      studioId: charge.studioId,
      customerId: charge.customerId,
      kind,
      chargeType: charge.chargeType,
      description: charge.description,
      amount: storeMinor(amount.minor, account.currency),
      net: storeMinor(taxed.net, account.currency),
      tax: storeMinor(taxed.tax, account.currency),
      taxCodeId: taxed.taxCodeId,
      currency: account.currency,
      dueDate,
      serviceFrom: service?.from ?? null,
      serviceTo: service?.to ?? null,
      parentClaimId: charge.parentClaimId ?? null,
    },
    work.now,
  )
}

type Taxed = TaxedAmount & { readonly taxCodeId: number | null }

const untaxed = (amount: bigint): Taxed => ({ net: amount, tax: 0n, taxCodeId: null })

/** The rate of the last day that is paid for counts. */
async function takeTax(
  work: UnitOfWork,
  { entityId }: Account,
  { amount, taxCodeId: named }: Charge,
  day: Temporal.PlainDate,
): Promise<Taxed> {
  const { taxCodeId, rate } = await openTax(work, entityId, named, day)
  return { ...splitTax(amount.minor, rate), taxCodeId }
}

/** Books claims that wait; see {@link postClaim}. */
export async function postClaims(work: UnitOfWork, account: Account, claims: readonly Claim[]) {
  for (const claim of claims) await postClaim(work, account, claim, { key: `claim:${claim.id}` })
}

/**
 * Books a claim that waits: from now on the balance counts it. A negative amount is a credit note. The account is locked,
 * and the caller settles it afterwards.
 */
export async function postClaim(
  work: UnitOfWork,
  account: Account,
  claim: Claim,
  how: Pick<NewEntry, 'key' | 'reversesEntryId'>,
) {
  const kind = claim.amount < 0n ? 'CREDIT_NOTE' : 'CHARGE'
  const entry: NewEntry = { kind, studioId: claim.studioId, description: claim.description, ...how }
  const { entryId } = await beginEntry(work, account, entry)
  await updateClaims(work.tx, [claim.id], { state: 'POSTED', postedEntryId: entryId }, work.now)
  await writeLines(work, account, { entryId, entry }, toLines(claim))
  if (claim.contractId !== null && claim.parentClaimId !== null) await recordDifference(work, claim)
  announceClaim(work, account, claim.id)
}

/** A credit note of a contract is taken from the claim whose period it corrects, as far as there is something left. */
async function recordDifference(work: UnitOfWork, note: Claim) {
  const claim = note.parentClaimId === null ? undefined : await findClaim(work.tx, note.parentClaimId)
  if (!claim) return
  const part = least(-note.amount, claim.amount - claim.reducedAmount)
  const changes = {
    reducedAmount: storeMinor(claim.reducedAmount + part, claim.currency),
    reducedTax: storeMinor(claim.reducedTax + partialTax(claim, part), claim.currency),
  }
  await updateClaims(work.tx, [claim.id], changes, work.now)
}

function toLines({ id: claimId, kind, amount, net, tax, taxCodeId, payer }: Claim): Line[] {
  return [
    { role: 'RECEIVABLE', amount, claimId, isOfCompany: payer === 'COMPANY' },
    { role: taxCodeId === null ? (feeIncome[kind] ?? 'FEE_INCOME') : 'REVENUE', amount: -net, taxCodeId, claimId },
    { role: 'TAX_OUTPUT', amount: -tax, taxCodeId, claimId },
  ]
}

export function announceClaim(work: UnitOfWork, { customerId, homeStudioId }: Account, debtClaimId: number) {
  const about = { entityId: customerId, customerId, audienceStudioIds: [homeStudioId] }
  work.emit(debtClaimPosted({ ...about, content: { debtClaimId } }))
}

interface PaidOut {
  readonly studioId: number
  readonly description: string
  readonly entryId: number
  readonly today: Temporal.PlainDate
  readonly amount: bigint
  /** Why a bank took it back. */
  readonly reason?: RejectionReason
}

/**
 * Charges, without tax, money that was given out and is taken back, on the lines of an entry that the caller writes. Answers the
 * claim. The account is locked.
 */
export async function chargePaidOut(
  work: UnitOfWork,
  account: Account,
  { entryId, today, amount, reason, ...paid }: PaidOut,
) {
  const { customerId, entityId, currency } = account
  const stored = storeMinor(amount, currency)
  const what = { kind: 'PRINCIPAL_CLAIM', chargeType: 'OTHER', dueDate: today } as const
  const row = { ...paid, ...what, customerId, entityId, currency, amount: stored, net: stored, tax: '0' }
  const claimId = await insertClaim(work.tx, row, work.now)
  const booked = { state: 'POSTED', postedEntryId: entryId, ...defined({ latestRejectionReason: reason }) } as const
  await updateClaims(work.tx, [claimId], booked, work.now)
  announceClaim(work, account, claimId)
  return claimId
}
