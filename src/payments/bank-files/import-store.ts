import { and, asc, count, desc, eq, inArray, notExists, sql } from 'drizzle-orm'
import type { Queryable, Tx } from '../../platform/database/database.ts'
import { bankEntries, bankImports } from '../tables.ts'

export type BankImport = typeof bankImports.$inferSelect

/** Adds the import of a file; one that there is already stays as it is. Answers the import, locked. */
export async function openImport(
  tx: Tx,
  file: Pick<BankImport, 'fileName' | 'sha256'>,
  now: Temporal.Instant,
): Promise<BankImport> {
  await tx
    .insert(bankImports)
    .values({ ...file, state: 'READING', createdAt: now, updatedAt: now })
    .onConflictDoNothing({ target: [bankImports.tenantId, bankImports.sha256] })
  const [row] = await tx.select().from(bankImports).where(eq(bankImports.sha256, file.sha256)).for('update')
  if (!row) throw new Error('An import was added and is not there.')
  return row
}

export async function lockImport(tx: Tx, importId: number): Promise<BankImport | undefined> {
  const [row] = await tx.select().from(bankImports).where(eq(bankImports.id, importId)).for('update')
  return row
}

/** Waits until no other file of the tenant is compared, and keeps it so until the transaction ends. */
export async function awaitComparing(tx: Tx) {
  await tx.execute(
    sql`select pg_advisory_xact_lock(hashtextextended('bank_imports:' || current_setting('palestra.tenant_id'), 0))`,
  )
}

export async function listBooking(db: Queryable): Promise<number[]> {
  const rows = await db
    .select({ id: bankImports.id })
    .from(bankImports)
    .where(eq(bankImports.state, sql`'BOOKING'`))
    .orderBy(asc(bankImports.id))
  return rows.map(({ id }) => id)
}

type ImportChanges = Partial<Pick<BankImport, 'state' | 'readTo' | 'isRead' | 'error' | 'completedAt'>>

export async function updateImport(tx: Tx, importId: number, changes: ImportChanges, now: Temporal.Instant) {
  await tx
    .update(bankImports)
    .set({ ...changes, updatedAt: now, version: sql`${bankImports.version} + 1` })
    .where(eq(bankImports.id, importId))
}

/** Ends an import that has nothing left to do; answers whether this call did. */
export async function completeImport(tx: Tx, importId: number, now: Temporal.Instant): Promise<boolean> {
  const left = tx
    .select({ id: bankEntries.id })
    .from(bankEntries)
    .where(and(eq(bankEntries.importId, importId), eq(bankEntries.state, sql`'MATCHED'`)))
  const rows = await tx
    .update(bankImports)
    .set({ state: 'COMPLETED', completedAt: now, updatedAt: now, version: sql`${bankImports.version} + 1` })
    .where(and(eq(bankImports.id, importId), eq(bankImports.state, 'BOOKING'), notExists(left)))
    .returning({ id: bankImports.id })
  return rows.length > 0
}

/** Imports that are over and have something to do again. */
export async function reopenImports(tx: Tx, importIds: readonly number[], now: Temporal.Instant) {
  await tx
    .update(bankImports)
    .set({ state: 'BOOKING', completedAt: null, updatedAt: now, version: sql`${bankImports.version} + 1` })
    .where(and(inArray(bankImports.id, [...importIds]), eq(bankImports.state, 'COMPLETED')))
}

/** The latest imports, or one of them, with how many entries are in which state. */
export async function listImports(db: Queryable, { limit, only }: { readonly limit: number; readonly only?: number }) {
  const imports = await db
    .select()
    .from(bankImports)
    .where(only === undefined ? undefined : eq(bankImports.id, only))
    .orderBy(desc(bankImports.id))
    .limit(limit)
  const { importId, state } = bankEntries
  const ids = imports.map(({ id }) => id)
  const counts = await db
    .select({ importId, state, entries: count() })
    .from(bankEntries)
    .where(inArray(importId, ids))
    .groupBy(importId, state)
  return imports.map((each) => ({
    ...each,
    counts: new Map(counts.filter((row) => row.importId === each.id).map((row) => [row.state, row.entries])),
  }))
}
