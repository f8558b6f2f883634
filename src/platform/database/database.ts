import { randomInt } from 'node:crypto'
import { sql } from 'drizzle-orm'
import pg from 'pg'
import type { NodePgDatabase } from 'drizzle-orm/node-postgres'
import type { Demand } from '../places/demand.ts'
import { waitLonger } from './connection.ts'
import { type Connection, ConnectionPool, NoConnection, type PoolOptions } from './connection-pool.ts'

/** Can read, and nothing else: a connection that row-level security ties to one tenant. */
export type Queryable = Pick<
  NodePgDatabase,
  'select' | 'selectDistinct' | 'selectDistinctOn' | '$count' | 'with' | '$with'
>

declare const insideTransaction: unique symbol
/** A running transaction: the only thing that can write or lock. */
export type Tx = NodePgDatabase & { readonly [insideTransaction]: true }

declare const sentAtOnce: unique symbol

/**
 * A prepared statement with its values, still to be sent. It goes over the wire within the call of `send`, and a caller that
 * calls two in one turn has them arrive in that order. An async function of ours may wait for something first; so may a
 * statement that is not prepared. Only in-order.ts makes one, so that neither can pass for it.
 */
export interface Ready<R, D = Tx> {
  readonly [sentAtOnce]: true
  readonly send: (db: D) => Promise<R>
}

export type TenantId = number

/** A word from another connection, perhaps of another process. */
export interface Notice {
  readonly channel: string
  readonly payload: string
}

export interface TransactionOptions<T> {
  /** The last statement, by what the work has answered. */
  readonly finish?: (result: T) => Ready<unknown> | undefined
  readonly lockTimeoutMs?: number
  /** On whose behalf; absent for work beside the requests. */
  readonly demand?: Demand
}
const LONGEST_STATEMENT_MS = 600_000

/** First half of the advisory lock that every process holds as long as it listens. */
const PRESENCE = 72_525_381

/**
 * The door to PostgreSQL. Nobody gets a connection without naming a tenant, or `'none'`, which sees no tenant's rows.
 * Reads run without a transaction; a transaction is one, committed when `work` returns and rolled back when it throws.
 */
export class Database {
  readonly pool: ConnectionPool
  readonly #connectionString: string
  /** The name of this process among others on the same database. */
  readonly #process = randomInt(2 ** 31)
  readonly #listeners = new Set<pg.Client>()

  constructor(options: PoolOptions) {
    this.#connectionString = options.connectionString
    this.pool = new ConnectionPool(options)
  }

  async read<T>(tenant: TenantId | 'none', work: (db: Queryable) => Promise<T>, demand?: Demand): Promise<T> {
    const connection = await this.pool.acquire(tenant, demand)
    try {
      const result = await work(connection.db)
      await connection.stamped
      return result
    } catch (error) {
      markBroken(connection, error)
      throw error
    } finally {
      this.pool.release(connection)
    }
  }

  /**
   * What `finish` answers is sent after `work`, in the same transaction and together with the commit: a statement that
   * could be overtaken by the commit would stand outside of it. `lockTimeoutMs` holds for this transaction only.
   */
  async transaction<T>(
    tenant: TenantId | 'none',
    work: (tx: Tx) => Promise<T>,
    { finish, lockTimeoutMs, demand }: TransactionOptions<T> = {},
  ): Promise<T> {
    const connection = await this.pool.acquire(tenant, demand)
    const tx = connection.db as Tx
    try {
      const limit = lockTimeoutMs === undefined ? '' : `; set local lock_timeout = ${Math.trunc(lockTimeoutMs)}`
      const begun = connection.client.query(`begin${limit}`)
      begun.catch(() => undefined)
      const result = await work(tx)
      await Promise.all([connection.stamped, begun])
      const last = finish?.(result)?.send(tx)
      const outcome = await settleAll([...(last ? [last] : []), connection.client.query('commit')])
      if ((outcome as pg.QueryResult).command !== 'COMMIT') throw new Error('The transaction was rolled back.')
      return result
    } catch (error) {
      markBroken(connection, error)
      if (!connection.broken) await rollBack(connection)
      throw error
    } finally {
      this.pool.release(connection)
    }
  }

