import type pg from 'pg'
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres'
import { type Demand, Held } from '../places/demand.ts'
import { FairLine } from '../places/fair-line.ts'
import { type ClientOptions, newClient, waitAsUsual } from './connection.ts'

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

export interface PoolOptions extends ClientOptions {
  readonly size: number
  readonly onWait?: (waitedMs: number) => void
  readonly monotonicMs: () => number
}

/** No connection could be had; nothing has been sent. */
export class NoConnection extends Error {
  override readonly name = 'NoConnection'
}

interface Waiter {
  readonly demand: Demand
  readonly stamp: string
  readonly give: (connection: Connection) => void
  readonly refuse: (error: NoConnection) => void
}

/** Of the connections BULK leaves a quarter to the others. */
const BULK_SHARE = 0.75
/** Of work beside the requests. A statement may run for ten seconds; a connection that does not come by then is stuck. */
const LONGEST_WAIT_MS = 10_000
/** Given to a process that was held up, to hand out what came back meanwhile. */
const GRACE_MS = 250
/** Each waiter costs memory, of any class and tenant. */
const MOST_WAITERS = 4000

/** Jobs, workers and look-ups of keys: each kind counts as one holder, so that none takes all connections. */
const besideRequests = (tenantId: number | 'none'): Demand =>
  tenantId === 'none'
    ? { rank: 'CRITICAL', holder: 'look-ups', tenantId }
    : { rank: 'NORMAL', holder: 'beside requests', tenantId }

/**
 * A pool of connections that remembers which tenant each one last served and prefers it, so that a read of the same
 * tenant costs exactly its own statements. A change of tenant sends the new stamp pipelined ahead of the first statement.
 * Who waits is served by class and within fair shares, as by the places of work.
 */
export class ConnectionPool {
  readonly #options: PoolOptions
  readonly #idle: Connection[] = []
  readonly #waiters = new FairLine<Waiter>()
  readonly #open = new Set<Connection>()
  /** By connection that is out, on whose behalf. */
  readonly #lent = new Map<Connection, Demand>()
  readonly #held = new Held()
  readonly #mostBulk: number
  #opening = 0
  #closed = false
  /** Statements sent over all connections since the start, stamps included. */
  statementsSent = 0
  tenantSwitches = 0

  constructor(options: PoolOptions) {
    this.#options = options
    this.#mostBulk = Math.max(1, Math.floor(options.size * BULK_SHARE))
  }

  get waiting() {
    return this.#waiters.size
  }

  /** A connection on which row-level security shows the rows of `tenant` only; `'none'` shows no tenant's rows. */
  async acquire(tenant: number | 'none', demand = besideRequests(tenant)): Promise<Connection> {
    if (this.#closed) throw new NoConnection('The database has been closed.')
    const stamp = tenant === 'none' ? '' : String(tenant)
    const since = this.#options.monotonicMs()
    const connection = this.#takeNow(stamp, demand) ?? (await this.#wait(stamp, demand))
    this.#options.onWait?.(this.#options.monotonicMs() - since)
    if (connection.stamp !== stamp) this.#restamp(connection, stamp)
    return connection
  }

  /** Gives a connection back; one that is broken or whose stamp was not confirmed is thrown away. */
  release(connection: Connection) {
    const demand = this.#lent.get(connection)
    this.#lent.delete(connection)
    if (demand) this.#held.drop(demand)
    if (connection.broken || this.#closed) return void this.#discard(connection)
    waitAsUsual(connection.client)
    this.#idle.push(connection)
    this.#serve()
  }

  async close() {
    this.#closed = true
    for (const waiter of [...this.#waiters]) this.#refuse(waiter, 'The database has been closed.')
    await Promise.all(this.#idle.splice(0).map((connection) => this.#discard(connection)))
  }

  /** Who waits although a connection is there may not take it: others need not queue up behind them. */
  #takeNow(stamp: string, demand: Demand): Connection | undefined {
    if (!this.#mayTake(demand)) return undefined
    const same = this.#idle.findLastIndex((connection) => connection.stamp === stamp)
    const connection = same >= 0 ? this.#idle.splice(same, 1)[0] : this.#idle.shift()
    if (!connection) return undefined
    this.#held.add(demand)
    this.#lent.set(connection, demand)
    return connection
  }

  #mayTake({ rank }: Demand): boolean {
    return rank !== 'BULK' || this.#held.ofRank('BULK') < this.#mostBulk
  }

  #wait(stamp: string, demand: Demand): Promise<Connection> {
    if (this.#waiters.size >= MOST_WAITERS) throw new NoConnection('Too many wait for a connection.')
    const { patienceMs = LONGEST_WAIT_MS } = demand
    return new Promise((resolve, reject) => {
      const giveUp = () => this.#refuse(waiter, 'No connection became free.')
      let timer = setTimeout(() => (timer = setTimeout(giveUp, GRACE_MS).unref()), patienceMs).unref()
      const waiter: Waiter = {
        stamp,
        demand,
        give: (connection) => {
          clearTimeout(timer)
          resolve(connection)
        },
        refuse: (error) => {
          clearTimeout(timer)
          reject(error)
        },
      }
      this.#waiters.add(waiter)
      this.#serve()
    })
  }

  #refuse(waiter: Waiter, reason: string) {
    if (this.#waiters.remove(waiter)) waiter.refuse(new NoConnection(reason))
  }

  /** Hands out what is there, and opens what is missing, to those whose turn it is. */
  #serve() {
    while (!this.#closed && (this.#idle.length > 0 || this.#open.size + this.#opening < this.#options.size)) {
      const shares = { size: this.#options.size, held: this.#held }
      const next = this.#waiters.take(shares, (demand) => this.#mayTake(demand))
      if (!next) return
      const connection = this.#takeNow(next.stamp, next.demand)
      if (connection) next.give(connection)
      else void this.#openFor(next)
    }
  }

  async #openFor({ demand, give, refuse }: Waiter) {
    this.#held.add(demand)
    try {
      const connection = await this.#connect()
      this.#lent.set(connection, demand)
      give(connection)
    } catch (error) {
      this.#held.drop(demand)
      refuse(error as NoConnection)
      this.#serve()
    }
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
      const client = newClient(this.#options, () => (this.statementsSent += 1))
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
      throw new NoConnection('The database cannot be reached.', { cause: error })
    } finally {
      this.#opening -= 1
    }
  }

  #lose(connection: Connection) {
    connection.broken = true
    this.#open.delete(connection)
    const at = this.#idle.indexOf(connection)
    if (at >= 0) this.#idle.splice(at, 1)
    this.#serve()
  }

  async #discard(connection: Connection) {
    this.#open.delete(connection)
    await connection.client.end().catch(() => undefined)
    this.#serve()
  }
}
