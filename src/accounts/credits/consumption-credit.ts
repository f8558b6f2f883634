import { conflict, notFound } from '../../platform/errors/errors.ts'
import type { UnitOfWork } from '../../platform/units/work.ts'
import { type Money, requireCurrency } from '../../platform/values/money.ts'
import { type Account, lockAccount } from '../account-lock.ts'
import { lockAccountRow, refreshAccount } from '../account-store.ts'
import { readMinor, storeMinor } from '../amounts.ts'
import { openTax } from '../legal-entities/books.ts'
import { beginEntry, type Line, mirrorLines, type NewEntry, writeLines } from '../journal/journal.ts'
import { findEntry, findEntryByKey, isReversed, listPostings, openBookingDay } from '../journal/journal-store.ts'
import { clearingRoles, type PaymentMethod } from '../payment-rules.ts'
import { findHomeLegalEntity } from '../legal-entities/legal-entity-store.ts'
import { refuseTooMuch } from '../refusals.ts'
import { splitTax } from '../legal-entities/tax-rules.ts'

/** A movement of the prepaid credit of a customer. The same journal key moves it once. */
export interface CreditMovement {
  readonly customerId: number
  readonly studioId: number
  /** Above 0, in the currency of the books. */
  readonly amount: Money
  readonly description: string
  /** For instance `vending:<transactionId>`. */
  readonly journalKey: string
}

/** What a customer has at hand. `credit` may be spent; `overdraft` is how far below zero it may go. */
export interface Funds {
  readonly credit: Money
  readonly overdraft: Money
}

/** Locks the account and answers what is there. A question opens no account: without one there is nothing. */
export async function lockFunds(work: UnitOfWork, customerId: number): Promise<Funds> {
  const home = await findHomeLegalEntity(work.tx, customerId)
  if (!home) throw notFound('customer', customerId)
  const { entityId, overdraftLimit } = home
  const currency = home.booksCurrency ?? home.currency
  const row = entityId === null ? undefined : await lockAccountRow(work.tx, { customerId, entityId })
  const credit = readMinor(row?.consumptionCredit ?? '0', currency)
  const overdraft = readMinor(overdraftLimit ?? '0', currency)
  return { credit: { minor: credit, currency }, overdraft: { minor: overdraft, currency } }
}

/** Adds prepaid credit that was paid for, and answers the entry. No tax arises before it is spent. */
export function topUpCredit(work: UnitOfWork, movement: CreditMovement & { readonly method: PaymentMethod }) {
  return moveCredit(work, movement, {
    kind: 'TOP_UP',
    key: `top-up:${movement.journalKey}`,
    change: movement.amount.minor,
    toLines: (amount) => [{ role: clearingRoles[movement.method], amount }],
  })
}

/** Pays prepaid credit out, and answers the entry. Refuses (400) more than there is. */
export function payOutCredit(work: UnitOfWork, movement: CreditMovement & { readonly method: PaymentMethod }) {
  return moveCredit(work, movement, {
    kind: 'PAY_OUT',
    key: `pay-out:${movement.journalKey}`,
    change: -movement.amount.minor,
    toLines: (amount) => [{ role: clearingRoles[movement.method], amount: -amount }],
  })
}

/**
 * Uses prepaid credit up for a sale, and answers the entry. Refuses (400) more than the credit and the overdraft of the
 * legal entity.
 */
export async function spendCredit(
  work: UnitOfWork,
  movement: CreditMovement & { readonly taxCodeId?: number | undefined },
): Promise<number> {
  const account = await lockAccount(work, movement.customerId)
  const day = await openBookingDay(work.tx, movement.studioId, work.now, null)
  if (!day) throw notFound('studio', movement.studioId)
  const { taxCodeId, rate } = await openTax(work, account.entityId, movement.taxCodeId, day.today)
  return moveCredit(work, movement, {
    kind: 'SPEND',
    key: `spend:${movement.journalKey}`,
    change: -movement.amount.minor,
    overdraft: account.overdraft,
    toLines: (amount) => {
      const { net, tax } = splitTax(amount, rate)
      return [
        { role: 'REVENUE', amount: -net, taxCodeId },
        { role: 'TAX_OUTPUT', amount: -tax, taxCodeId },
      ]
    },
  })
}

interface Move {
  readonly kind: NewEntry['kind']
  readonly key: string
  /** Minor units by which the credit grows. */
  readonly change: bigint
  /** Minor units below zero that are allowed; left out: none. */
  readonly overdraft?: bigint
  /** The other side of the entry for an amount above 0. */
  readonly toLines: (amount: bigint) => Line[]
}

async function moveCredit(work: UnitOfWork, movement: CreditMovement, move: Move): Promise<number> {
  const { customerId, studioId, amount, description } = movement
  const { kind, key, change, overdraft = 0n } = move
  const account = await lockAccount(work, customerId)
  requireCurrency(amount.currency, account.currency, 'amount')
  const earlier = await findEntryByKey(work.tx, account.entityId, key)
  if (earlier !== undefined) return earlier
  requireFunds(account, change, overdraft)
  const entry: NewEntry = { kind, studioId, description, key }
  const { entryId } = await beginEntry(work, account, entry)
  const lines = [{ role: 'CONSUMPTION_CREDIT' as const, amount: -change }, ...move.toLines(amount.minor)]
  await writeLines(work, account, { entryId, entry }, lines)
  await refreshAccount(work.tx, account, storeMinor(change, account.currency), work.now)
  return entryId
}

function requireFunds({ credit, currency }: Account, change: bigint, overdraft: bigint) {
  if (change < 0n && credit + change < -overdraft) throw refuseTooMuch(credit + overdraft, currency)
}

const correctable: ReadonlySet<string> = new Set(['TOP_UP', 'SPEND', 'PAY_OUT'])

/**
 * Undoes an entry that moved prepaid credit, and answers the new entry. An entry is undone once (409). Refuses (400) a
 * top-up whose money is spent.
 */
export async function reverseCreditEntry(work: UnitOfWork, entryId: number, description: string): Promise<number> {
  const undone = await findEntry(work.tx, entryId)
  const lines = await listPostings(work.tx, entryId)
  const own = lines.find((line) => line.customerId !== null)
  if (!undone || !correctable.has(undone.kind) || typeof own?.customerId !== 'number')
    throw notFound('journalEntry', entryId)
  const account = await lockAccount(work, own.customerId)
  if (undone.entityId !== account.entityId) throw notFound('journalEntry', entryId)
  if (await isReversed(work.tx, entryId)) throw conflict('errormessage.account.alreadyReversed')
  const change = readMinor(own.amount, own.currency)
  requireFunds(account, change, account.overdraft)
  const { studioId } = undone
  const key = `reversal:entry:${entryId}`
  const entry: NewEntry = { kind: 'CREDIT_CORRECTION', studioId, description, key, reversesEntryId: entryId }
  const begun = await beginEntry(work, account, entry)
  const mirrored = await mirrorLines(work, account.entityId, lines)
  await writeLines(work, account, { entryId: begun.entryId, entry }, mirrored)
  await refreshAccount(work.tx, account, storeMinor(change, account.currency), work.now)
  return begun.entryId
}
