import { and, asc, desc, eq, isNotNull, isNull, lte, notExists, or, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Queryable, Tx } from '../platform/database/database.ts'
import { returnedId } from '../platform/database/returned-id.ts'
import { type csvProfiles, taxExportSettings, taxExports } from './tables.ts'

export type TaxExport = typeof taxExports.$inferSelect
export type CsvProfile = (typeof csvProfiles)[number]
export type NewExport = Pick<
  typeof taxExports.$inferInsert,
  'studioId' | 'fromDate' | 'toDate' | 'format' | 'fileFormat' | 'locale' | 'integrationId'
>

export async function insertExport(tx: Tx, row: NewExport, now: Temporal.Instant): Promise<number> {
  const rows = await tx
    .insert(taxExports)
    .values({ ...row, state: 'CREATED', createdAt: now, updatedAt: now })
    .returning({ id: taxExports.id })
  return returnedId(rows)
}

export async function findExport(db: Queryable, exportId: number): Promise<TaxExport | undefined> {
  const [row] = await db.select().from(taxExports).where(eq(taxExports.id, exportId))
  return row
}

/** Exports of a studio, the latest first. */
export function listExports(db: Queryable, studioId: number, limit: number): Promise<TaxExport[]> {
  return db.select().from(taxExports).where(eq(taxExports.studioId, studioId)).orderBy(desc(taxExports.id)).limit(limit)
}

const other = alias(taxExports, 'other')
const isFree = (realNow: Temporal.Instant) => or(isNull(taxExports.leaseUntil), lte(taxExports.leaseUntil, realNow))

/** Exports that nobody writes: new ones, and those whose process has died. A studio has its oldest one first. */
export function listWaiting(db: Queryable, realNow: Temporal.Instant): Promise<TaxExport[]> {
  const before = db
    .select({ id: other.id })
    .from(other)
    .where(
      and(
        eq(other.tenantId, taxExports.tenantId),
        eq(other.studioId, taxExports.studioId),
        eq(other.state, 'RUNNING'),
        sql`${other.id} <> ${taxExports.id}`,
      ),
    )
  return db
    .select()
    .from(taxExports)
    .where(and(sql`${taxExports.state} in ('CREATED', 'RUNNING')`, isFree(realNow), notExists(before)))
    .orderBy(asc(taxExports.id))
}

export interface Lease {
  readonly token: string
  /** Real time. */
  readonly now: Temporal.Instant
  readonly until: Temporal.Instant
}

/** Takes an export for a process; says whether nobody else has it. */
export async function takeExport(tx: Tx, exportId: number, { token, now, until }: Lease): Promise<boolean> {
  const rows = await tx
    .update(taxExports)
    .set({ state: 'RUNNING', leaseToken: token, leaseUntil: until, attempts: sql`${taxExports.attempts} + 1` })
    .where(and(eq(taxExports.id, exportId), sql`${taxExports.state} in ('CREATED', 'RUNNING')`, isFree(now)))
    .returning({ id: taxExports.id })
  return rows.length > 0
}

const isHeld = (exportId: number, token: string) =>
  and(eq(taxExports.id, exportId), eq(taxExports.state, 'RUNNING'), eq(taxExports.leaseToken, token))

/** Keeps an export for longer; says whether it is still held. */
export async function renewLease(tx: Tx, exportId: number, token: string, until: Temporal.Instant): Promise<boolean> {
  const rows = await tx
    .update(taxExports)
    .set({ leaseUntil: until })
    .where(isHeld(exportId, token))
    .returning({ id: taxExports.id })
  return rows.length > 0
}

type Outcome = Partial<Pick<TaxExport, 'fileId' | 'sha256' | 'rows' | 'error'>> & {
  readonly state: 'CREATED' | 'READY' | 'FAILED'
}

/** Gives an export back that is held; says whether it still was. */
export async function endExport(
  tx: Tx,
  { id, token }: { readonly id: number; readonly token: string },
  outcome: Outcome,
  now: Temporal.Instant,
) {
  const rows = await tx
    .update(taxExports)
    .set({ ...outcome, leaseToken: null, leaseUntil: null, updatedAt: now, version: sql`${taxExports.version} + 1` })
    .where(isHeld(id, token))
    .returning({ id: taxExports.id })
  return rows.length > 0
}

/** Lets an export that failed be written again; says whether there was one. */
export async function reviveExport(tx: Tx, exportId: number, now: Temporal.Instant): Promise<boolean> {
  const rows = await tx
    .update(taxExports)
    .set({ state: 'CREATED', error: null, attempts: 0, updatedAt: now, version: sql`${taxExports.version} + 1` })
    .where(and(eq(taxExports.id, exportId), eq(taxExports.state, 'FAILED'), isNotNull(taxExports.error)))
    .returning({ id: taxExports.id })
  return rows.length > 0
}

export async function findProfile(db: Queryable, studioId: number): Promise<CsvProfile> {
  const [row] = await db.select().from(taxExportSettings).where(eq(taxExportSettings.studioId, studioId))
  return row?.csvProfile ?? 'PLAIN'
}

export async function saveProfile(tx: Tx, studioId: number, csvProfile: CsvProfile) {
  await tx
    .insert(taxExportSettings)
    .values({ studioId, csvProfile })
    .onConflictDoUpdate({ target: [taxExportSettings.tenantId, taxExportSettings.studioId], set: { csvProfile } })
}
