import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Config } from '../config.ts'
import type { RealTime } from '../clock.ts'
import type { PartnerCaller } from '../caller.ts'
import { ApiError, unavailable } from '../errors.ts'
import { chooseLanguage } from '../localisation.ts'
import type { Operation } from '../operation.ts'
import type { RateLimiter, RateVerdict } from '../rate-limit.ts'
import { type Authentication, FailedKeys, type KeyHolder } from './authentication.ts'
import { exchangeOf } from './exchange.ts'
import type { Shedding } from './shedding.ts'

export interface GateDeps {
  readonly config: Config
  readonly authentication: Authentication
  readonly rateLimiter: RateLimiter
  readonly shedding: Shedding
  readonly real: RealTime
  readonly onRateLimited: (operation: string) => void
  /** Why the process does not serve at the moment, if it does not. */
  readonly maintenance: () => string | undefined
}

const HEAD_LIMIT = 1000
const MAINTENANCE_SECONDS = 5
/** Scopes that these operations take besides those that the contract names. */
const furtherScopes: Readonly<Record<string, string>> = {
  bookCustomerPayment: 'CUSTOMER_ACCOUNT_WRITE',
  updateCustomerPaymentInstrument: 'CUSTOMER_ACCOUNT_WRITE',
}

/** Steps 2 to 8 of the request pipeline, in their order; the first failure answers. */
export class Gate {
  readonly #deps: GateDeps
  readonly #failedKeys: FailedKeys

  constructor(deps: GateDeps) {
    this.#deps = deps
    this.#failedKeys = new FailedKeys(() => deps.real.monotonicMs())
  }

  /** Step 2: what no request gets through, whoever sends it; nothing has been asked of the database yet. */
  refuseWhileUnavailable() {
    if (this.#deps.maintenance() !== undefined) throw unavailable('maintenance', MAINTENANCE_SECONDS)
    if (this.#deps.shedding.refuses('CRITICAL')) throw overloaded()
  }

  /** Step 4: the key decides tenant and studio. Every failure but a missing header gives the same answer. */
  async authenticate(request: FastifyRequest): Promise<PartnerCaller> {
    const blockedMs = this.#failedKeys.blockedMs(request.ip)
    if (blockedMs > 0) throw rateLimited({ limit: 30, resetInMs: blockedMs })
    const keys = keysIn(request.raw.rawHeaders)
    if (keys.length === 0) throw new ApiError(401, 'errormessage.auth.apiKeyMissing')
    const [key = ''] = keys
    const holder = keys.length === 1 && key !== '' ? await this.#deps.authentication.findHolder(key) : undefined
    if (!holder || !this.#isHostOf(holder, request)) {
      this.#failedKeys.note(request.ip)
      throw new ApiError(401, 'errormessage.auth.apiKeyInvalid')
    }
    const exchange = exchangeOf(request)
    const header = request.headers['accept-language']
    const language = chooseLanguage(header, holder.studio.languageTag, holder.tenant.defaultLanguage)
    const caller = { ...holder, traceId: exchange.traceId, ip: request.ip, language }
    exchange.caller = caller
    exchange.language = language
    return caller
  }

  /** Steps 6 to 8. */
  async admit(caller: PartnerCaller, operation: Operation, reply: FastifyReply) {
    const { rateLimit } = caller
    const limit = rateLimit.overrides[operation.operationId] ?? rateLimit.default ?? this.#deps.config.rateLimitDefault
    await this.countRequest(caller, operation.operationId, { limit, reply })
    if (!holdsScope(caller, operation)) {
      throw new ApiError(403, 'errormessage.auth.scopeMissing', {
        args: [{ type: 'PERMISSION_LIST', value: operation.scopes }],
      })
    }
    if (this.#deps.shedding.refuses(operation.shed)) throw overloaded()
  }

  async countRequest(
    caller: PartnerCaller,
    operation: string,
    { limit, reply }: { readonly limit: number; readonly reply: FastifyReply },
  ) {
    const counter = { tenantId: caller.tenantId, callerId: caller.activation.id }
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

  countHead(caller: PartnerCaller, reply: FastifyReply) {
    return this.countRequest(caller, 'HEAD', { limit: HEAD_LIMIT, reply })
  }

  #unixSecondsIn(ms: number): number {
    return Math.ceil((this.#deps.real.now().epochMilliseconds + ms) / 1000)
  }

  #isHostOf(holder: KeyHolder, request: FastifyRequest): boolean {
    return this.#deps.config.tenantHosts === 'off' || request.hostname.split('.')[0] === holder.tenant.slug
  }
}

/** All values of the header, since two of them must not pass as one list. */
function keysIn(rawHeaders: readonly string[]): string[] {
  const isKey = (name: string | undefined) => name?.length === 9 && name.toLowerCase() === 'x-api-key'
  return rawHeaders.filter((_, at) => at % 2 === 1 && isKey(rawHeaders[at - 1])).map((value) => value.trim())
}

/** Any one of the scopes is enough; an operation without scopes is open to every key. */
function holdsScope(caller: PartnerCaller, { operationId, scopes }: Operation): boolean {
  const further = furtherScopes[operationId]
  return (
    scopes.length === 0 ||
    scopes.some((scope) => caller.scopes.has(scope)) ||
    (further !== undefined && caller.scopes.has(further))
  )
}

/** The herd comes back spread over five seconds. */
function overloaded(): ApiError {
  return unavailable('overloaded', 1 + Math.floor(Math.random() * 5))
}

function rateLimited({ limit, resetInMs }: Pick<RateVerdict, 'limit' | 'resetInMs'>): ApiError {
  const seconds = Math.max(1, Math.ceil(resetInMs / 1000))
  return new ApiError(429, 'errormessage.rateLimit.exceeded', {
    args: [
      { type: 'INTEGER', value: limit },
      { type: 'INTEGER', value: seconds },
    ],
    headers: { 'retry-after': String(seconds) },
  })
}
