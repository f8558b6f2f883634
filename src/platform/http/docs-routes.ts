import scalar from '@scalar/fastify-api-reference'
import type { FastifyInstance } from 'fastify'
import { exchangeOf } from './exchange.ts'

/** The interactive API reference, served from this process alone: no font, script or telemetry of anybody else. */
export async function docsRoutes(app: FastifyInstance) {
  await app.register(async (docs) => {
    docs.addHook('onRequest', async (request, reply) => {
      exchangeOf(request).operationName = 'docs'
      reply.header('x-frame-options', 'DENY')
      reply.header('referrer-policy', 'no-referrer')
    })
    await docs.register(scalar, {
      routePrefix: '/docs',
      configuration: { url: '/openapi.json', withDefaultFonts: false, telemetry: false, agent: { disabled: true } },
    })
  })
  app.get('/', async (request, reply) => {
    exchangeOf(request).operationName = 'home'
    return reply.redirect('/docs')
  })
}
