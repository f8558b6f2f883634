import { and, asc, desc, eq, lte, min, sql } from 'drizzle-orm'
import type { RejectionReason } from '../accounts/index.ts'
import { creditItems } from '../accounts/tables.ts'
import type { Queryable, Tx } from '../platform/database/database.ts'
import { payments } from './tables.ts'

type NewPayment = Omit<
  typeof payments.$inferInsert,
  'tenantId' | 'createdAt' | 'updatedAt' | 'version' | 'state' | 'nextAttemptAt' | 'attempts'
>

/** Adds a payment that the provider has to collect, at once. */
export async function insertPayment(tx: Tx, payment: NewPayment, now: Temporal.Instant) {
  await tx.insert(payments).values({ ...payment, state: 'PENDING', nextAttemptAt: now, createdAt: now, updatedAt: now })
}

/** Adds a payment whose money is there already. */
export async function insertSettled(tx: Tx, payment: NewPayment, now: Temporal.Instant) {
  await tx.insert(payments).values({ ...payment, state: 'SETTLED', createdAt: now, updatedAt: now })
}

/** When the next capture falls due. */
export async function findNextCapture(db: Queryable): Promise<Temporal.Instant | undefined> {
  const [row] = await db
    .select({ at: min(payments.nextAttemptAt) })
    .from(payments)
    .where(eq(payments.state, 'PENDING'))
  return row?.at ?? undefined
}

export interface DueCapture {
  readonly id: number
  readonly providerKey: string
  readonly attempts: number
  readonly createdAt: Temporal.Instant
  /** Staff have taken the payment back before its money was collected. */
  readonly isTakenBack: boolean
}

/** Payments whose money is to be collected now, oldest first. */
export function listDueCaptures(db: Queryable, now: Temporal.Instant, limit: number): Promise<DueCapture[]> {
  const { id, providerKey, attempts, createdAt } = payments
  const isTakenBack = sql<boolean>`${creditItems.reversed} = ${creditItems.amount}`
  return db
    .select({ id, providerKey, attempts, createdAt, isTakenBack })
    .from(payments)
    .innerJoin(creditItems, and(eq(creditItems.tenantId, payments.tenantId), eq(creditItems.id, payments.id)))
    .where(and(eq(payments.state, 'PENDING'), lte(payments.nextAttemptAt, now)))
    .orderBy(asc(payments.nextAttemptAt), asc(payments.id))
    .limit(limit)
}

/** Ends a pending payment one way or the other; undefined when it has ended before. */
export async function endPayment(
  tx: Tx,
  paymentId: number,
  end: { readonly state: 'SETTLED' | 'FAILED'; readonly rejectionReason?: RejectionReason },
  now: Temporal.Instant,
): Promise<{ readonly customerId: number; readonly instrumentId: number | null } | undefined> {
  const rows = await tx
    .update(payments)
    .set({ ...end, nextAttemptAt: null, updatedAt: now, version: sql`${payments.version} + 1` })
    .where(and(eq(payments.id, paymentId), eq(payments.state, 'PENDING')))
    .returning({ customerId: payments.customerId, instrumentId: payments.instrumentId })
  return rows[0]
}

/** Plans the next attempt to collect. */
export async function delayCapture(tx: Tx, paymentId: number, nextAttemptAt: Temporal.Instant, now: Temporal.Instant) {
  await tx
    .update(payments)
    .set({ attempts: sql`${payments.attempts} + 1`, nextAttemptAt, updatedAt: now })
    .where(and(eq(payments.id, paymentId), eq(payments.state, 'PENDING')))
}

export async function findPayment(db: Queryable, paymentId: number) {
  const [row] = await db.select().from(payments).where(eq(payments.id, paymentId))
  return row
}

/** The payment that a charge of the provider is about. */
export async function findPaymentByKey(db: Queryable, providerKey: string) {
  const [row] = await db
    .select({ id: payments.id, state: payments.state, customerId: payments.customerId })
    .from(payments)
    .where(eq(payments.providerKey, providerKey))
  return row
}

const MOST = 500

/** Payments that the provider has not paid out in the end, the latest first; of all studios where none is named. */
export function listFailedPayments(db: Queryable, studioId: number | undefined) {
  const { id, customerId, amount, currency, rejectionReason, updatedAt } = payments
  return db
    .select({ paymentId: id, customerId, amount, currency, reason: rejectionReason, failedAt: updatedAt })
    .from(payments)
    .innerJoin(creditItems, and(eq(creditItems.tenantId, payments.tenantId), eq(creditItems.id, payments.id)))
    .where(and(eq(payments.state, 'FAILED'), studioId === undefined ? undefined : eq(creditItems.studioId, studioId)))
    .orderBy(desc(id))
    .limit(MOST)
}
