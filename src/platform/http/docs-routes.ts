import { hash } from 'node:crypto'
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
      reply.headers({
        'cache-control': `public, max-age=${AN_HOUR}`,
        'content-security-policy': contentPolicy(isPage(headers) ? rawPayload.toString() : ''),
        'x-frame-options': 'DENY',
        'referrer-policy': 'no-referrer',
      })
      return reply.code(statusCode).send(rawPayload.length > 0 ? rawPayload : undefined)
    })
  }
  app.get('/', async (request, reply) => {
    getExchange(request).operationName = 'home'
    return reply.redirect('/docs')
  })
}

const AN_HOUR = 3600
const isPage = ({ 'content-type': type }: Readonly<Record<string, unknown>>) => String(type).startsWith('text/html')
const inlineScripts = /<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g

/**
 * The page may run its own program and the script that is written into it, and reach this server and nothing else. Styles are
 * made while it runs.
 */
function contentPolicy(page: string): string {
  const scripts = [...page.matchAll(inlineScripts)].map(
    ([, script = '']) => `'sha256-${hash('sha256', script, 'base64')}'`,
  )
  return [
    "default-src 'none'",
    ["script-src 'self'", ...scripts].join(' '),
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "worker-src 'self' blob:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}

/** A server that listens nowhere, and is asked by {@link docsRoutes}. */
async function openReference(): Promise<FastifyInstance> {
  const { default: scalar } = await import('@scalar/fastify-api-reference')
  const server = Fastify()
  await server.register(scalar, {
    routePrefix: '/docs',
    // The page may call the address that it came from and no other, by whatever name the document calls this server.
    configuration: {
      url: '/openapi.json',
      servers: [{ url: '/' }],
      withDefaultFonts: false,
      telemetry: false,
      agent: { disabled: true },
    },
  })
  await server.ready()
  return server
}