  /**
   * Calls `onNotify` for every NOTIFY on these channels, on a connection of its own that is opened again when it breaks. Without
   * a notice it is called whenever that connection is opened: some may have been missed.
   */
  async listen(channels: readonly string[], onNotify: (notice?: Notice) => void): Promise<void> {
    const client = new pg.Client({
      connectionString: this.#connectionString,
      application_name: 'palestra-listen',
      ...soonNoticed,
    })
    client.on('notification', ({ channel, payload = '' }) => onNotify({ channel, payload }))
    client.on('error', () => undefined)
    client.on('end', () => {
      if (!this.#listeners.delete(client)) return
      setTimeout(() => void this.listen(channels, onNotify).catch(() => undefined), 1000).unref()
    })
    this.#listeners.add(client)
    await client.connect()
    for (const channel of channels) await client.query(`listen ${client.escapeIdentifier(channel)}`)
    await client.query('select pg_advisory_lock_shared($1, $2)', [PRESENCE, this.#process])
    onNotify()
  }

  /** How many processes listen on this database now, this one included. */
  async countProcesses(): Promise<number> {
    const held = sql`pg_locks where locktype = 'advisory' and objsubid = 2 and classid = ${PRESENCE}::oid
      and database = (select oid from pg_database where datname = current_database())`
    const [row] = await this.read('none', (db) =>
      db.select({ count: sql<number>`count(distinct objid)::int` }).from(held),
    )
    return row?.count ?? 0
  }

  async close() {
    const listeners = [...this.#listeners]
    this.#listeners.clear()
    await Promise.all(listeners.map((client) => client.end().catch(() => undefined)))
    await this.pool.close()
  }
}

/**
 * Lets the statements of a transaction run for ten minutes instead of ten seconds: for rare changes whose triggers reach
 * everybody of a studio.
 */
export async function takeYourTime(tx: Tx) {
  const { $client } = tx as unknown as { readonly $client: pg.Client }
  waitLonger($client, LONGEST_STATEMENT_MS)
  await tx.execute(sql`set local statement_timeout = ${sql.raw(String(LONGEST_STATEMENT_MS))}`)
}

/**
 * Builds a statement once per connection. A statement prepared on one connection must never run on another: inside a
 * transaction it would escape it.
 */
export function prepared<S>(build: (db: Queryable) => S): (db: Queryable) => S {
  return perConnection(build)
}

/** The writing twin of {@link prepared}. */
export function preparedWrite<S>(build: (tx: Tx) => S): (tx: Tx) => S {
  return perConnection(build)
}

function perConnection<D extends object, S>(build: (db: D) => S): (db: D) => S {
  const statements = new WeakMap<D, S>()
  return (db) => {
    let statement = statements.get(db)
    if (statement === undefined) statements.set(db, (statement = build(db)))
    return statement
  }
}

/** Waits for all, so that nothing is left in flight, then fails with the first failure or returns the last value. */
async function settleAll(promises: readonly Promise<unknown>[]): Promise<unknown> {
  const results = await Promise.allSettled(promises)
  for (const result of results) if (result.status === 'rejected') throw result.reason
  const last = results.at(-1)
  return last?.status === 'fulfilled' ? last.value : undefined
}

async function rollBack(connection: Connection) {
  try {
    await connection.client.query('rollback')
  } catch {
    connection.broken = true
  }
}

/** SQLSTATE of a failed statement, whether the driver's error or the query builder's wrapper around it. */
export function sqlState(error: unknown): string | undefined {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  const code = (cause as { code?: unknown } | undefined)?.code
  // Every SQLSTATE has a digit; EPIPE, a code of the socket, has none.
  return typeof code === 'string' && /^(?=.*\d)[0-9A-Z]{5}$/.test(code) ? code : undefined
}

/** A connection that only listens sends nothing: the system has to notice that nobody is there any more. */
const soonNoticed = { keepAlive: true, keepAliveInitialDelayMillis: 10_000, connectionTimeoutMillis: 10_000 } as const

/** Statement cancelled, lock not available, too many connections, out of memory, database starting or stopping. */
const busyStates: ReadonlySet<string> = new Set(['57014', '55P03', '53200', '53300', '57P03', '57P01', '57P02'])
/** The server ended the session: it was idle within a transaction, or for too long. */
const endedStates: ReadonlySet<string> = new Set(['25P03', '25P04', '57P05'])
const DISK_FULL = '53100'

/** Whether the database refused for want of time or room: whatever was asked has changed nothing. */
export function isDatabaseBusy(error: unknown): boolean {
  return error instanceof NoConnection || busyStates.has(sqlState(error) ?? '')
}

/**
 * Whether the connection broke while something was under way. A read has done nothing; of a write nobody knows, as its
 * commit may have arrived: a client that repeats it needs an `Idempotency-Key`.
 */
export function isConnectionLost(error: unknown): boolean {
  const state = sqlState(error)
  return state === undefined ? isSocketError(error) : isSessionEnd(state)
}

/** Whether there is no room left, in the database or on a disk of ours. What was asked has changed nothing. */
export function isStorageFull(error: unknown): boolean {
  if (sqlState(error) === DISK_FULL) return true
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  return ['ENOSPC', 'EDQUOT'].includes(String((cause as { readonly code?: unknown } | undefined)?.code))
}

const isSessionEnd = (state: string) => state.startsWith('08') || endedStates.has(state)

/** Name of the constraint that a failed statement broke, to be mapped to its specific error. */
export function brokenConstraint(error: unknown): string | undefined {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  const constraint = (cause as { constraint?: unknown } | undefined)?.constraint
  return typeof constraint === 'string' ? constraint : undefined
}

/** Failures of the server process or the socket leave the connection unusable. */
function markBroken(connection: Connection, error: unknown) {
  const state = sqlState(error)
  if (state === undefined ? isSocketError(error) : state.startsWith('57P') || isSessionEnd(state)) {
    connection.broken = true
  }
}

function isSocketError(error: unknown): boolean {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  return cause instanceof Error && /connection|terminated|ECONN|EPIPE|not queryable|read timeout/i.test(cause.message)
}
