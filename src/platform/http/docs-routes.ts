import Fastify, { type FastifyInstance } from 'fastify'
import { getExchange } from './exchange.ts'

/**
 * The interactive API reference, served from this process alone: no font, script or telemetry of another host. Its program
 * is loaded when the page is opened: it takes as much memory as a third of everything else.
 */
export function docsRoutes(app: FastifyInstance) {
  let reference: Promise<FastifyInstance> | undefined
  for (const path of ['/docs', '/docs/js/scalar.js']) {
    app.get(path, async (request, reply) => {
      getExchange(request).operationName = 'docs'
      reference ??= openReference()
      // With or without a slash at its end: that decides where the page looks for what it loads.
      const [url = path] = request.url.split('?')
      const { statusCode, headers, rawPayload } = await (await reference).inject({ method: 'GET', url })
      for (const name of ['content-type', 'location']) if (headers[name]) reply.header(name, headers[name])
      reply.header('x-frame-options', 'DENY').header('referrer-policy', 'no-referrer')
      return reply.code(statusCode).send(rawPayload.length > 0 ? rawPayload : undefined)
    })
  }
  app.get('/', async (request, reply) => {
    getExchange(request).operationName = 'home'
    return reply.redirect('/docs')
  })
}

/** A server that listens nowhere, and is asked by {@link docsRoutes}. */
async function openReference(): Promise<FastifyInstance> {
  const { default: scalar } = await import('@scalar/fastify-api-reference')
  const server = Fastify()
  await server.register(scalar, {
    routePrefix: '/docs',
    configuration: { url: '/openapi.json', withDefaultFonts: false, telemetry: false, agent: { disabled: true } },
  })
  await server.ready()
  return server
}
