import { eq, getTableColumns, getTableName, inArray, sql } from 'drizzle-orm'
import type { AnyPgColumn, PgTable } from 'drizzle-orm/pg-core'
import type { Queryable, Tx } from '../../platform/database/database.ts'
import {
  conflict,
  notFound,
  refuseFields,
  type UnknownEntity,
  type Violation,
  violation,
} from '../../platform/errors/errors.ts'
import type { UnitOfWork } from '../../platform/units/work.ts'
import type { Values } from './documents.ts'

/** A table whose rows have an id, instants and a version. */
export type VersionedTable = PgTable & {
  readonly id: AnyPgColumn
  readonly version: AnyPgColumn
}

interface Identity {
  readonly id?: number | undefined
  readonly version?: number | undefined
}

/** A table whose rows have an id. */
export type KeyedTable = PgTable & { readonly id: AnyPgColumn }

/**
 * Edits of the catalogue wait for each other in a tenant: some rules are about several documents at once, as that no terms
 * follow each other in a circle. Sales do not wait.
 */
export async function lockCatalogue({ tx, caller }: Pick<UnitOfWork, 'tx' | 'caller'>) {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`catalogue:${caller.tenantId}`}, 0))`)
}

/** Refuses an unknown thing, and a document that was read before the last change of it. */
export async function lockRow(
  tx: Tx,
  table: VersionedTable,
  { id, version }: Identity & { readonly id: number },
  entity: UnknownEntity,
): Promise<void> {
  const rows = await tx.select({ version: table.version }).from(table).where(eq(table.id, id)).for('update')
  const [row] = rows as readonly { readonly version: number }[]
  if (!row) throw notFound(entity, id)
  if (version !== undefined && version !== row.version) throw conflict('errormessage.concurrentModification')
}

/** Adds a row, or makes the one of this id exactly so. Returns its id. */
export async function saveRow<T extends VersionedTable>(
  { tx, now }: Pick<UnitOfWork, 'tx' | 'now'>,
  table: T,
  id: number | undefined,
  values: Values<T>,
): Promise<number> {
  if (id === undefined) return insertRow(tx, table, values, now)
  await tx
    .update(table)
    .set({ ...values, updatedAt: now, version: sql`${table.version} + 1` } as never)
    .where(eq(table.id, id))
  return id
}

/** Adds a row. Returns its id. */
export async function insertRow<T extends KeyedTable>(
  tx: Tx,
  table: T,
  values: Values<T>,
  now: Temporal.Instant,
): Promise<number> {
  const rows = await tx
    .insert(table)
    .values(stamp(table, values, now) as never)
    .returning({ id: table.id })
  const [row] = rows as readonly { readonly id: number }[]
  if (!row) throw new Error(`No row was added to ${getTableName(table)}.`)
  return row.id
}

/** Makes the rows of an owner exactly these; nothing refers to them from outside. */
export async function replaceRows<T extends PgTable>(
  tx: Tx,
  table: T,
  { column, ownerId }: { readonly column: AnyPgColumn; readonly ownerId: number },
  { rows, now }: { readonly rows: readonly Values<T>[]; readonly now: Temporal.Instant },
) {
  await tx.delete(table).where(eq(column, ownerId))
  if (rows.length > 0) await tx.insert(table).values(rows.map((row) => stamp(table, row, now)) as never)
}

/** Only some tables keep when a row was written. */
function stamp<T extends PgTable>(table: T, values: Values<T>, now: Temporal.Instant): object {
  const columns = getTableColumns(table)
  return {
    ...values,
    ...('createdAt' in columns ? { createdAt: now } : {}),
    ...('updatedAt' in columns ? { updatedAt: now } : {}),
  }
}

/** An id that a document names, and where. */
export type Reference = readonly [reference: string, id: number | undefined]

/** What is wrong about ids that a document names: each must be one of the tenant's. */
export async function referenceFaults(
  db: Queryable,
  table: KeyedTable,
  references: readonly Reference[],
): Promise<Violation[]> {
  const named = references.flatMap(([reference, id]) => (id === undefined ? [] : [{ reference, id }]))
  if (named.length === 0) return []
  const rows = await db
    .select({ id: table.id })
    .from(table)
    .where(
      inArray(
        table.id,
        named.map(({ id }) => id),
      ),
    )
  const known = new Set(rows.map(({ id }) => id as number))
  return named.filter(({ id }) => !known.has(id)).map(({ reference }) => unknownId(reference))
}

/** An id that names nothing which may stand there. */
export function unknownId(reference: string): Violation {
  return violation(reference, 'format', { type: 'STRING', value: 'id' })
}

/** The ids of rows that an owner has. */
export async function listIds(
  tx: Tx,
  table: KeyedTable,
  column: AnyPgColumn,
  ownerId: number,
): Promise<readonly number[]> {
  const rows = await tx.select({ id: table.id }).from(table).where(eq(column, ownerId))
  return rows.map(({ id }) => id as number)
}

/** Refuses ids of a list that belong to another owner, or to nobody. */
export function refuseForeign(ids: readonly (number | undefined)[], known: readonly number[], path: string) {
  const faults = ids.flatMap((id, at) =>
    id === undefined || known.includes(id) ? [] : [unknownId(`${path}[${at}].id`)],
  )
  const [first, ...more] = faults
  if (first) throw refuseFields([first, ...more])
}
