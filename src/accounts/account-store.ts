import { and, eq, inArray, sql } from 'drizzle-orm'
import { prepared, preparedWrite, type Queryable, type Tx } from '../platform/database/database.ts'
import type { PaymentChoice } from './payment-choices.ts'
import { creditItems, customerAccounts, debtClaims, debtorCounters } from './tables.ts'

export interface AccountKey {
  readonly customerId: number
  readonly entityId: number
}

const isAccount = ({ customerId, entityId }: AccountKey) =>
  and(eq(customerAccounts.customerId, customerId), eq(customerAccounts.entityId, entityId))

const accountLock = preparedWrite((tx) => {
  const { consumptionCredit, balance, debtorId, customerId, entityId } = customerAccounts
  return tx
    .select({ consumptionCredit, balance, debtorId })
    .from(customerAccounts)
    .where(and(eq(customerId, sql.placeholder('customerId')), eq(entityId, sql.placeholder('entityId'))))
    .for('update')
    .prepare('accounts_lock_account')
})

/** Locks the account of a customer; undefined when there is none yet. */
export async function lockAccountRow(tx: Tx, { customerId, entityId }: AccountKey) {
  const [row] = await accountLock(tx).execute({ customerId, entityId })
  return row
}

/** What stands on an account and how it is paid; undefined when there is none yet. */
export async function findAccountRow(db: Queryable, key: AccountKey) {
  const [row] = await accountRow(db).execute({ ...key })
  return row
}

const accountRow = prepared((db) => {
  const { customerId, entityId, paymentChoice, balance, currency } = customerAccounts
  return db
    .select({ paymentChoice, balance, currency })
    .from(customerAccounts)
    .where(and(eq(customerId, sql.placeholder('customerId')), eq(entityId, sql.placeholder('entityId'))))
    .prepare('accounts_find_account')
})

/** Locks all accounts with a legal entity, in the order of all locks. */
export async function lockAccountsIn(tx: Tx, entityId: number) {
  await tx
    .select({ locked: sql`1` })
    .from(customerAccounts)
    .where(eq(customerAccounts.entityId, entityId))
    .orderBy(customerAccounts.customerId)
    .for('update')
}

type NewAccount = AccountKey & { readonly debtorId: string; readonly currency: string }

/** Opens an account; nothing happens when another unit has just done so. */
export async function insertAccount(tx: Tx, account: NewAccount, now: Temporal.Instant) {
  await tx
    .insert(customerAccounts)
    .values({ ...account, createdAt: now, updatedAt: now })
    .onConflictDoNothing({
      target: [customerAccounts.tenantId, customerAccounts.customerId, customerAccounts.entityId],
    })
}

/** Counts up the debtor ids of the tenant; held until the unit ends. */
export async function nextDebtorNumber(tx: Tx): Promise<number> {
  const [row] = await tx
    .insert(debtorCounters)
    .values({ lastNumber: 10_000 })
    .onConflictDoUpdate({
      target: [debtorCounters.tenantId],
      set: { lastNumber: sql`${debtorCounters.lastNumber} + 1` },
    })
    .returning({ lastNumber: debtorCounters.lastNumber })
  if (!row) throw new Error('The counter of debtor ids returned nothing.')
  return row.lastNumber
}

export async function isDebtorIdTaken(db: Queryable, debtorId: string): Promise<boolean> {
  const rows = await db
    .select({ id: customerAccounts.customerId })
    .from(customerAccounts)
    .where(eq(customerAccounts.debtorId, debtorId))
  return rows.length > 0
}

/** What is left of credits less what is open of claims, for a row of `customer_accounts`. */
const balance = sql`
  coalesce((select sum(i.remaining) from ${creditItems} i where i.tenant_id = ${customerAccounts.tenantId}
    and i.customer_id = ${customerAccounts.customerId} and i.entity_id = ${customerAccounts.entityId}
    and i.remaining <> 0), 0)
  - coalesce((select sum(c.open_amount) from ${debtClaims} c where c.tenant_id = ${customerAccounts.tenantId}
    and c.customer_id = ${customerAccounts.customerId} and c.entity_id = ${customerAccounts.entityId}
    and c.payer = 'MEMBER' and c.state = 'POSTED' and c.open_amount <> 0), 0)`

/** Computes the cached balances of customers anew, with every legal entity. */
export async function refreshBalances(tx: Tx, customerIds: readonly number[], now: Temporal.Instant) {
  await tx
    .update(customerAccounts)
    .set({ balance, updatedAt: now, version: sql`${customerAccounts.version} + 1` })
    .where(inArray(customerAccounts.customerId, [...customerIds]))
}

const account = preparedWrite((tx) => {
  const { customerId, entityId, consumptionCredit, collectionHold, version, dunningLevelId } = customerAccounts
  return tx
    .update(customerAccounts)
    .set({
      balance,
      consumptionCredit: sql`${consumptionCredit} + ${sql.placeholder('creditChange')}::numeric`,
      collectionHold: sql`${collectionHold} and exists (select from ${debtClaims} c
        where c.tenant_id = ${customerAccounts.tenantId} and c.customer_id = ${customerId}
          and c.entity_id = ${entityId} and c.state = 'POSTED' and c.open_amount > 0)`,
      updatedAt: sql`${sql.placeholder('at')}::timestamptz`,
      version: sql`${version} + 1`,
    })
    .where(and(eq(customerId, sql.placeholder('customerId')), eq(entityId, sql.placeholder('entityId'))))
    .returning({ dunningLevelId })
    .prepare('accounts_refresh_account')
})

/**
 * Computes the cached balance of an account anew. Moves the consumption credit by `creditChange`, decimal text. Once nothing
 * is open, a hold of debt collection has nothing to wait for and ends. Answers whether the customer has a level of reminders.
 */
export async function refreshAccount(
  tx: Tx,
  { customerId, entityId }: AccountKey,
  creditChange: string,
  now: Temporal.Instant,
): Promise<{ readonly isDunned: boolean }> {
  const [row] = await account(tx).execute({ customerId, entityId, creditChange, at: now.toString() })
  return { isDunned: row !== undefined && row.dunningLevelId !== null }
}

export async function savePaymentChoice(tx: Tx, key: AccountKey, paymentChoice: PaymentChoice, now: Temporal.Instant) {
  await tx
    .update(customerAccounts)
    .set({ paymentChoice, updatedAt: now, version: sql`${customerAccounts.version} + 1` })
    .where(isAccount(key))
}

export async function findDebtorId(db: Queryable, key: AccountKey): Promise<string> {
  const [row] = await db.select({ debtorId: customerAccounts.debtorId }).from(customerAccounts).where(isAccount(key))
  if (!row) throw new Error('A locked account is not there.')
  return row.debtorId
}
