import { fileURLToPath } from 'node:url'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import { drizzle } from 'drizzle-orm/node-postgres'
import { migrate as applyMigrations } from 'drizzle-orm/node-postgres/migrator'
import type pg from 'pg'
import { withLoginConnection } from './login-connection.ts'
import { DatabaseRefusal } from './refused-database.ts'

const migrationsFolder = fileURLToPath(new URL('../../../migrations', import.meta.url))

/** An arbitrary number that all processes agree on: the process that holds this lock migrates. */
const migrationLock = 7_252_538_001

/**
 * Brings the database up to date. Several processes may call it at once: one works, the others wait for it. Touches
 * nothing in a database that a newer program has migrated.
 */
export async function migrate(connectionString: string): Promise<void> {
  await withLoginConnection(connectionString, async (client) => {
    await client.query('select pg_advisory_lock($1)', [migrationLock])
    try {
      await refuseNewerSchema(client)
      await applyMigrations(drizzle({ client }), { migrationsFolder })
    } finally {
      await client.query('select pg_advisory_unlock($1)', [migrationLock])
    }
  })
}

/** How many migrations the database still lacks; 0 when it is current. Refuses one that a newer program has migrated. */
export async function pendingMigrations(connectionString: string): Promise<number> {
  return await withLoginConnection(connectionString, async (client) => {
    await refuseNewerSchema(client)
    return countPending(client)
  })
}

/** The same on a connection of the caller; a newer schema lacks nothing, so that a server outlives an upgrade beside it. */
export async function countPending(client: pg.ClientBase): Promise<number> {
  const last = (await listApplied(client)).at(-1) ?? 0
  return knownMigrations().filter((at) => at > last).length
}

/** Stops an older program before it writes: it does not know what the newer one has changed. */
export async function refuseNewerSchema(client: pg.ClientBase): Promise<void> {
  const newest = knownMigrations().at(-1) ?? 0
  const unknown = (await listApplied(client)).filter((at) => at > newest).length
  if (unknown === 0) return
  throw new DatabaseRefusal(
    `A newer Palestra has changed this database (${unknown} migrations that this version does not know): ` +
      'start the newer version, or restore the backup from before the upgrade.',
  )
}

let known: readonly number[] | undefined

/** Times of the migrations that come with this program, in ascending order; they never change while it runs. */
function knownMigrations(): readonly number[] {
  known ??= readMigrationFiles({ migrationsFolder })
    .map(({ folderMillis }) => folderMillis)
    .sort((a, b) => a - b)
  return known
}

async function listApplied(client: pg.ClientBase): Promise<readonly number[]> {
  const found = await client.query(`select to_regclass('drizzle.__drizzle_migrations') is not null as known`)
  if (!found.rows[0].known) return []
  const { rows } = await client.query('select created_at as at from drizzle.__drizzle_migrations order by created_at')
  return rows.map(({ at }) => Number(at))
}
