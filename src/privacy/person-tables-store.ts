import { sql } from 'drizzle-orm'
import type { Tx } from '../platform/database/database.ts'

export type Row = Readonly<Record<string, unknown>>

/** Where rows of a person are found: `column` names the person, or a row of `parent` that is the person's. */
export interface PersonTable {
  readonly table: string
  readonly column: string
  readonly parent?: string
}

/** Things that many people share, and events, whose deliveries belong to partners: what hangs on them is not the person's. */
const SHARED = new Set(['tenants', 'studios', 'files', 'customers', 'outbox_events'])

/** Copies of what a partner received, for as long as it may ask again; under keys that only this partner knows. */
const COPIES = 'idempotency_records'

/** Every column that names a person, and every reference to a table that has one. */
export async function listPersonTables(tx: Tx): Promise<readonly PersonTable[]> {
  const { rows: naming } = await tx.execute<{ table: string; column: string }>(sql`
    select c.relname::text as "table", a.attname::text as "column" from pg_class c
    join pg_attribute a on a.attrelid = c.oid and not a.attisdropped
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and c.relname <> ${COPIES}
      and (a.attname = 'customer_id' or exists (
        select from pg_constraint f where f.contype = 'f' and f.conrelid = c.oid and a.attnum = any(f.conkey)
          and f.confrelid = 'customers'::regclass and a.attname <> 'tenant_id' and c.relname <> 'customers'))
    order by 1, 2`)
  const { rows: references } = await tx.execute<{ table: string; column: string; parent: string }>(sql`
    select c.relname::text as "table", a.attname::text as "column", p.relname::text as parent from pg_constraint f
    join pg_class c on c.oid = f.conrelid join pg_class p on p.oid = f.confrelid
    join pg_attribute a on a.attrelid = c.oid and a.attnum = any(f.conkey) and a.attname <> 'tenant_id'
    where f.contype = 'f' and c.oid <> p.oid
      and exists (select from pg_attribute i where i.attrelid = c.oid and i.attname = 'tenant_id')
    order by 1, 2`)
  const reached = reachFrom(
    naming.map(({ table }) => table),
    references,
  )
  return [...naming, ...references.filter(({ parent }) => reached.has(parent) && !SHARED.has(parent))]
}

/** Tables whose rows belong to one person, directly or by way of another such row. */
function reachFrom(start: readonly string[], references: readonly PersonTable[]): ReadonlySet<string> {
  const reached = new Set(start)
  for (const table of reached) {
    for (const { table: child, parent } of references) if (parent === table && !SHARED.has(table)) reached.add(child)
  }
  return reached
}

/** Rows whose column holds one of the ids, as JSON: numbers, text, instants in UTC, bytes as hex. */
export async function readRowsOfPerson(
  tx: Tx,
  tenantId: number,
  { table, column }: PersonTable,
  ids: readonly number[],
): Promise<readonly Row[]> {
  if (ids.length === 0) return []
  const { rows } = await tx.execute<{ row: Row }>(sql`
    select to_jsonb(t) as row from ${sql.identifier(table)} t
    where t.tenant_id = ${tenantId} and t.${sql.identifier(column)} = any(${`{${ids.join(',')}}`}::bigint[])
    order by 1`)
  return rows.map(({ row }) => row)
}
