import { sql } from 'drizzle-orm'
import { type Database, type Queryable, takeYourTime, type Tx } from '../database/database.ts'
import type { FileStorage } from '../files/storage.ts'
import { listStorageKeys } from '../files/store.ts'

const KEYS_AT_ONCE = 500
/** A server that runs may still commit what it had begun before the first round. */
const ROUNDS = 5

export interface TableCount {
  readonly table: string
  readonly rows: number
}

interface RemovalDeps {
  readonly database: Database
  readonly files: FileStorage
}

/** How many rows of the tenant each table holds; tables without any are left out. */
export async function countTenantRows(database: Database, tenantId: number): Promise<readonly TableCount[]> {
  return database.read(tenantId, async (db) => {
    const counts: TableCount[] = []
    for (const table of await listTenantTables(db)) {
      const rows = await db.$count(sql.raw(table))
      if (rows > 0) counts.push({ table, rows })
    }
    return counts
  })
}

/**
 * Removes a tenant: all its rows in one transaction, then the bytes of its files. Bytes that a crash leaves behind have no
 * row any more, and the housekeeping of a server removes them within a day. @returns what was removed
 */
export async function removeTenant({ database, files }: RemovalDeps, tenantId: number): Promise<readonly TableCount[]> {
  const counts = await countTenantRows(database, tenantId)
  for (let round = 0, left = counts; left.length > 0 && round < ROUNDS; round++) {
    const keys = await database.transaction(tenantId, async (tx) => {
      await takeYourTime(tx)
      const stored = await listStorageKeys(tx, tenantId)
      await deleteTenantRows(tx)
      return stored
    })
    for (let at = 0; at < keys.length; at += KEYS_AT_ONCE) await files.remove(keys.slice(at, at + KEYS_AT_ONCE))
    left = await countTenantRows(database, tenantId)
  }
  return counts
}

/**
 * Deletes every row of the connection's tenant, its clock included, but for those of the tables `apart`. All tables in one
 * statement: references are checked at its end, so that their order does not matter.
 */
export async function deleteTenantRows(tx: Tx, apart: readonly string[] = []) {
  await tx.execute(sql`update audit_log set seal_no = 0 where seal_no is null`)
  await tx.execute(sql`set local palestra.audit_retention = 'on'`)
  // Lets go of rows that nothing else may delete.
  await tx.execute(sql`set local palestra.tenant_removal = 'on'`)
  const tables = (await listTenantTables(tx)).filter((name) => !apart.includes(name))
  const deletions = tables.map((name, n) => `t${n} as (delete from ${name})`)
  await tx.execute(sql.raw(`with ${deletions.join(', ')} select 1`))
  await tx.execute(sql`select pg_notify('palestra_clock', ''), pg_notify('palestra_keys', '')`)
}

/** Every table whose rows belong to a tenant; row-level security keeps a statement to those of the connection's tenant. */
async function listTenantTables(db: Queryable): Promise<readonly string[]> {
  const tables = await db
    .select({ name: sql<string>`c.oid::regclass::text` })
    .from(sql`pg_class c`)
    .where(sql`c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and exists (
      select from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped)`)
    .orderBy(sql`1`)
  return tables.map(({ name }) => name)
}
