import { type Account, lockAccount } from '../accounts/index.ts'
import { lockCustomers } from '../customers/index.ts'
import type { UnitOfWork } from '../platform/units/work.ts'

/** The locked accounts of customers, by customer. */
export type DebtorAccounts = ReadonlyMap<number, Account>

/** Locks customers and then their accounts, each by ascending id, as every unit does that moves money of theirs. */
export async function lockDebtors(work: UnitOfWork, customerIds: readonly number[]): Promise<DebtorAccounts> {
  const ids = [...new Set(customerIds)].toSorted((a, b) => a - b)
  if (ids.length === 0) return new Map()
  await lockCustomers(work.tx, ids)
  const accounts = new Map<number, Account>()
  for (const customerId of ids) accounts.set(customerId, await lockAccount(work, customerId))
  return accounts
}

export function takeAccount(accounts: DebtorAccounts, customerId: number): Account {
  const account = accounts.get(customerId)
  if (!account) throw new Error(`The account of customer ${customerId} was not locked.`)
  return account
}
