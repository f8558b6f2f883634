import { sql } from 'drizzle-orm'
import { pendingMigrations } from '../database/migrate.ts'
import type { Database } from '../database/database.ts'

/** What has to hold for a process to serve, by the name that `/readyz` gives it. */
type Check = 'database' | 'migrations' | 'row-level security'

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

  /** Runs the checks for the first time; the process must not serve when this fails. */
  async open() {
    const failing = await this.#firstFailing()
    if (failing !== undefined) throw new Error(refusals[failing])
    this.#reason = undefined
  }

  beginShutdown() {
    this.#reason = 'shutting down'
  }

  /** The first failing check by name; undefined when the process can serve. */
  async failingCheck(): Promise<string | undefined> {
    return this.#reason ?? (await this.#firstFailing())
  }

  async #firstFailing(): Promise<Check | undefined> {
    try {
      if ((await pendingMigrations(this.#connectionString)) > 0) return 'migrations'
      return (await this.#isRowSecurityInForce()) ? undefined : 'row-level security'
    } catch {
      return 'database'
    }
  }

  /** On a connection without a tenant no table may show a row; otherwise every tenant would be an open book. */
  async #isRowSecurityInForce(): Promise<boolean> {
    return this.#database.read('none', async (db) => {
      const seen = await db.$count(sql`tenants`)
      const [role] = await db
        .select({ bypasses: sql<boolean>`rolsuper or rolbypassrls` })
        .from(sql`pg_roles`)
        .where(sql`rolname = current_user`)
      return seen === 0 && role?.bypasses === false
    })
  }
}

const refusals: Readonly<Record<Check, string>> = {
  database: 'The database cannot be reached.',
  migrations: 'Migrations are missing: run palestra migrate.',
  'row-level security': 'Row-level security does not hold on this database; refusing to serve.',
}
