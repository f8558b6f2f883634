import type { UnitOfWork } from '../platform/units/work.ts'
import { type Money, requireCurrency } from '../platform/values/money.ts'
import { lockAccount, type Account } from './account-lock.ts'
import { listSources, settleAccount, storeAllocations } from './allocation/allocation.ts'
import { type OpenCredit, takeInOrder } from './allocation/allocation-rules.ts'
import { storeMinor, sum } from './amounts.ts'
import { listOpenClaims } from './claim-store.ts'
import { insertCreditItem, listCredits, reverseItem } from './credits/credit-item-store.ts'
import { type BegunEntry, beginEntry, type Line, type NewEntry, writeLines } from './journal/journal.ts'
import { findEntryByKey } from './journal/journal-store.ts'
import { clearingRoles, type PaymentMethod } from './payment-rules.ts'
import { refuseTooMuch } from './refusals.ts'

export interface Refund {
  readonly customerId: number
  readonly studioId: number
  readonly amount: Money
  /** How the money leaves. */
  readonly method: PaymentMethod
  readonly description: string
  readonly journalKey: string
}

/** Pays credit of an account out, oldest first, and answers the entry. Refuses (400) more than there is. */
export async function refundCredit(work: UnitOfWork, refund: Refund): Promise<number> {
  const { customerId, studioId, amount, method, description } = refund
  const account = await lockAccount(work, customerId)
  requireCurrency(amount.currency, account.currency, 'amount')
  const key = `refund:${refund.journalKey}`
  const earlier = await findEntryByKey(work.tx, account.entityId, key)
  if (earlier !== undefined) return earlier
  const sources = listSources(await listOpenClaims(work.tx, account), await listCredits(work.tx, account))
  const possible = sum(sources.map(({ left }) => left))
  if (amount.minor > possible) throw refuseTooMuch(possible, account.currency)
  const entry: NewEntry = { kind: 'REFUND', studioId, description, key }
  const begun = await beginEntry(work, account, entry)
  const taken = takeInOrder(sources, amount.minor)
  const lines = [
    ...(await takePayments(work, account, taken)),
    ...(await takeNotes(work, account, { taken, studioId, begun })),
  ]
  await writeLines(work, account, { entryId: begun.entryId, entry }, [
    ...lines,
    { role: clearingRoles[method], amount: -amount.minor },
  ])
  await settleAccount(work, account)
  return begun.entryId
}

type Taken = readonly { readonly source: OpenCredit; readonly amount: bigint }[]

async function takePayments(work: UnitOfWork, { currency }: Account, taken: Taken): Promise<Line[]> {
  const items = taken.filter(({ source }) => source.kind === 'ITEM')
  for (const { source, amount } of items) await reverseItem(work.tx, source.id, storeMinor(amount, currency), work.now)
  return items.map(({ source, amount }) => ({ role: 'RECEIVABLE', amount, creditItemId: source.id }))
}

/** What is paid out of credit notes closes them, by an item below zero. */
async function takeNotes(
  work: UnitOfWork,
  account: Account,
  { taken, studioId, begun }: { readonly taken: Taken; readonly studioId: number; readonly begun: BegunEntry },
): Promise<Line[]> {
  const notes = taken.filter(({ source }) => source.kind === 'CLAIM')
  if (notes.length === 0) return []
  const amount = sum(notes.map((note) => note.amount))
  const { customerId, entityId, currency } = account
  const item = { customerId, entityId, currency, studioId, valueDate: begun.today, entryId: begun.entryId }
  const stored = storeMinor(-amount, currency)
  const id = await insertCreditItem(work.tx, { ...item, kind: 'REFUND', amount: stored }, work.now)
  const closing = notes.map(({ source, amount: part }) => ({
    claimId: source.id,
    credit: { kind: 'ITEM' as const, id },
    amount: -part,
  }))
  await storeAllocations(work, account, closing)
  return [{ role: 'RECEIVABLE', amount, creditItemId: id }]
}
