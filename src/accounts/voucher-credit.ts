import type { UnitOfWork } from '../platform/units/work.ts'
import { type Money, requireCurrency } from '../platform/values/money.ts'
import { lockAccount } from './account-lock.ts'
import { settleAccount } from './allocation.ts'
import { storeMinor } from './amounts.ts'
import { insertCreditItem } from './credit-item-store.ts'
import { beginEntry, type NewEntry, writeLines } from './journal/journal.ts'
import { findEntryByKey } from './journal/journal-store.ts'
import { openTaxes } from './legal-entities/books.ts'
import { splitTax } from './legal-entities/tax-rules.ts'

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
