import { fileURLToPath } from 'node:url'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import { drizzle } from 'drizzle-orm/node-postgres'
import { migrate as applyMigrations } from 'drizzle-orm/node-postgres/migrator'
import pg from 'pg'

const migrationsFolder = fileURLToPath(new URL('../../../migrations', import.meta.url))

/** An arbitrary number that all processes agree on: the process that holds this lock migrates. */
const migrationLock = 7_252_538_001

/** Brings the database up to date. Several processes may call it at once: one works, the others wait for it. */
export async function migrate(connectionString: string): Promise<void> {
  await withConnection(connectionString, async (client) => {
    await client.query('select pg_advisory_lock($1)', [migrationLock])
    try {
      await applyMigrations(drizzle({ client }), { migrationsFolder })
    } finally {
      await client.query('select pg_advisory_unlock($1)', [migrationLock])
    }
  })
}

/** How many migrations the database still lacks; 0 when it is current. */
export async function pendingMigrations(connectionString: string): Promise<number> {
  const all = readMigrationFiles({ migrationsFolder })
  return await withConnection(connectionString, async (client) => {
    const last = await findLastApplied(client)
    return all.filter((migration) => migration.folderMillis > last).length
  })
}

async function findLastApplied(client: pg.Client): Promise<number> {
  const known = await client.query(`select to_regclass('drizzle.__drizzle_migrations') is not null as known`)
  if (!known.rows[0].known) return 0
  const last = await client.query('select coalesce(max(created_at), 0) as at from drizzle.__drizzle_migrations')
  return Number(last.rows[0].at)
}

/** A connection of its own, as the login role: migrating must not run as `palestra_app`. */
async function withConnection<T>(connectionString: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString, application_name: 'palestra-migrate' })
  // The statement under way fails as well when the connection breaks.
  client.on('error', () => undefined)
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
