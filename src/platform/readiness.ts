import { sql } from 'drizzle-orm'
import { pendingMigrations } from './migrate.ts'
import type { Database } from './database.ts'

/** Why this process does not serve, if it does not; asked by `/readyz` and by every request. */
export class Readiness {
  readonly #database: Database
  readonly #connectionString: string
  #reason: string | undefined = 'starting'

  constructor(database: Database, connectionString: string) {
    this.#database = database
    this.#connectionString = connectionString
  }

  /** What keeps requests out at the moment: starting up or shutting down. */
  get maintenance(): string | undefined {
    return this.#reason
  }

  /** Runs the start-up checks; the process must not serve when this fails. */
  async open() {
    const pending = await pendingMigrations(this.#connectionString)
    if (pending > 0) throw new Error(`${pending} migrations are missing: run palestra migrate.`)
    await this.#refuseWithoutRowSecurity()
    this.#reason = undefined
  }

  beginShutdown() {
    this.#reason = 'shutting down'
  }

  /** The first failing check by name; undefined when the process can serve. */
  async failingCheck(): Promise<string | undefined> {
    if (this.#reason !== undefined) return this.#reason
    try {
      await this.#database.read('none', (db) => db.select({ one: sql`1` }).from(sql`(select 1) as probe`))
      return undefined
    } catch {
      return 'database'
    }
  }

  /** On a connection without a tenant no table may show a row; otherwise every tenant would be an open book. */
  async #refuseWithoutRowSecurity() {
    const seen = await this.#database.read('none', (db) => db.$count(sql`tenants`))
    const bypass = await this.#database.read('none', (db) =>
      db
        .select({ bypasses: sql<boolean>`rolsuper or rolbypassrls` })
        .from(sql`pg_roles`)
        .where(sql`rolname = current_user`),
    )
    if (seen === 0 && bypass[0]?.bypasses === false) return
    throw new Error('Row-level security does not hold on this database; refusing to serve.')
  }
}
