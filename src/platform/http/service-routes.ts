import { timingSafeEqual } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { ApiError } from '../errors/errors.ts'
import type { Metrics } from '../process/metrics.ts'
import type { Readiness } from '../process/readiness.ts'
import { getExchange } from './exchange.ts'

export interface ServiceRoutesDeps {
  readonly metrics: Metrics
  readonly metricsToken: string | undefined
  readonly readiness: Readiness
  /** Prints the OpenAPI documents, by the path that serves them; with `null` for what has no value where it is asked for. */
  readonly documents: Readonly<Record<string, (wish: { readonly hasNulls: boolean }) => string>>
}

/** Paths for operators and tools; they need no API key. */
export function serviceRoutes(
  app: FastifyInstance,
  { metrics, metricsToken, readiness, documents }: ServiceRoutesDeps,
) {
  app.get('/healthz', { exposeHeadRoute: true }, async (request) => {
    getExchange(request).operationName = 'healthz'
    return { status: 'ok' }
  })

  app.get('/readyz', { exposeHeadRoute: true }, async (request, reply) => {
    getExchange(request).operationName = 'readyz'
    const failing = await readiness.failingCheck()
    return failing === undefined
      ? { status: 'ok' }
      : reply.code(503).send({ status: 'unavailable', failingCheck: failing })
  })

  app.get('/metrics', async (request, reply) => {
    getExchange(request).operationName = 'metrics'
    if (!isAllowed(request, metricsToken)) throw new ApiError(401, 'errormessage.auth.apiKeyInvalid')
    return reply.type(metrics.registry.contentType).send(await metrics.registry.metrics())
  })

  for (const [path, print] of Object.entries(documents)) {
    app.get<{ Querystring: { absent?: unknown } }>(path, async (request, reply) => {
      getExchange(request).operationName = 'openapi'
      const hasNulls = request.query.absent === 'null'
      return reply.type('application/json; charset=utf-8').send(print({ hasNulls }))
    })
  }
}

const thisMachine = ['127.0.0.1', '::1', '::ffff:127.0.0.1']

/** With a token, who presents it; without one, only this machine, and not for others behind a proxy on it. */
function isAllowed({ headers, ip }: FastifyRequest, token: string | undefined): boolean {
  const isForwarded = headers['x-forwarded-for'] !== undefined || headers['forwarded'] !== undefined
  if (token === undefined) return thisMachine.includes(ip) && !isForwarded
  const given = Buffer.from(headers.authorization ?? '')
  const wanted = Buffer.from(`Bearer ${token}`)
  return given.length === wanted.length && timingSafeEqual(given, wanted)
}
