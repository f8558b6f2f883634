import { and, eq, sql } from 'drizzle-orm'
import type { Queryable, Tx } from '../platform/database/database.ts'
import type { PaymentChoice } from './payment-choices.ts'
import { creditItems, customerAccounts, debtClaims, debtorCounters } from './tables.ts'

export interface AccountKey {
  readonly customerId: number
  readonly entityId: number
}

const isAccount = ({ customerId, entityId }: AccountKey) =>
  and(eq(customerAccounts.customerId, customerId), eq(customerAccounts.entityId, entityId))

/** Locks the account of a customer; undefined when there is none yet. */
export async function lockAccountRow(tx: Tx, key: AccountKey) {
  const [row] = await tx
    .select({
      consumptionCredit: customerAccounts.consumptionCredit,
      balance: customerAccounts.balance,
      debtorId: customerAccounts.debtorId,
    })
    .from(customerAccounts)
    .where(isAccount(key))
    .for('update')
  return row
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

/**
 * Computes the cached balance anew: what is left of credits less what is open of claims. Moves the consumption credit by
 * `creditChange`, decimal text.
 */
export async function refreshAccount(tx: Tx, key: AccountKey, creditChange: string, now: Temporal.Instant) {
  await tx
    .update(customerAccounts)
    .set({
      balance: sql`
        coalesce((select sum(i.remaining) from ${creditItems} i where i.tenant_id = ${customerAccounts.tenantId}
          and i.customer_id = ${key.customerId} and i.entity_id = ${key.entityId} and i.remaining <> 0), 0)
        - coalesce((select sum(c.open_amount) from ${debtClaims} c where c.tenant_id = ${customerAccounts.tenantId}
          and c.customer_id = ${key.customerId} and c.entity_id = ${key.entityId}
          and c.state = 'POSTED' and c.open_amount <> 0), 0)`,
      consumptionCredit: sql`${customerAccounts.consumptionCredit} + ${creditChange}::numeric`,
      updatedAt: now,
      version: sql`${customerAccounts.version} + 1`,
    })
    .where(isAccount(key))
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
