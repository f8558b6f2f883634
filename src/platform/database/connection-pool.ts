import pg from 'pg'
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres'
import type { Tracing } from '../tracing/tracing.ts'

const INT8_ARRAY: number = 1016

function readId(text: string): number {
  const id = Number(text)
  // Past 2^53 - 1 two ids would look the same to every client that reads JSON.
  if (!Number.isSafeInteger(id)) throw new RangeError('An id is larger than 2^53 - 1.')
  return id
}

pg.types.setTypeParser(pg.types.builtins.INT8, readId)
// The typings list scalar types only.
pg.types.setTypeParser(INT8_ARRAY as typeof pg.types.builtins.INT8, (text) =>
  text === '{}' ? [] : text.slice(1, -1).split(',').map(readId),
)

interface Corkable {
  readonly writableCorked: number
  cork(): void
  uncork(): void
}

/** Statements sent in one turn of the event loop go over the wire together: one system call instead of one each. */
function gatherWrites(client: pg.Client) {
  const { stream } = (client as unknown as { readonly connection: { readonly stream: Corkable } }).connection
  if (stream.writableCorked > 0) return
  stream.cork()
  process.nextTick(() => stream.uncork())
}

type Send = (...args: unknown[]) => unknown

/** A function of its own: a closure in the wrapper itself would cost every statement memory, traced or not. */
function sendTraced(tracing: Tracing, send: Send, args: readonly unknown[]): unknown {
  return tracing.statement(args[0], () => send(...args))
}

/** One database connection, with the tenant that it last served. */
export interface Connection {
  readonly client: pg.Client
  readonly db: NodePgDatabase
  /** The tenant that row-level security lets through; `''` is none. */
  stamp: string
  /** Settles once the server has taken over the last stamp. */
  stamped: Promise<unknown>
  broken: boolean
}

export interface PoolOptions {
  readonly connectionString: string
  readonly size: number
  readonly lockTimeoutMs?: number
  readonly onWait?: (waitedMs: number) => void
  readonly monotonicMs: () => number
  readonly tracing?: Tracing | undefined
}

/** No connection could be had; nothing has been sent. */
export class NoConnection extends Error {
  override readonly name = 'NoConnection'
}

interface Waiter {
  readonly stamp: string
  readonly since: number
  readonly resolve: (connection: Connection) => void
  readonly reject: (error: unknown) => void
}

/**
 * A pool of connections that remembers which tenant each one last served and prefers it, so that a read of the same
 * tenant costs exactly its own statements. A change of tenant sends the new stamp pipelined ahead of the first statement.
 */
export class ConnectionPool {
  readonly #options: PoolOptions
  readonly #idle: Connection[] = []
  readonly #waiters: Waiter[] = []
  readonly #open = new Set<Connection>()
  #opening = 0
  #closed = false
  /** Statements sent over all connections since the start, stamps included. */
  statementsSent = 0
  tenantSwitches = 0

  constructor(options: PoolOptions) {
    this.#options = options
  }

  get waiting() {
    return this.#waiters.length
  }

  /** A connection on which row-level security shows the rows of `tenant` only; `'none'` shows no tenant's rows. */
  async acquire(tenant: number | 'none'): Promise<Connection> {
    if (this.#closed) throw new NoConnection('The database has been closed.')
    const stamp = tenant === 'none' ? '' : String(tenant)
    const since = this.#options.monotonicMs()
    const connection = this.#takeIdle(stamp) ?? (await this.#openOrWait(stamp, since))
    this.#options.onWait?.(this.#options.monotonicMs() - since)
    if (connection.stamp !== stamp) this.#restamp(connection, stamp)
    return connection
  }

  /** Gives a connection back; one that is broken or whose stamp was not confirmed is thrown away. */
  release(connection: Connection) {
    if (connection.broken || this.#closed) return void this.#discard(connection)
    const waiter = this.#waiters.shift()
    if (waiter) return waiter.resolve(connection)
    this.#idle.push(connection)
  }

  async close() {
    this.#closed = true
    for (const waiter of this.#waiters.splice(0)) waiter.reject(new NoConnection('The database has been closed.'))
    await Promise.all(this.#idle.splice(0).map((connection) => this.#discard(connection)))
  }

  #takeIdle(stamp: string): Connection | undefined {
    const same = this.#idle.findLastIndex((connection) => connection.stamp === stamp)
    return same >= 0 ? this.#idle.splice(same, 1)[0] : this.#idle.shift()
  }

  async #openOrWait(stamp: string, since: number): Promise<Connection> {
    if (this.#open.size + this.#opening < this.#options.size) return this.#connect()
    return new Promise((resolve, reject) => this.#waiters.push({ stamp, since, resolve, reject }))
  }

  #restamp(connection: Connection, stamp: string) {
    this.tenantSwitches += 1
    connection.stamp = stamp
    connection.stamped = connection.client
      .query({ name: 'stamp', text: `select set_config('palestra.tenant_id', $1, false)`, values: [stamp] })
      .catch((error: unknown) => {
        connection.broken = true
        throw error
      })
    connection.stamped.catch(() => undefined)
  }

  async #connect(): Promise<Connection> {
    this.#opening += 1
    try {
      const client = this.#newClient()
      await client.connect()
      await client.query(`set role palestra_app`)
      await client.query(`select set_config('palestra.tenant_id', '', false)`)
      const connection: Connection = {
        client,
        db: drizzle({ client }),
        stamp: '',
        stamped: Promise.resolve(),
        broken: false,
      }
      client.on('error', () => this.#lose(connection))
      client.on('end', () => this.#lose(connection))
      this.#open.add(connection)
      return connection
    } catch (error) {
      this.#serveNextWaiter()
      throw new NoConnection('The database cannot be reached.', { cause: error })
    } finally {
      this.#opening -= 1
    }
  }

  #newClient(): pg.Client {
    const client = new pg.Client({
      connectionString: this.#options.connectionString,
      application_name: 'palestra',
      keepAlive: true,
      connectionTimeoutMillis: 10_000,
      // Zone and limits are settings of the session, so that every statement of a pooled connection shares them.
      options: [
        '-c TimeZone=UTC',
        '-c statement_timeout=10000',
        `-c lock_timeout=${this.#options.lockTimeoutMs ?? 3000}`,
        '-c idle_in_transaction_session_timeout=15000',
      ].join(' '),
      pipeline: true,
    } as pg.ClientConfig)
    // A connection that breaks while it is being opened says so twice; nobody else listens yet.
    client.on('error', () => undefined)
    const send = client.query.bind(client) as Send
    const { tracing } = this.#options
    client.query = ((...args: unknown[]) => {
      this.statementsSent += 1
      gatherWrites(client)
      return tracing === undefined ? send(...args) : sendTraced(tracing, send, args)
    }) as typeof client.query
    return client
  }

  #lose(connection: Connection) {
    connection.broken = true
    this.#open.delete(connection)
    const at = this.#idle.indexOf(connection)
    if (at >= 0) this.#idle.splice(at, 1)
    this.#serveNextWaiter()
  }

  async #discard(connection: Connection) {
    this.#open.delete(connection)
    await connection.client.end().catch(() => undefined)
    this.#serveNextWaiter()
  }

  /** A place became free without a connection to hand over: open a fresh one for the unit that waits longest. */
  #serveNextWaiter() {
    if (this.#closed) return
    const waiter = this.#waiters.shift()
    if (waiter) this.#openOrWait(waiter.stamp, waiter.since).then(waiter.resolve, waiter.reject)
  }
}
