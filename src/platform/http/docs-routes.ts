import type { FastifyInstance } from 'fastify'
import { getExchange } from './exchange.ts'
import { type DocumentSource, openReference, type Reference } from './reference-page.ts'

export interface DocsRoutesDeps {
  /** Title and path of each OpenAPI document; the first one is shown at first. */
  readonly sources: readonly DocumentSource[]
}

const AN_HOUR = 3600
const A_YEAR = 365 * 24 * AN_HOUR
const favicon =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><rect width="16" height="16" rx="4" fill="#0b6"/>' +
  '<path d="M3 6v4M5 5v6M5 8h6M11 5v6M13 6v4" stroke="#fff" stroke-width="1.5" stroke-linecap="round"/></svg>'

/**
 * The interactive API reference, served from this process alone: no font, script or telemetry of another host. Its program
 * is loaded when the page is opened: it takes as much memory as a third of everything else.
 */
export function docsRoutes(app: FastifyInstance, { sources }: DocsRoutesDeps) {
  let opened: Promise<Reference> | undefined
  // A failure is not kept: the next visitor tries again.
  const reference = () => (opened ??= openReference(sources).catch(forget))
  const forget = (error: unknown) => {
    opened = undefined
    throw error
  }

  app.get('/docs', async (request, reply) => {
    getExchange(request).operationName = 'docs'
    const { page, policy } = await reference()
    reply.headers({
      'cache-control': `public, max-age=${AN_HOUR}`,
      'content-security-policy': policy,
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
    })
    return reply.type('text/html; charset=utf-8').send(page)
  })

  app.get<{ Params: { file: string } }>('/docs/assets/:file', async (request, reply) => {
    getExchange(request).operationName = 'docs'
    const { scriptName, script, gzippedScript } = await reference()
    if (request.params.file !== scriptName) return reply.callNotFound()
    const isGzipped = /\bgzip\b/.test(request.headers['accept-encoding'] ?? '')
    reply.headers({ 'cache-control': `public, max-age=${A_YEAR}, immutable`, vary: 'accept-encoding' })
    if (isGzipped) reply.header('content-encoding', 'gzip')
    return reply.type('text/javascript; charset=utf-8').send(isGzipped ? gzippedScript : script)
  })

  app.get('/favicon.ico', async (request, reply) => {
    getExchange(request).operationName = 'docs'
    return reply.header('cache-control', `public, max-age=${A_YEAR}`).type('image/svg+xml').send(favicon)
  })

  app.get('/', async (request, reply) => {
    getExchange(request).operationName = 'home'
    return reply.redirect('/docs')
  })
}
