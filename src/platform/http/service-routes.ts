import { timingSafeEqual } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import type { Metrics } from '../metrics.ts'
import type { Readiness } from '../readiness.ts'
import { exchangeOf } from './exchange.ts'

export interface ServiceRoutesDeps {
  readonly metrics: Metrics
  readonly metricsToken: string | undefined
  readonly readiness: Readiness
  /** OpenAPI documents by the path that serves them. */
  readonly documents: Readonly<Record<string, object>>
}

/** Paths for operators and tools; they need no API key. */
export function serviceRoutes(
  app: FastifyInstance,
  { metrics, metricsToken, readiness, documents }: ServiceRoutesDeps,
) {
  app.get('/healthz', { exposeHeadRoute: true }, async (request) => {
    exchangeOf(request).operationName = 'healthz'
    return { status: 'ok' }
  })

  app.get('/readyz', { exposeHeadRoute: true }, async (request, reply) => {
    exchangeOf(request).operationName = 'readyz'
    const failing = await readiness.failingCheck()
    return failing === undefined
      ? { status: 'ok' }
      : reply.code(503).send({ status: 'unavailable', failingCheck: failing })
  })

  app.get('/metrics', async (request, reply) => {
    exchangeOf(request).operationName = 'metrics'
    if (!isAllowed(request.headers.authorization, metricsToken, request.ip)) return reply.code(401).send()
    return reply.type(metrics.registry.contentType).send(await metrics.registry.metrics())
  })

  for (const [path, document] of Object.entries(documents)) {
    const body = JSON.stringify(document)
    app.get(path, async (request, reply) => {
      exchangeOf(request).operationName = 'openapi'
      return reply.type('application/json; charset=utf-8').send(body)
    })
  }
}

/** With a token, who presents it; without one, only this machine. */
function isAllowed(authorization: string | undefined, token: string | undefined, ip: string): boolean {
  if (token === undefined) return ip === '127.0.0.1' || ip === '::1' || ip === '::ffff:127.0.0.1'
  const given = Buffer.from(authorization ?? '')
  const wanted = Buffer.from(`Bearer ${token}`)
  return given.length === wanted.length && timingSafeEqual(given, wanted)
}
