import type { UnitOfWork } from '../../platform/units/work.ts'
import { type Money, requireCurrency } from '../../platform/values/money.ts'
import { type Account, lockAccount } from '../account-lock.ts'
import { settleAccount, undoParts } from '../allocation/allocation.ts'
import { readMinor, storeMinor } from '../amounts.ts'
import { chargePaidOut } from '../charge.ts'
import { listClaims } from '../claim-store.ts'
import {
  type CreditItem,
  findCreditItem,
  findItemOfEntry,
  insertCreditItem,
  listAllocations,
  reverseItem,
} from './credit-item-store.ts'
import { beginEntry, mirrorLines, type NewEntry, writeLines } from '../journal/journal.ts'
import { findEntryByKey, isReversed, listPostings } from '../journal/journal-store.ts'
import { openTaxes } from '../legal-entities/books.ts'
import { splitTax } from '../legal-entities/tax-rules.ts'

/** Credit that a voucher gives away. */
export interface VoucherCredit {
  readonly customerId: number
  readonly studioId: number
  /** Above 0, in the currency of the books. */
  readonly amount: Money
  readonly description: string
  /** The same key books once. */
  readonly journalKey: string
}

/**
 * Gives a customer credit of the account for nothing: it lowers what the studio earns, with the tax in it. It settles what
 * is open; the rest stays as credit.
 */
export async function giveCredit(
  work: UnitOfWork,
  { customerId, studioId, amount, description, journalKey }: VoucherCredit,
) {
  const account = await lockAccount(work, customerId)
  const { entityId, currency } = account
  requireCurrency(amount.currency, currency, 'amount')
  const key = `voucher:${journalKey}`
  if ((await findEntryByKey(work.tx, entityId, key)) !== undefined) return
  const entry: NewEntry = { kind: 'VOUCHER', studioId, description, key }
  const { entryId, today } = await beginEntry(work, account, entry)
  const { taxCodeId, rate } = (await openTaxes(work, entityId))(today)
  const { net, tax } = splitTax(amount.minor, rate)
  const item = { customerId, entityId, studioId, currency, entryId, valueDate: today }
  const stored = storeMinor(amount.minor, currency)
  const creditItemId = await insertCreditItem(work.tx, { ...item, kind: 'VOUCHER', amount: stored }, work.now)
  await writeLines(work, account, { entryId, entry }, [
    { role: 'REVENUE', amount: net, taxCodeId, creditItemId },
    { role: 'TAX_OUTPUT', amount: tax, taxCodeId, creditItemId },
    { role: 'RECEIVABLE', amount: -amount.minor, creditItemId },
  ])
  await settleAccount(work, account)
}

type TakenCredit = Pick<VoucherCredit, 'customerId' | 'description' | 'journalKey'>

/**
 * Takes the credit of a voucher back, as a whole: what it had settled is open again. What was paid out of it, and what it
 * has settled of claims that an agency or a payment run collects just now, is charged. The lines mirror those that gave it.
 * Answers how much it was; undefined where no credit was given under the key, or it was taken back before.
 */
export async function takeBackCredit(work: UnitOfWork, taken: TakenCredit): Promise<Money | undefined> {
  const account = await lockAccount(work, taken.customerId)
  const { entityId, currency } = account
  const givenBy = await findEntryByKey(work.tx, entityId, `voucher:${taken.journalKey}`)
  if (givenBy === undefined || (await isReversed(work.tx, givenBy))) return undefined
  const { id: creditItemId, amount, remaining, studioId } = await freeCredit(work, account, givenBy)
  const { description } = taken
  const key = `voucher-back:${taken.journalKey}`
  const entry: NewEntry = { kind: 'VOUCHER', studioId, description, key, reversesEntryId: givenBy }
  const { entryId, today } = await beginEntry(work, account, entry)
  await reverseItem(work.tx, creditItemId, storeMinor(remaining, currency), work.now)
  const missing = amount - remaining
  const paidOut = { studioId, description, entryId, today, amount: missing }
  const claimId = missing > 0n ? await chargePaidOut(work, account, paidOut) : null
  const given = (await listPostings(work.tx, givenBy)).filter((line) => line.customerId === null)
  await writeLines(work, account, { entryId, entry }, [
    ...(await mirrorLines(work, entityId, given)),
    { role: 'RECEIVABLE', amount: remaining, creditItemId },
    { role: 'RECEIVABLE', amount: missing, claimId },
  ])
  await settleAccount(work, account)
  return { minor: amount, currency }
}

/** The credit that an entry has given, with all that can be taken back of what it has settled. */
async function freeCredit(work: UnitOfWork, account: Account, entryId: number): Promise<CreditItem> {
  const creditItemId = await findItemOfEntry(work.tx, entryId)
  if (creditItemId === undefined) throw new Error(`The entry ${entryId} has given no credit.`)
  const made = await listAllocations(work.tx, creditItemId)
  const claims = await listClaims(
    work.tx,
    made.map(({ claimId }) => claimId),
  )
  const free = claims.filter((claim) => claim.collectionState === 'NONE' && claim.inFlightItemId === null)
  const parts = made.filter(({ claimId }) => free.some(({ id }) => id === claimId))
  await undoParts(
    work,
    account,
    parts.map(({ id, claimId, left }) => ({ id, claimId, creditItemId, amount: readMinor(left, account.currency) })),
  )
  const item = await findCreditItem(work.tx, creditItemId)
  if (!item) throw new Error(`There is no credit ${creditItemId}.`)
  return item
}
