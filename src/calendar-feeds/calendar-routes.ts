import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { AdmitVisitor } from '../platform/entrance/gate.ts'
import { ApiError } from '../platform/errors/errors.ts'
import { makeEtag, isUnchanged } from '../platform/http/etags.ts'
import { getExchange } from '../platform/http/exchange.ts'
import { GuessLimiter } from '../platform/entrance/guess-limiter.ts'
import { networkGuesses, toNetwork } from '../platform/entrance/network-guesses.ts'
import type { Platform } from '../platform/platform.ts'
import { readCalendar } from './calendar.ts'
import { findFeedByToken, type FoundFeed, renewTokenHash } from './store.ts'

export interface CalendarRoutesDeps extends Pick<Platform, 'database' | 'clock' | 'texts' | 'secrets' | 'real'> {
  /** Gives a place of work; throws where none can be had in time, and while the process does not serve. */
  readonly admitVisitor: AdmitVisitor
}

/** The address is the secret: nobody on the way keeps the answer, indexes it or passes the address on. */
const headers = {
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex, nofollow, noarchive',
}
const FRESH = 'private, max-age=300'

/** `/feeds/<token>.ics`: the calendar behind a secret address, for apps that have no API key. */
export function calendarRoutes(app: FastifyInstance, deps: CalendarRoutesDeps) {
  const { database, clock, texts, real } = deps
  const guesses = new GuessLimiter(networkGuesses, () => real.monotonicMs())

  app.route({
    method: ['GET', 'HEAD'],
    url: '/feeds/:name',
    onRequest: async (request, reply) => {
      getExchange(request).operationName = 'calendarFeed'
      reply.headers(headers)
      await deps.admitVisitor(request, reply)
      guesses.check(toNetwork(request.ip))
    },
    handler: async (request: FastifyRequest, reply) => {
      const { name } = request.params as { name: string }
      const feed = await findByToken(deps, name.replace(/\.ics$/, ''))
      // A link that is only closed was a good one: programs that go on asking for it guess nothing.
      if (!feed) guesses.recordMiss(toNetwork(request.ip))
      const calendar = feed?.isOpen ? await read(feed) : undefined
      if (calendar === undefined) throw new ApiError(404, 'errormessage.request.unknownPath')
      const etag = makeEtag(calendar)
      reply.headers({ etag, 'cache-control': FRESH })
      if (isUnchanged(request, etag)) return reply.code(304).send()
      // The name of the saved file must not reveal the address.
      reply.header('content-disposition', 'inline; filename="calendar.ics"')
      return reply.type('text/calendar; charset=utf-8').send(calendar)
    },
  })

  async function read(feed: FoundFeed) {
    const now = await clock.now(feed.tenantId)
    return database.read(feed.tenantId, (db) => readCalendar(db, feed, now, () => texts.of(feed.tenantId, db)))
  }
}

/** Every token is hashed and searched for, however it is made up: an answer takes the same way for all that are wrong. */
async function findByToken({ database, secrets }: CalendarRoutesDeps, token: string): Promise<FoundFeed | undefined> {
  const [newest, ...older] = secrets.hashes('feed-token', token)
  if (!newest) return undefined
  const found = await database.read('none', (db) => findFeedByToken(db, newest))
  if (found) return found
  for (const hash of older) {
    const known = await database.read('none', (db) => findFeedByToken(db, hash))
    if (!known) continue
    // Links live for years: they shall outlive the secret under which they were made.
    await database.transaction(known.tenantId, (tx) => renewTokenHash(tx, known.feedId, newest))
    return known
  }
  return undefined
}
