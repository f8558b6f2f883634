import { statfs } from 'node:fs/promises'
import { resolve } from 'node:path'
import pg from 'pg'
import type { Config } from '../config/config.ts'
import { countPending } from '../database/migrate.ts'

/** What has to hold for a process to serve, by the name that `/readyz` gives it. */
type Check = 'database' | 'migrations' | 'row-level security' | 'storage'

/** How long one answer serves all who ask. */
const KEPT_MS = 1000
/** What a check may take as a whole: a database that stands still must not keep a balancer waiting. */
const CHECK_WITHIN_MS = 1500
/** The first check may wait for a busy machine: nobody is served yet. */
const FIRST_CHECK_WITHIN_MS = 15_000
/** PostgreSQL needs room for one more file of its log (16 MiB) before it can write anything. */
const LEAST_FREE_BYTES = 16 * 1024 * 1024

export interface ReadinessDeps {
  readonly config: Pick<Config, 'databaseUrl' | 'dataDir' | 'storage'>
  readonly connectionString: string
}

/**
 * Why this process does not serve, if it does not; asked by `/readyz` and by every request. One check at a time serves all
 * who ask, on a connection of its own, so that neither many callers nor a full pool make it slow or dear.
 */
export class Readiness {
  readonly #deps: ReadinessDeps
  #reason: string | undefined = 'starting'
  #isStopping = false
  #client: pg.Client | undefined
  #checking: Promise<Check | undefined> | undefined
  #keptUntil = 0

  constructor(deps: ReadinessDeps) {
    this.#deps = deps
  }

  /** What keeps requests out at the moment: starting up or shutting down. */
  get maintenance(): string | undefined {
    return this.#reason
  }

  /** Whether the process is about to stop; requests are still served. */
  get isStopping(): boolean {
    return this.#isStopping
  }

  /** Runs the checks for the first time; the process must not serve when this fails. */
  async open() {
    const failing = await this.#check(FIRST_CHECK_WITHIN_MS)
    if (failing !== undefined) throw new Error(refusals[failing])
    this.#reason = undefined
  }

  /** From now on balancers are sent elsewhere. */
  announceStop() {
    this.#isStopping = true
  }

  beginShutdown() {
    this.#isStopping = true
    this.#reason = 'shutting down'
  }

  /** The first failing check by name; undefined when the process can serve. */
  async failingCheck(): Promise<string | undefined> {
    if (this.#isStopping) return 'shutting down'
    return this.#reason ?? (await this.#recentCheck())
  }

  async close() {
    await this.#client?.end().catch(() => undefined)
  }

  #recentCheck(): Promise<Check | undefined> {
    if (this.#checking && performance.now() < this.#keptUntil) return this.#checking
    // Nobody starts another one as long as this one runs; it ends within its limit.
    this.#keptUntil = Number.POSITIVE_INFINITY
    this.#checking = this.#check(CHECK_WITHIN_MS).finally(() => {
      this.#keptUntil = performance.now() + KEPT_MS
    })
    return this.#checking
  }

  async #check(withinMs: number): Promise<Check | undefined> {
    const { promise: timeUp, resolve: giveUp } = Promise.withResolvers<Check>()
    const timer = setTimeout(() => giveUp('database'), withinMs)
    const failing = await Promise.race([this.#firstFailing(), timeUp])
    clearTimeout(timer)
    if (failing === 'database') this.#forget()
    return failing
  }

  async #firstFailing(): Promise<Check | undefined> {
    if (await this.#isDiskFull()) return 'storage'
    try {
      const client = await this.#connect()
      if ((await countPending(client)) > 0) return 'migrations'
      return (await isRowSecurityInForce(client)) ? undefined : 'row-level security'
    } catch {
      return 'database'
    }
  }

  /** Only where this machine keeps something: the bundled database, or files in the data folder. */
  async #isDiskFull(): Promise<boolean> {
    const { databaseUrl, storage, dataDir } = this.#deps.config
    if (databaseUrl !== undefined && storage !== 'fs') return false
    const found = await statfs(resolve(dataDir)).catch(() => undefined)
    return found !== undefined && found.bavail * found.bsize < LEAST_FREE_BYTES
  }

  async #connect(): Promise<pg.Client> {
    if (this.#client) return this.#client
    const client = new pg.Client({
      connectionString: this.#deps.connectionString,
      application_name: 'palestra-ready',
      connectionTimeoutMillis: FIRST_CHECK_WITHIN_MS,
      keepAlive: true,
    })
    const forget = () => {
      if (this.#client === client) this.#client = undefined
    }
    client.on('error', forget)
    client.on('end', forget)
    this.#client = client
    await client.connect()
    return client
  }

  /** A connection that did not answer in time is thrown away: its late answers must not be taken for those of the next check. */
  #forget() {
    const client = this.#client
    this.#client = undefined
    if (!client) return
    const { stream } = (client as unknown as { connection: { stream: { destroy(): void } } }).connection
    stream.destroy()
  }
}

/** As the role of requests and without a tenant no table may show a row; otherwise every tenant would be an open book. */
async function isRowSecurityInForce(client: pg.Client): Promise<boolean> {
  await client.query('begin read only; set local role palestra_app')
  try {
    // reads tenants: the one table that must never look empty by mistake or full without a stamp
    const { rows } = await client.query(`select (select count(*) from tenants) as seen,
      (select rolsuper or rolbypassrls from pg_roles where rolname = current_user) as bypasses`)
    return Number(rows[0]?.seen) === 0 && rows[0]?.bypasses === false
  } finally {
    await client.query('rollback')
  }
}

const refusals: Readonly<Record<Check, string>> = {
  database: 'The database cannot be reached.',
  migrations: 'Migrations are missing: run palestra migrate.',
  'row-level security': 'Row-level security does not hold on this database; refusing to serve.',
  storage: 'The disk of the data folder is full: less than 16 MiB are free.',
}
