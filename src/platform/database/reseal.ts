import { sql } from 'drizzle-orm'
import type { Database, Queryable, Tx } from './database.ts'
import type { Secrets } from '../secrets.ts'
import { defined } from '../values/defined.ts'

const ROWS_AT_ONCE = 500

interface SealedColumn {
  readonly table: string
  readonly column: string
}

/**
 * Encrypts with the first key whatever a later one still seals, in every column named `…_enc`, and says how many values
 * that were. Can be interrupted and repeated.
 */
export async function resealTenant(database: Database, secrets: Secrets, tenantId: number): Promise<number> {
  let resealed = 0
  for (const column of await database.read(tenantId, listSealedColumns)) {
    for (let from = '(0,0)'; ; ) {
      const batch = await database.transaction(tenantId, (tx) => resealRows(tx, { secrets, tenantId, column, from }))
      resealed += batch.resealed
      if (batch.last === undefined) break
      from = batch.last
    }
  }
  return resealed
}

async function resealRows(
  tx: Tx,
  { secrets, tenantId, column, from }: { secrets: Secrets; tenantId: number; column: SealedColumn; from: string },
): Promise<{ readonly resealed: number; readonly last?: string }> {
  const [table, name] = [sql.identifier(column.table), sql.identifier(column.column)]
  const { rows } = await tx.execute<{ position: string; sealed: Buffer }>(sql`
    select ctid::text as position, ${name} as sealed from ${table}
    where tenant_id = ${tenantId} and ${name} is not null and ctid > ${from}::tid
    order by ctid limit ${ROWS_AT_ONCE} for update`)
  let resealed = 0
  for (const { position, sealed } of rows) {
    const fresh = secrets.reseal(sealed)
    if (!fresh) continue
    await tx.execute(
      sql`update ${table} set ${name} = ${fresh} where ctid = ${position}::tid and tenant_id = ${tenantId}`,
    )
    resealed += 1
  }
  const last = rows.length < ROWS_AT_ONCE ? undefined : rows.at(-1)?.position
  return { resealed, ...defined({ last }) }
}

async function listSealedColumns(db: Queryable): Promise<readonly SealedColumn[]> {
  return db
    .select({ table: sql<string>`table_name`, column: sql<string>`column_name` })
    .from(sql`information_schema.columns`)
    .where(sql`table_schema = 'public' and data_type = 'bytea' and column_name like '%\\_enc'`)
    .orderBy(sql`table_name, column_name`)
}
