import { lookup as lookupAddresses } from 'node:dns/promises'
import type { LookupAddress } from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'
import { Agent, buildConnector } from 'undici'
import { Answering, type OutgoingAnswer, OutgoingError } from './outgoing-answer.ts'
import { judgeTarget, judgeUrl, literalAddress, type TargetPolicy, type TargetVerdict } from './outgoing-targets.ts'

export type { OutgoingAnswer } from './outgoing-answer.ts'
export type { TargetVerdict } from './outgoing-targets.ts'

/** Kept-alive connections are dropped before usual servers drop theirs: a call must not meet a closing one. */
const KEEP_ALIVE_MS = 2000
const MAX_REMEMBERED_HOSTS = 10_000

export interface OutgoingPost {
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** From now to the complete headers of the answer; as much again for its body. */
  readonly timeoutMs: number
  readonly maxAnswerBytes: number
}

/** Asks for the addresses of a host name. */
export type Lookup = (hostname: string) => Promise<readonly string[]>

const systemLookup: Lookup = async (hostname) =>
  (await lookupAddresses(hostname, { all: true })).map(({ address }) => address)

/**
 * The only way to call a host that a partner or an operator named. The host is resolved for every call, each of its
 * addresses must be allowed, and a connection goes to an address that was judged, never to a second answer of the DNS.
 * Redirects are answers like any other.
 */
export class OutgoingHttp {
  readonly #policy: TargetPolicy
  readonly #lookup: Lookup
  readonly #agent: Agent
  /** Host → its addresses as last judged; the connector knows no other source. */
  readonly #judged = new Map<string, readonly string[]>()
  readonly #underWay = new Map<string, Promise<readonly string[]>>()

  constructor(policy: TargetPolicy, lookup: Lookup = systemLookup) {
    this.#policy = policy
    this.#lookup = lookup
    this.#agent = new Agent({
      connect: this.#connector(),
      allowH2: false,
      keepAliveTimeout: KEEP_ALIVE_MS,
      keepAliveMaxTimeout: KEEP_ALIVE_MS,
    })
  }

  /** Whether a call to this address would be made now. */
  async judge(text: string): Promise<TargetVerdict> {
    const url = judgeUrl(text)
    if (typeof url === 'string') return url
    return judgeTarget(url, await this.#resolveAddresses(url), this.#policy)
  }

  /** Sends one POST. Any status is an answer; an {@link OutgoingError} says why there was none. */
  postGuarded(text: string, post: OutgoingPost): Promise<OutgoingAnswer> {
    const answering = new Answering(post)
    this.#dispatch(text, post, answering).catch((error: unknown) => answering.fail(error))
    return answering.answer
  }

  async close() {
    await this.#agent.destroy()
  }

  async #dispatch(text: string, { headers, body }: OutgoingPost, answering: Answering) {
    const url = judgeUrl(text)
    if (typeof url === 'string') throw new OutgoingError(url)
    const addresses = await this.#resolveAddresses(url)
    const verdict = judgeTarget(url, addresses, this.#policy)
    if (verdict !== 'ALLOWED') throw new OutgoingError(verdict)
    // The look-up may have taken longer than the call was given.
    if (answering.isSettled) return
    this.#remember(url.hostname, addresses)
    const { origin, pathname, search } = url
    const path = `${pathname}${search}`
    // The limits of the agent itself are coarse; `answering` has its own.
    this.#agent.dispatch(
      { origin, path, method: 'POST', headers, body, headersTimeout: 0, bodyTimeout: 0, upgrade: null },
      answering,
    )
  }

  /** Calls that start while a look-up is under way share its answer. */
  #resolveAddresses({ hostname }: URL): Promise<readonly string[]> {
    const literal = literalAddress(hostname)
    if (literal !== undefined) return Promise.resolve([literal])
    let asked = this.#underWay.get(hostname)
    if (!asked) {
      asked = this.#lookup(hostname)
        .catch(() => [])
        .finally(() => this.#underWay.delete(hostname))
      this.#underWay.set(hostname, asked)
    }
    return asked
  }

  #remember(hostname: string, addresses: readonly string[]) {
    if (this.#judged.size >= MAX_REMEMBERED_HOSTS) this.#judged.clear()
    this.#judged.set(hostname, addresses)
  }

  #connector(): buildConnector.connector {
    const lookup: LookupFunction = (hostname, options, done) => {
      const addresses = this.#addressesFor(hostname)
      const [first] = addresses
      if (!first) return done(new OutgoingError('NOT_RESOLVED'), '')
      if (options.all) done(null, [...addresses])
      else done(null, first.address, first.family)
    }
    const connect = buildConnector({ lookup, allowH2: false, timeout: 60_000 } as buildConnector.BuildOptions)
    return (options, done) => {
      if (this.#addressesFor(options.hostname).length === 0) return done(new OutgoingError('NOT_RESOLVED'), null)
      connect(options, done)
    }
  }

  #addressesFor(hostname: string): readonly LookupAddress[] {
    const addresses = this.#judged.get(hostname) ?? this.#judged.get(`[${hostname}]`) ?? []
    return addresses.map((address) => ({ address, family: isIP(address) }))
  }
}
