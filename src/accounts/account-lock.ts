import type { UnitOfWork } from '../platform/units/work.ts'
import { insertAccount, isDebtorIdTaken, lockAccountRow, nextDebtorNumber } from './account-store.ts'
import { readMinor } from './amounts.ts'
import { type Books, openBooks } from './legal-entities/books.ts'

/** The locked account of a customer with the home legal entity. */
export interface Account extends Books {
  readonly customerId: number
  /** Consumption credit in minor units. */
  readonly credit: bigint
}

/**
 * Locks the account of a customer; every unit does so before it reads what it decides on. The account comes after
 * customers, bookings and transactions of devices in the order of locks; several are locked by ascending customer id. A
 * customer without account is given one, with the next debtor id.
 */
export async function lockAccount(work: UnitOfWork, customerId: number): Promise<Account> {
  const books = await openBooks(work, customerId)
  const row = (await lockAccountRow(work.tx, { customerId, ...books })) ?? (await addAccount(work, customerId, books))
  return { ...books, customerId, credit: readMinor(row.consumptionCredit, books.currency) }
}

async function addAccount(work: UnitOfWork, customerId: number, books: Books) {
  const account = { customerId, entityId: books.entityId, currency: books.currency }
  await insertAccount(work.tx, { ...account, debtorId: await newDebtorId(work) }, work.now)
  const row = await lockAccountRow(work.tx, account)
  if (!row) throw new Error('An account that was opened is not there.')
  return row
}

/** Skips numbers that an import has given to a customer already. */
async function newDebtorId(work: UnitOfWork): Promise<string> {
  for (;;) {
    const debtorId = String(await nextDebtorNumber(work.tx))
    if (!(await isDebtorIdTaken(work.tx, debtorId))) return debtorId
  }
}
