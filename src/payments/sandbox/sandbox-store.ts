import { and, eq, inArray, lte, min, sql } from 'drizzle-orm'
import type { Queryable, Tx } from '../../platform/database/database.ts'
import { paymentInstruments, paymentRunItems, paymentRuns, payments, sandboxCharges } from '../tables.ts'

export type SandboxCharge = typeof sandboxCharges.$inferSelect
type NewCharge = Pick<typeof sandboxCharges.$inferInsert, 'key' | 'behaviour' | 'amount' | 'currency' | 'state'>

export async function findCharge(db: Queryable, key: string): Promise<SandboxCharge | undefined> {
  const [row] = await db.select().from(sandboxCharges).where(eq(sandboxCharges.key, key))
  return row
}

export async function lockCharge(tx: Tx, key: string): Promise<SandboxCharge | undefined> {
  const [row] = await tx.select().from(sandboxCharges).where(eq(sandboxCharges.key, key)).for('update')
  return row
}

/** Adds a charge; one that has the key already stays as it is. */
export async function insertCharge(tx: Tx, charge: NewCharge, now: Temporal.Instant) {
  await tx
    .insert(sandboxCharges)
    .values({ ...charge, createdAt: now, updatedAt: now })
    .onConflictDoNothing({ target: [sandboxCharges.tenantId, sandboxCharges.key] })
}

type Changes = Partial<Pick<SandboxCharge, 'state' | 'capturedAt'>>

export async function updateCharge(tx: Tx, id: number, changes: Changes, now: Temporal.Instant) {
  await tx
    .update(sandboxCharges)
    .set({ ...changes, updatedAt: now, version: sql`${sandboxCharges.version} + 1` })
    .where(eq(sandboxCharges.id, id))
}

/** Whose charge waits behind the page of an action, before anything of its tenant was read. */
export async function findActionOwner(db: Queryable, actionKey: string) {
  const [row] = await db
    .select({
      tenantId: sql<number>`tenant_id`.mapWith(Number),
      chargeId: sql<number>`charge_id`.mapWith(Number),
    })
    .from(sql`palestra_find_sandbox_action(${actionKey}::uuid)`)
  return row
}

/** The payer has decided; only a charge that waits for it changes. */
export async function decideCharge(tx: Tx, id: number, state: 'AUTHORISED' | 'DECLINED', now: Temporal.Instant) {
  await tx
    .update(sandboxCharges)
    .set({ state, updatedAt: now, version: sql`${sandboxCharges.version} + 1` })
    .where(and(eq(sandboxCharges.id, id), eq(sandboxCharges.state, 'ACTION_REQUIRED')))
}

/** The payment of a charge that its holder contests may be booked later than the holder contests it. */
const isDisputable = and(
  eq(sandboxCharges.behaviour, 'DISPUTED'),
  eq(sandboxCharges.state, 'CAPTURED'),
  sql`exists (select from ${payments} p where p.tenant_id = ${sandboxCharges.tenantId}
    and p.provider_key = ${sandboxCharges.key} and p.state <> 'PENDING')`,
)

/** When the first charge was taken that its holder will contest. */
export async function findFirstDisputable(db: Queryable): Promise<Temporal.Instant | undefined> {
  const [row] = await db
    .select({ at: min(sandboxCharges.capturedAt) })
    .from(sandboxCharges)
    .where(isDisputable)
  return row?.at ?? undefined
}

/** Charges that were taken until then and that their holders contest. */
export function listDisputable(db: Queryable, until: Temporal.Instant, limit: number) {
  return db
    .select({ id: sandboxCharges.id, key: sandboxCharges.key })
    .from(sandboxCharges)
    .where(and(isDisputable, lte(sandboxCharges.capturedAt, until)))
    .orderBy(sandboxCharges.capturedAt, sandboxCharges.id)
    .limit(limit)
}

/** Payments that runs of a studio have booked from an account, with the day on which they were collected. */
export function listDebits(
  db: Queryable,
  { studioId, hashes }: { readonly studioId: number; readonly hashes: readonly Buffer[] },
) {
  return db
    .select({ paymentId: payments.id, collectionDate: paymentRuns.collectionDate })
    .from(paymentInstruments)
    .innerJoin(
      paymentRunItems,
      and(
        eq(paymentRunItems.tenantId, paymentInstruments.tenantId),
        eq(paymentRunItems.instrumentId, paymentInstruments.id),
        eq(paymentRunItems.state, 'BOOKED'),
      ),
    )
    .innerJoin(
      paymentRuns,
      and(eq(paymentRuns.tenantId, paymentRunItems.tenantId), eq(paymentRuns.id, paymentRunItems.runId)),
    )
    .innerJoin(
      payments,
      and(eq(payments.tenantId, paymentRunItems.tenantId), eq(payments.runItemId, paymentRunItems.id)),
    )
    .where(and(inArray(paymentInstruments.accountHmac, [...hashes]), eq(paymentRuns.studioId, studioId)))
    .orderBy(payments.id)
}
