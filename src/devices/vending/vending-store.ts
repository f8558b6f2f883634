import { and, desc, eq, inArray, ne, or, sql } from 'drizzle-orm'
import { customers } from '../../customers/customer-table.ts'
import type { Queryable, Tx } from '../../platform/database/database.ts'
import { returnedId } from '../../platform/database/returned-id.ts'
import { toMinor } from '../amounts.ts'
import { deviceProducts, devices, vendingTransactions } from '../tables.ts'
import type { Purchase } from './vending-rules.ts'

type Row = typeof vendingTransactions.$inferSelect

function readPurchase({ expiresAt, price, ...row }: Row, currency: string): Purchase {
  if (expiresAt === null) throw new Error('A purchase has no end.')
  return { ...row, expiresAt, price: price === null ? null : toMinor(price, currency) }
}

/** The purchase of this id in the tenant, locked. */
export async function lockPurchase(tx: Tx, transactionId: string, currency: string): Promise<Purchase | undefined> {
  const [row] = await tx
    .select()
    .from(vendingTransactions)
    .where(and(eq(vendingTransactions.transactionId, transactionId), eq(vendingTransactions.kind, 'VENDING')))
    .for('update')
  return row && readPurchase(row, currency)
}

/** Purchases of a customer that nobody has ended, but for the one of this id. */
export async function listOpenPurchases(
  db: Queryable,
  customerId: number,
  besides: string,
  currency: string,
): Promise<Purchase[]> {
  const rows = await db
    .select()
    .from(vendingTransactions)
    .where(
      and(
        eq(vendingTransactions.customerId, customerId),
        sql`${vendingTransactions.state} in ('IDENTIFIED', 'RESERVED')`,
        ne(vendingTransactions.transactionId, besides),
      ),
    )
  return rows.map((row) => readPurchase(row, currency))
}

export interface NewPurchase {
  readonly deviceId: number
  readonly transactionId: string
  readonly customerId: number
  readonly expiresAt: Temporal.Instant
}

export async function insertPurchase(tx: Tx, purchase: NewPurchase, now: Temporal.Instant): Promise<number> {
  const rows = await tx
    .insert(vendingTransactions)
    .values({ ...purchase, kind: 'VENDING', state: 'IDENTIFIED', createdAt: now, updatedAt: now })
    .returning({ id: vendingTransactions.id })
  return returnedId(rows)
}

type PurchaseChanges = Partial<Pick<Row, 'state' | 'expiresAt' | 'shelf' | 'price' | 'ledgerEntryId' | 'late'>>

export async function updatePurchases(
  tx: Tx,
  purchaseIds: readonly number[],
  changes: PurchaseChanges,
  now: Temporal.Instant,
) {
  if (purchaseIds.length === 0) return
  await tx
    .update(vendingTransactions)
    .set({ ...changes, updatedAt: now, version: sql`${vendingTransactions.version} + 1` })
    .where(inArray(vendingTransactions.id, [...purchaseIds]))
}

/** Marks purchases that time has ended; answers how many of at most `limit`. */
export async function expirePurchases(tx: Tx, now: Temporal.Instant, limit: number): Promise<number> {
  const { rowCount } = await tx.execute(sql`
    update ${vendingTransactions} set state = 'EXPIRED', updated_at = ${now.toString()}::timestamptz, version = version + 1
    where id = any(array(
      select id from ${vendingTransactions}
      where state in ('IDENTIFIED', 'RESERVED') and expires_at <= ${now.toString()}::timestamptz
      order by expires_at limit ${limit} for update skip locked))`)
  return rowCount ?? 0
}

/** What is on a shelf now, and the birthday of who wants it. */
export async function findOffer(
  db: Queryable,
  { deviceId, shelf, customerId }: { readonly deviceId: number; readonly shelf: string; readonly customerId: number },
) {
  const [row] = await db
    .select({
      product: deviceProducts.product,
      price: deviceProducts.price,
      minAge: deviceProducts.minAge,
      dateOfBirth: customers.dateOfBirth,
    })
    .from(deviceProducts)
    .innerJoin(customers, eq(customers.tenantId, deviceProducts.tenantId))
    .where(
      and(
        eq(deviceProducts.deviceId, deviceId),
        eq(deviceProducts.shelf, shelf),
        deviceProducts.active,
        eq(customers.id, customerId),
      ),
    )
  return row
}

export interface TopUpRow {
  readonly deviceId: number
  readonly customerId: number
  readonly price: string | null
}

/** The top-up of this id in the tenant, locked. */
export async function lockTopUp(tx: Tx, transactionId: string): Promise<TopUpRow | undefined> {
  const { deviceId, customerId, price } = vendingTransactions
  const [row] = await tx
    .select({ deviceId, customerId, price })
    .from(vendingTransactions)
    .where(and(eq(vendingTransactions.transactionId, transactionId), eq(vendingTransactions.kind, 'REVALUE')))
    .for('update')
  return row
}

export interface NewTopUp {
  readonly deviceId: number
  readonly transactionId: string
  readonly customerId: number
  readonly price: string
  readonly ledgerEntryId: number
}

export async function insertTopUp(tx: Tx, topUp: NewTopUp, now: Temporal.Instant): Promise<number> {
  const rows = await tx
    .insert(vendingTransactions)
    .values({ ...topUp, kind: 'REVALUE', state: 'COMPLETED', createdAt: now, updatedAt: now })
    .returning({ id: vendingTransactions.id })
  return returnedId(rows)
}

/** Purchases that expired unpaid or were paid late, newest first: what staff check after a machine was offline. */
export function listTroubledPurchases(db: Queryable, studioId: number, limit: number) {
  const { id, deviceId, transactionId, customerId, state, shelf, price, late, expiresAt, updatedAt } =
    vendingTransactions
  return db
    .select({ id, deviceId, transactionId, customerId, state, shelf, price, late, expiresAt, updatedAt })
    .from(vendingTransactions)
    .innerJoin(
      devices,
      and(eq(devices.tenantId, vendingTransactions.tenantId), eq(devices.id, vendingTransactions.deviceId)),
    )
    .where(and(eq(devices.studioId, studioId), or(eq(vendingTransactions.state, 'EXPIRED'), vendingTransactions.late)))
    .orderBy(desc(vendingTransactions.id))
    .limit(limit)
}
