import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Config } from '../config/config.ts'
import type { RealTime } from '../time/clock.ts'
import type { ApiCaller, DeviceCaller, PartnerCaller } from '../units/caller.ts'
import { type ApiError, unavailable } from '../errors/errors.ts'
import { chooseLanguage } from '../errors/localisation.ts'
import type { Operation } from '../api/operation.ts'
import type { RateLimiter } from './rate-limit.ts'
import { type Door, rateLimited } from './door.ts'
import { getExchange } from '../http/exchange.ts'
import type { Shedding } from '../http/shedding.ts'

export interface GateDeps<C extends ApiCaller> {
  readonly config: Config
  readonly door: Door<C>
  readonly rateLimiter: RateLimiter
  readonly shedding: Shedding
  readonly real: RealTime
  readonly onRateLimited: (operation: string) => void
  /** Why the process does not serve at the moment, if it does not. */
  readonly maintenance: () => string | undefined
}

const HEAD_LIMIT = 1000
/** Counts together what no operation takes. */
const UNKNOWN = 'UNKNOWN'
const MAINTENANCE_SECONDS = 5

/** What one kind of caller has to pass before its input is read, in this order; the first failure answers. */
export class Gate<C extends PartnerCaller | DeviceCaller> {
  readonly #deps: GateDeps<C>

  constructor(deps: GateDeps<C>) {
    this.#deps = deps
  }

  /** What no request gets through, no matter who sends it; nothing has been asked of the database yet. */
  refuseWhileUnavailable() {
    if (this.#deps.maintenance() !== undefined) throw unavailable('maintenance', MAINTENANCE_SECONDS)
    if (this.#deps.shedding.refuses('CRITICAL')) throw overloaded()
  }

  /** The credential decides tenant and studio. */
  async authenticate(request: FastifyRequest): Promise<C> {
    const isTenantHost = (slug: string) =>
      this.#deps.config.tenantHosts === 'off' || request.hostname.split('.')[0] === slug
    const holder = await this.#deps.door.identify(request, isTenantHost)
    const exchange = getExchange(request)
    const header = request.headers['accept-language']
    const language = chooseLanguage(header, holder.studio.languageTag, holder.tenant.defaultLanguage)
    const caller = { ...holder, traceId: exchange.traceId, ip: request.ip, language } as C
    exchange.caller = caller
    exchange.language = language
    return caller
  }

  /**
   * Rate limit, scopes, load. Callers see their order: under load, too, a caller past the limit gets 429, and what is shed counts.
   * With counters in the database shedding therefore spares an operation its own work but not the upsert of its counter,
   * except at the highest level, which `refuseWhileUnavailable` refuses before anything is asked.
   */
  async admit(caller: C, operation: Operation, reply: FastifyReply) {
    const { door, shedding } = this.#deps
    await this.#countRequest(caller, operation.operationId, {
      limit: this.#findLimit(caller, operation.operationId),
      reply,
    })
    door.refuseStranger(caller, operation)
    if (shedding.refuses(operation.shed)) throw overloaded()
  }

  /** The scopes of another operation than the one that is called, where a request asks for something of that too. */
  refuseStranger(caller: C, operation: Operation) {
    this.#deps.door.refuseStranger(caller, operation)
  }

  countHead(caller: C, reply: FastifyReply) {
    return this.#countRequest(caller, 'HEAD', { limit: HEAD_LIMIT, reply })
  }

  countUnknown(caller: C, reply: FastifyReply) {
    return this.#countRequest(caller, UNKNOWN, { limit: this.#findLimit(caller, UNKNOWN), reply })
  }

  getCounterKey(caller: C): number {
    return this.#deps.door.getCounterKey(caller)
  }

  #findLimit(caller: C, operation: string): number {
    return this.#deps.door.findLimit(caller, operation) ?? this.#deps.config.rateLimitDefault
  }

  async #countRequest(
    caller: C,
    operation: string,
    { limit, reply }: { readonly limit: number; readonly reply: FastifyReply },
  ) {
    const counter = { tenantId: caller.tenantId, callerId: this.getCounterKey(caller) }
    const counted = this.#deps.rateLimiter.count(counter, operation, limit)
    // The counters in memory answer at once; awaiting them would cost every request a turn of the event loop.
    const verdict = counted instanceof Promise ? await counted : counted
    reply.header('x-ratelimit-limit', verdict.limit)
    reply.header('x-ratelimit-remaining', verdict.remaining)
    reply.header('x-ratelimit-reset', this.#unixSecondsIn(verdict.resetInMs))
    if (verdict.isAccepted) return
    this.#deps.onRateLimited(operation)
    throw rateLimited(verdict)
  }

  #unixSecondsIn(ms: number): number {
    return Math.ceil((this.#deps.real.now().epochMilliseconds + ms) / 1000)
  }
}

/** The herd comes back spread over five seconds. */
function overloaded(): ApiError {
  return unavailable('overloaded', 1 + Math.floor(Math.random() * 5))
}
