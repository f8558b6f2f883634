import type { FastifyReply, FastifyRequest } from 'fastify'
import type { PageDeps } from '../../module.ts'
import { rateLimited } from '../../platform/entrance/door.ts'
import { GuessLimiter } from '../../platform/entrance/guess-limiter.ts'
import { networkGuesses, toNetwork } from '../../platform/entrance/network-guesses.ts'
import { MemoryRateLimiter } from '../../platform/entrance/rate-limit.ts'
import { ApiError } from '../../platform/errors/errors.ts'
import { chooseLanguage } from '../../platform/errors/localisation.ts'
import { getExchange } from '../../platform/http/exchange.ts'
import type { Caller } from '../../platform/units/caller.ts'
import { hashToken } from '../tokens/secret-tokens.ts'
import { isAllowedOrigin } from '../origins.ts'
import { describeHouse } from '../page/house.ts'
import { findSessionByToken, type FoundSession } from '../sessions/session-store.ts'

const CALLS_PER_MINUTE = 60
const header = 'x-user-payment-session-token'
const allowed = { 'access-control-allow-headers': `content-type, accept-language, ${header}`, vary: 'Origin' }

/** A payer whose session is known. */
export interface Payer extends FoundSession {
  readonly caller: Caller
  readonly sessionToken: string
  /** In which the payer reads texts. */
  readonly language: string
}

/** Who may talk to the gateway: payers with the token of a session, from the pages of the studio. */
export class GatewayDoor {
  readonly #deps: PageDeps
  readonly #guesses: GuessLimiter<string>
  readonly #rates: MemoryRateLimiter

  constructor(deps: PageDeps) {
    this.#deps = deps
    this.#guesses = new GuessLimiter(networkGuesses, deps.real.monotonicMs)
    this.#rates = new MemoryRateLimiter(deps.real.monotonicMs)
  }

  /** A browser asks beforehand. It gets the headers; the call itself is judged by its session. */
  answerPreflight(request: FastifyRequest, reply: FastifyReply) {
    const { origin } = request.headers
    if (origin) reply.header('access-control-allow-origin', origin)
    reply.headers({
      ...allowed,
      'access-control-allow-methods': 'GET, POST, PUT, DELETE',
      'access-control-max-age': '600',
    })
    return reply.code(204).send()
  }

  /** Refuses an unknown token (401), another origin (403) and too many calls (429). */
  async admit(request: FastifyRequest, reply: FastifyReply): Promise<Payer> {
    await this.#deps.admitVisitor(request, reply)
    const network = toNetwork(request.ip)
    this.#guesses.check(network)
    const token = request.headers[header]
    const found = typeof token === 'string' ? await this.#find(token) : undefined
    if (typeof token !== 'string' || found?.tenantStatus !== 'ACTIVE') {
      this.#guesses.recordMiss(network)
      throw new ApiError(401, 'errormessage.paymentSession.unknown')
    }
    const exchange = getExchange(request)
    exchange.language = chooseLanguage(request.headers['accept-language'], found.languageTag, found.defaultLanguage)
    this.#admitOrigin(request, reply, found)
    this.#count(found)
    const { sessionId, tenantId } = found
    const { traceId } = exchange
    const caller: Caller = { actor: { kind: 'LINK', id: sessionId }, tenantId, traceId, ip: request.ip }
    return { ...found, caller, sessionToken: token, language: exchange.language }
  }

  #find(token: string): Promise<FoundSession | undefined> {
    return this.#deps.database.read('none', (db) => findSessionByToken(db, hashToken(token)))
  }

  #admitOrigin(request: FastifyRequest, reply: FastifyReply, { allowedOrigins }: FoundSession) {
    const { origin } = request.headers
    // The hosted page is of the host that it calls, by whatever name of this server the payer has come.
    if (origin === undefined || URL.parse(origin)?.host === request.host) return
    if (!isAllowedOrigin(origin, allowedOrigins, describeHouse(this.#deps))) {
      throw new ApiError(403, 'errormessage.paymentSession.originNotAllowed')
    }
    reply.headers({ 'access-control-allow-origin': origin, vary: 'Origin' })
  }

  #count({ tenantId, sessionId }: FoundSession) {
    const verdict = this.#rates.count({ tenantId, callerId: sessionId }, 'paymentGateway', CALLS_PER_MINUTE)
    if (!verdict.isAccepted) throw rateLimited(verdict)
  }
}
