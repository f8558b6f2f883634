import { hash } from 'node:crypto'
import type { Config } from '../config/config.ts'
import type { RealTime } from '../time/clock.ts'
import type { Database, Queryable, Tx } from '../database/database.ts'
import type { Purpose, Secrets } from '../secrets.ts'
import { isBefore } from '../time/order.ts'

/** How long a credential is trusted without asking the database again; a revocation whose notification was lost takes effect then. */
const TRUSTED_MS = 5000
const MAX_REMEMBERED = 10_000

/** Whom a credential stands for. */
export interface Holder {
  readonly tenantId: number
  readonly expiresAt: Temporal.Instant | null
}

/** One kind of credential: how it is found by its hash, and what is stored about it. */
export interface CredentialKind<H extends Holder> {
  readonly purpose: Purpose
  /** Published with the demo, and good for nothing outside of it. */
  readonly demo: RegExp
  /** The time of its use is written down at most this often. */
  readonly touchEveryMs: number
  getId(holder: H): number
  find(db: Queryable, hash: Buffer): Promise<H | undefined>
  renew(tx: Tx, id: number, newest: Buffer): Promise<unknown>
  touch(tx: Tx, id: number, usedAt: Temporal.Instant): Promise<unknown>
}

export interface AuthenticationDeps {
  readonly config: Config
  readonly database: Pick<Database, 'read' | 'transaction'>
  readonly secrets: Secrets
  readonly real: RealTime
}

/** Turns a credential that was sent into the holder that it stands for. */
export class Authentication<H extends Holder> {
  readonly #kind: CredentialKind<H>
  readonly #deps: AuthenticationDeps
  readonly #remembered = new Map<string, { readonly holder: H | undefined; readonly until: number }>()
  readonly #asked = new Map<string, Promise<H | undefined>>()
  readonly #touched = new Map<number, number>()
  /** Distinguishes what was read before a change from what was read after it. */
  #changes = 0

  constructor(kind: CredentialKind<H>, deps: AuthenticationDeps) {
    this.#kind = kind
    this.#deps = deps
  }

  /** The holder of a credential that is good now. A request that writes nothing does not store its use either. */
  async findHolder(credential: string, { isUse = true } = {}): Promise<H | undefined> {
    const { config, secrets, real } = this.#deps
    const { demo, purpose } = this.#kind
    if (!config.demo && demo.test(credential)) return undefined
    const now = real.monotonicMs()
    // A plain digest names the credential in memory; the keyed hash, which costs more, is made for the database only.
    const name = hash('sha256', credential, 'base64')
    const known = this.#remembered.get(name)
    const holder =
      known && now < known.until
        ? known.holder
        : await this.#askOnce(name, () => this.#ask(name, secrets.hashes(purpose, credential), isUse))
    if (!holder || (holder.expiresAt && !isBefore(real.now(), holder.expiresAt))) return undefined
    if (isUse) this.#touch(holder)
    return holder
  }

  /** A credential was issued, rotated or revoked somewhere. */
  forgetAll() {
    this.#changes += 1
    this.#remembered.clear()
    this.#asked.clear()
  }

  /** A crowd with one credential asks for it once: who comes while it is looked up waits for the same answer. */
  #askOnce(name: string, ask: () => Promise<H | undefined>): Promise<H | undefined> {
    const asked = this.#asked.get(name)
    if (asked) return asked
    const answer = ask().finally(() => {
      if (this.#asked.get(name) === answer) this.#asked.delete(name)
    })
    this.#asked.set(name, answer)
    return answer
  }

  async #ask(name: string, hashes: readonly Buffer[], isUse: boolean): Promise<H | undefined> {
    const [newest] = hashes
    const changesBefore = this.#changes
    const { holder, hash: found } = await this.#find(hashes)
    if (holder && newest && found !== newest) {
      // Hashed anew by the next request that may write; until then it is not remembered, or nobody would come here.
      if (!isUse) return holder
      this.#write(holder, (tx, id) => this.#kind.renew(tx, id, newest))
    }
    if (changesBefore !== this.#changes) return holder
    if (this.#remembered.size >= MAX_REMEMBERED) this.#remembered.clear()
    this.#remembered.set(name, { holder, until: this.#deps.real.monotonicMs() + TRUSTED_MS })
    return holder
  }

  /** Newest secret first; `hash` is the one that found the holder. */
  async #find(hashes: readonly Buffer[]): Promise<{ readonly holder: H | undefined; readonly hash?: Buffer }> {
    for (const wanted of hashes) {
      const holder = await this.#deps.database.read('none', (db) => this.#kind.find(db, wanted))
      if (holder) return { holder, hash: wanted }
    }
    return { holder: undefined }
  }

  #touch(holder: H) {
    const now = this.#deps.real.monotonicMs()
    const id = this.#kind.getId(holder)
    if (now < (this.#touched.get(id) ?? Number.NEGATIVE_INFINITY) + this.#kind.touchEveryMs) return
    this.#touched.set(id, now)
    this.#write(holder, (tx) => this.#kind.touch(tx, id, this.#deps.real.now()))
  }

  /** Notes never make a request wait, nor fail it. */
  #write(holder: H, write: (tx: Tx, id: number) => Promise<unknown>) {
    this.#deps.database.transaction(holder.tenantId, (tx) => write(tx, this.#kind.getId(holder))).catch(() => undefined)
  }
}
