import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Config } from '../config/config.ts'
import type { RealTime } from '../time/clock.ts'
import { type ApiCaller, type DeviceCaller, formatActor, type PartnerCaller } from '../units/caller.ts'
import { unavailable } from '../errors/errors.ts'
import { chooseLanguage } from '../errors/localisation.ts'
import type { Operation } from '../api/operation.ts'
import type { RateLimiter } from './rate-limit.ts'
import { type Door, rateLimited } from './door.ts'
import { getExchange } from '../http/exchange.ts'
import type { Demand, RequestDemand } from '../places/demand.ts'
import type { HeldPlace, PlaceRequest } from '../places/held-place.ts'
import { getPatience } from '../places/refusal-rules.ts'
import type { WorkPlaces } from '../places/work-places.ts'
import { toNetwork } from './network-guesses.ts'
import { isOver, untilHungUp } from './hang-up.ts'

export interface GateDeps<C extends ApiCaller> {
  readonly config: Config
  readonly door: Door<C>
  readonly rateLimiter: RateLimiter
  readonly places: WorkPlaces
  readonly real: RealTime
  readonly onRateLimited: (operation: string) => void
  /** Why the process does not serve at the moment, if it does not. */
  readonly maintenance: () => string | undefined
}

/** Gives a request without key or token its place of work, or refuses it with 503. */
export type AdmitVisitor = (request: FastifyRequest, reply: FastifyReply) => Promise<void>

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

  /** While the process starts or stops nobody gets in; nothing has been asked of the database yet. */
  refuseWhileUnavailable() {
    if (this.#deps.maintenance() !== undefined)
      throw unavailable('errormessage.service.maintenance', MAINTENANCE_SECONDS)
  }

  /** The credential decides tenant and studio. */
  async authenticate(request: FastifyRequest): Promise<C> {
    const isTenantHost = (slug: string) =>
      this.#deps.config.tenantHosts === 'off' || request.hostname.split('.')[0] === slug
    const holder = await this.#deps.door.identify(request, isTenantHost)
    const exchange = getExchange(request)
    const header = request.headers['accept-language']
    const language = chooseLanguage(header, holder.studio.languageTag, holder.tenant.defaultLanguage)
    const named = { ...holder, traceId: exchange.traceId, ip: request.ip, language } as unknown as C
    const caller = { ...named, demand: this.#toDemand(named, exchange.operation) }
    exchange.caller = caller
    exchange.language = language
    return caller
  }

  /**
   * Rate limit, scopes, a place of work. Callers see their order: who is past the limit is refused for that also under
   * load, and who is refused a place has been counted. The place stays with the exchange until the answer.
   */
  async admit(caller: C, operation: Operation, reply: FastifyReply) {
    const { door } = this.#deps
    await this.#countRequest(caller, operation.operationId, {
      limit: this.#findLimit(caller, operation.operationId),
      reply,
    })
    door.refuseStranger(caller, operation)
    const { demand } = caller
    const wanted = { demand, kind: operation.operationId, patienceMs: demand.patienceMs }
    // A place that is free is had at once, without a turn of the event loop.
    const place = this.#takePlace(reply, wanted)
    if (place) await place
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

  /** Lets in who holds a link instead of a key. All visitors from one network count together. */
  readonly admitVisitor: AdmitVisitor = async (request, reply) => {
    this.refuseWhileUnavailable()
    const demand: Demand = { rank: 'NORMAL', holder: `visitor ${toNetwork(request.ip)}`, tenantId: 'none' }
    const kind = getExchange(request).operationName
    await this.#takePlace(reply, { demand, kind, patienceMs: getPatience(demand.rank, false) })
  }

  /** All keys of an activation count together. */
  #toDemand(caller: C, operation: Operation | undefined): RequestDemand {
    const { actor, tenantId } = caller
    const holder = formatActor({ kind: actor.kind, id: this.getCounterKey(caller) })
    const rank = operation?.shed ?? 'NORMAL'
    return { rank, holder, tenantId, patienceMs: getPatience(rank, 'device' in caller) }
  }

  /** Undefined when the place was had at once. */
  #takePlace(reply: FastifyReply, wanted: Omit<PlaceRequest, 'onHangUp'>): Promise<void> | undefined {
    const onHangUp = untilHungUp(reply.raw)
    const keep = (place: HeldPlace) => {
      // Nobody would give it back: what is answered already does not come to its handler.
      if (isOver(reply)) {
        place.leave()
        throw unavailable('errormessage.service.overloaded', 1)
      }
      getExchange(reply.request).place = place
      onHangUp(() => place.abandon())
    }
    const place = this.#deps.places.enter({ ...wanted, onHangUp })
    if (place instanceof Promise) return place.then(keep)
    keep(place)
    return undefined
  }

  #findLimit(caller: C, operation: string): number {
    return this.#deps.door.findLimit(caller, operation) ?? this.#deps.config.rateLimitDefault
  }

  async #countRequest(
    caller: C,
    operation: string,
    { limit, reply }: { readonly limit: number; readonly reply: FastifyReply },
  ) {
    const { tenantId, demand } = caller
    const counter = { tenantId, callerId: this.getCounterKey(caller), demand }
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
