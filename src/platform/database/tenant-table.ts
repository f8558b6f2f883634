import { type BuildExtraConfigColumns, getTableName, sql } from 'drizzle-orm'
import {
  type AnyPgColumn,
  bigint,
  check,
  foreignKey,
  index,
  integer,
  type PgColumnBuilderBase,
  type PgTableExtraConfigValue,
  pgTable,
  primaryKey,
} from 'drizzle-orm/pg-core'
import { id, instant } from './columns.ts'

type Columns = Record<string, PgColumnBuilderBase>
type Extras<N extends string, C extends Columns> = (t: BuildExtraConfigColumns<N, C, 'pg'>) => PgTableExtraConfigValue[]

/** Filled from the connection's stamp, so that a statement cannot name another tenant by mistake. */
const tenantId = () =>
  bigint('tenant_id', { mode: 'number' })
    .notNull()
    .default(sql`nullif(current_setting('palestra.tenant_id', true), '')::bigint`)

const owned = () => ({ tenantId: tenantId() })
const row = () => ({ id: id(), tenantId: tenantId(), createdAt: instant('created_at').notNull() })
const aggregate = () => ({
  ...row(),
  updatedAt: instant('updated_at').notNull(),
  version: integer('version').notNull().default(0),
})

/**
 * A table of rows that are written once: `id`, `tenant_id`, `created_at` (set by the writer, never by the database)
 * and the given columns. Key (tenant_id, id).
 */
export function tenantTable<N extends string, C extends Columns>(
  name: N,
  columns: C,
  extras?: Extras<N, ReturnType<typeof row> & C>,
) {
  return pgTable(name, { ...row(), ...columns }, (t) => [rowKey(name, t), ...rules(name, t, extras)])
}

/** A table of things that change: as `tenantTable`, with `updated_at` and the `version` that guards staff edits. */
export function aggregateTable<N extends string, C extends Columns>(
  name: N,
  columns: C,
  extras?: Extras<N, ReturnType<typeof aggregate> & C>,
) {
  return pgTable(name, { ...aggregate(), ...columns }, (t) => [rowKey(name, t), ...rules(name, t, extras)])
}

/** A table that brings its own key (which must lead with tenant_id) and its own instants. */
export function keyedTable<N extends string, C extends Columns>(
  name: N,
  columns: C,
  extras: Extras<N, ReturnType<typeof owned> & C>,
) {
  return pgTable(name, { ...owned(), ...columns }, (t) => rules(name, t, extras))
}

/** A reference inside the tenant: the pair (tenant_id, column), so that a row can never point across tenants. */
export function belongsTo(
  t: { readonly tenantId: AnyPgColumn },
  column: AnyPgColumn,
  target: { readonly tenantId: AnyPgColumn; readonly id: AnyPgColumn },
): PgTableExtraConfigValue {
  return foreignKey({
    columns: [t.tenantId, column],
    foreignColumns: [target.tenantId, target.id],
    name: `${getTableName(column.table)}_${column.name}_fk`,
  })
}

/**
 * An index by a reference to rows that grow with the members: PostgreSQL asks for what refers to each row that is deleted, and
 * reads the whole table without it. Only needed where no other index begins with the reference.
 */
export function byReference(t: { readonly tenantId: AnyPgColumn }, column: AnyPgColumn): PgTableExtraConfigValue {
  const all = index(`${getTableName(column.table)}_${column.name}_ref`).on(t.tenantId, column)
  return column.notNull ? all : all.where(sql`${column} is not null`)
}

function rowKey(name: string, t: unknown): PgTableExtraConfigValue {
  const { tenantId, id } = t as { tenantId: AnyPgColumn; id: AnyPgColumn }
  return primaryKey({ name: `${name}_pk`, columns: [tenantId, id] })
}

function rules(name: string, t: unknown, extras: ((t: never) => PgTableExtraConfigValue[]) | undefined) {
  const columns = Object.values(t as Record<string, AnyPgColumn>)
  return [...knownValues(name, columns), ...wholeTerms(name, columns), ...(extras?.(t as never) ?? [])]
}

/** Every text column with a list of values is held to that list. */
function knownValues(name: string, columns: readonly AnyPgColumn[]) {
  return columns.flatMap((column) => {
    // Inside a table's extra rules a column keeps its list only in its configuration.
    const { enumValues: values } = (column as unknown as { config: { enumValues?: readonly string[] } }).config
    if (!values?.length) return []
    const list = sql.raw(values.map((value) => `'${value}'`).join(', '))
    return [check(`${name}_${column.name}_known`, sql`${column} in (${list})`)]
  })
}

/** A term is a pair `x_value`, `x_unit`: both or neither, and never negative. */
function wholeTerms(name: string, columns: readonly AnyPgColumn[]) {
  return columns.flatMap((value) => {
    const stem = /^(.+)_value$/.exec(value.name)?.[1]
    const unit = columns.find((column) => column.name === `${stem}_unit`)
    if (!unit) return []
    return [check(`${name}_${stem}_whole`, sql`num_nonnulls(${value}, ${unit}) in (0, 2) and ${value} >= 0`)]
  })
}
