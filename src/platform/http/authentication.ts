import { hash } from 'node:crypto'
import type { Config } from '../config.ts'
import type { RealTime } from '../clock.ts'
import type { PartnerCaller } from '../caller.ts'
import type { Database } from '../database.ts'
import { findKey, renewKeyHash, touchKey } from '../key-store.ts'
import type { Secrets } from '../secrets.ts'

/** How long a key is trusted without asking the database again; a revocation reaches every process within this time. */
const TRUSTED_MS = 5000
const MAX_REMEMBERED = 10_000
const TOUCH_EVERY_MS = 60_000
const DEMO_KEY = /^pal_(in|wh)_demo[A-Za-z]+0+$/

/** A key's caller without the parts that belong to one request. */
export type KeyHolder = Omit<PartnerCaller, 'traceId' | 'ip' | 'language'> & {
  readonly expiresAt: Temporal.Instant | null
}

export interface AuthenticationDeps {
  readonly config: Config
  readonly database: Database
  readonly secrets: Secrets
  readonly real: RealTime
}

/** Turns the value of `X-API-KEY` into the caller that it stands for. */
export class Authentication {
  readonly #deps: AuthenticationDeps
  readonly #remembered = new Map<string, { readonly holder: KeyHolder | undefined; readonly until: number }>()
  readonly #touched = new Map<number, number>()

  constructor(deps: AuthenticationDeps) {
    this.#deps = deps
  }

  /** The holder of an active inbound key of an active activation, in an open studio of an active tenant. */
  async findHolder(key: string): Promise<KeyHolder | undefined> {
    const { config, secrets, real } = this.#deps
    if (!config.demo && DEMO_KEY.test(key)) return undefined
    const now = real.monotonicMs()
    // A plain digest names the key in memory; the keyed hash, which costs more, is made for the database only.
    const name = hash('sha256', key, 'base64')
    const known = this.#remembered.get(name)
    const holder = known && now < known.until ? known.holder : await this.#ask(name, secrets.hashes('api-key', key))
    if (!holder || (holder.expiresAt && Temporal.Instant.compare(real.now(), holder.expiresAt) >= 0)) return undefined
    this.#touch(holder)
    return holder
  }

  /** A key was issued, rotated or revoked somewhere. */
  forgetAll() {
    this.#remembered.clear()
  }

  async #ask(name: string, hashes: readonly Buffer[]): Promise<KeyHolder | undefined> {
    const holder = await this.#find(hashes)
    if (this.#remembered.size >= MAX_REMEMBERED) this.#remembered.clear()
    this.#remembered.set(name, { holder, until: this.#deps.real.monotonicMs() + TRUSTED_MS })
    return holder
  }

  /** Newest secret first; a key that is found by an older one is hashed anew. */
  async #find(hashes: readonly Buffer[]): Promise<KeyHolder | undefined> {
    const [newest] = hashes
    for (const wanted of hashes) {
      const holder = await this.#deps.database.read('none', (db) => findKey(db, wanted))
      if (!holder) continue
      if (newest && wanted !== newest) this.#renew(holder, newest)
      return holder
    }
    return undefined
  }

  /** The key itself is known only while it is used: then its hash moves to the newest secret, so that the old one can go. */
  #renew({ keyId, tenantId }: KeyHolder, newest: Buffer) {
    this.#deps.database.transaction(tenantId, (tx) => renewKeyHash(tx, keyId, newest)).catch(() => undefined)
  }

  /** `last_used_at` is written at most once a minute per key, and never makes a request wait. */
  #touch({ keyId, tenantId }: KeyHolder) {
    const { database, real } = this.#deps
    const now = real.monotonicMs()
    if (now < (this.#touched.get(keyId) ?? Number.NEGATIVE_INFINITY) + TOUCH_EVERY_MS) return
    this.#touched.set(keyId, now)
    database.transaction(tenantId, (tx) => touchKey(tx, keyId, real.now())).catch(() => undefined)
  }
}

const MISSES_PER_MINUTE = 30
const MINUTE_MS = 60_000

/** Slows down whoever guesses keys: thirty failures of one address within a minute close it for a minute. */
export class FailedKeys {
  readonly #monotonicMs: () => number
  readonly #misses = new Map<string, { count: number; since: number; blockedUntil: number }>()

  constructor(monotonicMs: () => number) {
    this.#monotonicMs = monotonicMs
  }

  /** Milliseconds for which this address stays closed; 0 when it is open. */
  blockedMs(ip: string): number {
    const misses = this.#misses.get(networkOf(ip))
    return misses ? Math.max(0, misses.blockedUntil - this.#monotonicMs()) : 0
  }

  note(ip: string) {
    const now = this.#monotonicMs()
    const network = networkOf(ip)
    let misses = this.#misses.get(network)
    if (!misses || now >= misses.since + MINUTE_MS) {
      if (this.#misses.size > 10_000) this.#misses.clear()
      misses = { count: 0, since: now, blockedUntil: misses?.blockedUntil ?? 0 }
      this.#misses.set(network, misses)
    }
    misses.count += 1
    if (misses.count >= MISSES_PER_MINUTE) misses.blockedUntil = now + MINUTE_MS
  }
}

/** One household of IPv6 is a /64: its addresses count together. */
function networkOf(ip: string): string {
  if (!ip.includes(':') || ip.includes('.')) return ip
  const [before = '', after] = ip.toLowerCase().split('::')
  const groups = before === '' ? [] : before.split(':')
  // Two colons stand for as many zeros as are missing.
  const zeros = after === undefined ? 0 : 8 - groups.length - (after === '' ? 0 : after.split(':').length)
  const rest = after ? after.split(':') : []
  return [...groups, ...Array<string>(zeros).fill('0'), ...rest]
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')
}
