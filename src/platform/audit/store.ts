import { and, asc, desc, eq, gt, inArray, isNull, lte, sql } from 'drizzle-orm'
import type { Queryable, Tx } from '../database/database.ts'
import { auditLog, auditSeals } from '../tables.ts'
import type { SealableRow } from './chain.ts'

export type SealRow = typeof auditSeals.$inferSelect

/** Tenants with rows that no seal holds yet. */
export async function listTenantsWithUnsealedAudit(db: Queryable): Promise<readonly number[]> {
  const rows = await db.select({ id: sql<number>`tenant_id` }).from(sql`palestra_tenants_with_unsealed_audit()`)
  return rows.map(({ id }) => id)
}

/** Whether this transaction is the one that seals for the tenant; the lock ends with it. */
export async function trySealLock(tx: Tx, tenantId: number): Promise<boolean> {
  const name = `audit-seal:${tenantId}`
  const { rows } = await tx.execute(sql`select pg_try_advisory_xact_lock(hashtextextended(${name}, 0)) as taken`)
  return rows[0]?.['taken'] === true
}

export async function findLastSeal(db: Queryable, tenantId: number): Promise<SealRow | undefined> {
  const [row] = await db
    .select()
    .from(auditSeals)
    .where(eq(auditSeals.tenantId, tenantId))
    .orderBy(desc(auditSeals.no))
    .limit(1)
  return row
}

/** Seals after `no`, oldest first. */
export function listSeals(db: Queryable, tenantId: number, no: number, limit: number): Promise<SealRow[]> {
  return db
    .select()
    .from(auditSeals)
    .where(and(eq(auditSeals.tenantId, tenantId), gt(auditSeals.no, no)))
    .orderBy(asc(auditSeals.no))
    .limit(limit)
}

/** Sessions run in UTC, so an instant has one text; `jsonb` has one text as well, whatever was written. */
const canonicalColumns = sql<(string | null)[]>`array[
  tenant_id::text, id::text, at::text, actor_kind, actor_id::text, actor_detail::text, action, entity_kind,
  entity_id::text, studio_id::text, diff::text, trace_id, ip]`

/** Rows without a seal in the order of their ids. Rows of transactions that are still open are not among them. */
export function listUnsealedRows(db: Queryable, tenantId: number, limit: number): Promise<SealableRow[]> {
  return db
    .select({ id: auditLog.id, columns: canonicalColumns })
    .from(auditLog)
    .where(and(eq(auditLog.tenantId, tenantId), isNull(auditLog.sealNo)))
    .orderBy(asc(auditLog.id))
    .limit(limit)
}

export function listRowsOfSeal(db: Queryable, tenantId: number, no: number): Promise<SealableRow[]> {
  return db
    .select({ id: auditLog.id, columns: canonicalColumns })
    .from(auditLog)
    .where(and(eq(auditLog.tenantId, tenantId), eq(auditLog.sealNo, no)))
    .orderBy(asc(auditLog.id))
}

/** Rows that name a seal which does not exist: the end of the chain was removed. */
export async function listRowsBeyond(db: Queryable, tenantId: number, no: number, limit: number) {
  const rows = await db
    .select({ id: auditLog.id, no: auditLog.sealNo })
    .from(auditLog)
    .where(and(eq(auditLog.tenantId, tenantId), gt(auditLog.sealNo, no)))
    .orderBy(asc(auditLog.id))
    .limit(limit)
  return rows
}

/** Unsealed rows written no later than `until`, by the tenant's clock. */
export async function listUnsealedSince(
  db: Queryable,
  tenantId: number,
  until: Temporal.Instant,
  limit: number,
): Promise<readonly number[]> {
  const rows = await db
    .select({ id: auditLog.id })
    .from(auditLog)
    .where(and(eq(auditLog.tenantId, tenantId), isNull(auditLog.sealNo), lte(auditLog.at, until)))
    .orderBy(asc(auditLog.id))
    .limit(limit)
  return rows.map(({ id }) => id)
}

/** When the oldest unsealed row was written, by the tenant's clock. */
export async function findOldestUnsealed(db: Queryable, tenantId: number): Promise<Temporal.Instant | undefined> {
  const [row] = await db
    .select({ at: auditLog.at })
    .from(auditLog)
    .where(and(eq(auditLog.tenantId, tenantId), isNull(auditLog.sealNo)))
    .orderBy(asc(auditLog.id))
    .limit(1)
  return row?.at
}

export async function insertSeal(tx: Tx, seal: typeof auditSeals.$inferInsert) {
  await tx.insert(auditSeals).values(seal)
}

/** Marks rows as held by a seal; the trigger lets each row have this once. */
export async function markSealed(tx: Tx, tenantId: number, no: number, ids: readonly number[]): Promise<number> {
  const { rowCount } = await tx
    .update(auditLog)
    .set({ sealNo: no })
    .where(and(eq(auditLog.tenantId, tenantId), isNull(auditLog.sealNo), sql`id = any(${idList(ids)}::bigint[])`))
  return rowCount ?? 0
}

/** The oldest seal whose rows are still here, if it was made before `until` (real time). */
export async function findExpiredSeal(db: Queryable, tenantId: number, until: Temporal.Instant) {
  const [row] = await db
    .select({ no: auditSeals.no })
    .from(auditSeals)
    .where(
      and(
        eq(auditSeals.tenantId, tenantId),
        lte(auditSeals.sealedAt, until),
        inArray(auditSeals.no, sql`(select min(seal_no) from audit_log where tenant_id = ${tenantId})`),
      ),
    )
  return row?.no
}

/** Removes the rows of one seal; the seal itself stays, so the chain does. */
export async function deleteRowsOfSeal(tx: Tx, tenantId: number, no: number) {
  await tx.execute(sql`select set_config('palestra.audit_retention', 'on', true)`)
  await tx.delete(auditLog).where(and(eq(auditLog.tenantId, tenantId), eq(auditLog.sealNo, no)))
}

/** One parameter for any number of ids; a list of parameters ends at 65 535. */
function idList(ids: readonly number[]): string {
  return `{${ids.join(',')}}`
}
