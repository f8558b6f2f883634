import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { AdmitVisitor } from '../platform/entrance/gate.ts'
import type { Caller } from '../platform/units/caller.ts'
import { getExchange } from '../platform/http/exchange.ts'
import { GuessLimiter } from '../platform/entrance/guess-limiter.ts'
import { networkGuesses, toNetwork } from '../platform/entrance/network-guesses.ts'
import { chooseLanguage } from '../platform/errors/localisation.ts'
import type { Platform } from '../platform/platform.ts'
import { askingPage, closedPage, contentSecurityPolicy, keysPage, type Voice } from './reveal-html.ts'
import { type FoundReveal, findRevealByToken } from './reveal-store.ts'
import { openSharedReveal, revealKeys } from './reveals.ts'

export interface RevealRoutesDeps extends Pick<Platform, 'database' | 'units' | 'texts' | 'secrets' | 'real'> {
  /** Gives a place of work; throws where none can be had in time, and while the process does not serve. */
  readonly admitVisitor: AdmitVisitor
}

type TokenRequest = FastifyRequest<{ Params: { token: string } }>

/** Nobody keeps, indexes or passes on what this page shows. */
const headers = {
  'cache-control': 'no-store',
  'content-security-policy': contentSecurityPolicy,
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'x-robots-tag': 'noindex, nofollow, noarchive',
}
const BODY_LIMIT = 1024

/** `/reveal/<token>`, the page of the activation mail: a GET shows a button, pressing it shows the keys, once. */
export function revealRoutes(app: FastifyInstance, deps: RevealRoutesDeps) {
  const { units, texts, secrets, real } = deps
  const guesses = new GuessLimiter(networkGuesses, () => real.monotonicMs())
  const onRequest = async (request: FastifyRequest, reply: FastifyReply) => {
    getExchange(request).operationName = 'reveal'
    reply.headers(headers)
    await deps.admitVisitor(request, reply)
    guesses.check(toNetwork(request.ip))
  }
  const find = async (request: TokenRequest) => {
    const found = await findByToken(deps, request.params.token)
    if (!found) guesses.recordMiss(toNetwork(request.ip))
    const language = chooseLanguage(request.headers['accept-language'], found?.defaultLanguage)
    const voice: Voice = { language, overrides: found && (await texts.of(found.tenantId)) }
    return { found, voice }
  }

  app.get('/reveal/:token', { onRequest, compress: false }, async (request: TokenRequest, reply) => {
    const { found, voice } = await find(request)
    const openReveal =
      found && (await units.read(linkCaller(found, request), (v) => openSharedReveal(v, found.revealId, real.now())))
    if (openReveal === 'OPEN') return send(reply, voice, { status: 200, html: askingPage(voice) })
    return sendClosed(reply, voice, openReveal)
  })

  app.post(
    '/reveal/:token',
    { onRequest, compress: false, bodyLimit: BODY_LIMIT },
    async (request: TokenRequest, reply) => {
      const { found, voice } = await find(request)
      const keyDeps = { secrets, realNow: real.now() }
      const revealPage =
        found && (await units.write(linkCaller(found, request), (work) => revealKeys(work, found.revealId, keyDeps)))
      if (typeof revealPage !== 'object') return sendClosed(reply, voice, revealPage)
      return send(reply, voice, { status: 200, html: keysPage(voice, revealPage) })
    },
  )
}

/** Every token is hashed and searched for, however it is made up: an answer takes the same way for all that are wrong. */
async function findByToken({ database, secrets }: RevealRoutesDeps, token: string): Promise<FoundReveal | undefined> {
  for (const hash of secrets.hashes('reveal-token', token)) {
    const found = await database.read('none', (db) => findRevealByToken(db, hash))
    if (found) return found
  }
  return undefined
}

/** Nobody has signed in: the link itself is the actor. */
function linkCaller({ revealId, tenantId }: FoundReveal, request: FastifyRequest): Caller {
  return { actor: { kind: 'LINK', id: revealId }, tenantId, traceId: getExchange(request).traceId, ip: request.ip }
}

function sendClosed(reply: FastifyReply, voice: Voice, reason: 'USED' | 'EXPIRED' | undefined) {
  const html = closedPage(voice, reason ?? 'UNKNOWN')
  return send(reply, voice, { status: reason === undefined ? 404 : 410, html })
}

function send(reply: FastifyReply, { language }: Voice, { status, html }: { status: number; html: string }) {
  return reply.code(status).header('content-language', language).type('text/html; charset=utf-8').send(html)
}
