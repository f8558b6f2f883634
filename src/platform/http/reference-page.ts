import { hash } from 'node:crypto'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import Fastify from 'fastify'

/** A document that the page offers. */
export interface DocumentSource {
  readonly title: string
  /** The path that serves the document. */
  readonly url: string
  /** What the document calls its credential, and a value that is filled in for visitors of a demo. */
  readonly credential?: { readonly scheme: string; readonly value: string }
}

/** The page of the API reference and its program, ready to be sent. */
export interface Reference {
  readonly page: string
  /** Its content security policy. */
  readonly policy: string
  /** Changes with the program, so that browsers may keep it for good. */
  readonly scriptName: string
  readonly script: Buffer
  readonly gzippedScript: Buffer
}

export async function openReference(sources: readonly DocumentSource[]): Promise<Reference> {
  const script = await loadProgram()
  const scriptName = `reference-${hash('sha256', script).slice(0, 12)}.js`
  const start = `Scalar.createApiReference('#reference', ${JSON.stringify(configure(sources)).replaceAll('<', '\\u003c')})`
  return {
    page: printPage(scriptName, start, sources),
    policy: contentPolicy(start),
    scriptName,
    script,
    gzippedScript: await promisify(gzip)(script, { level: 9 }),
  }
}

/** The package hands its program out through a server of its own, which is asked once and listens nowhere. */
async function loadProgram(): Promise<Buffer> {
  const { default: scalar } = await import('@scalar/fastify-api-reference')
  const server = Fastify()
  await server.register(scalar, { routePrefix: '/', configuration: { content: { openapi: '3.1.0' } } })
  const { statusCode, rawPayload } = await server.inject({ method: 'GET', url: '/js/scalar.js' })
  if (statusCode !== 200) throw new Error(`The program of the reference answered ${statusCode}`)
  await server.close()
  return Buffer.from(rawPayload.toString('utf8').replace(greeting, 'void 0'))
}

/** The program names itself in the console of the browser, where only what goes wrong is to stand. */
const greeting = /console\.info\(`@scalar\/api-reference@[^`]*`\)/

/** Everything that leads to the services of the maker is switched off; what has no switch is hidden. */
function configure(sources: readonly DocumentSource[]) {
  return {
    sources: sources.map(({ title, url, credential }, n) => ({
      title,
      slug: `document-${n}`,
      url,
      default: n === 0,
      ...(credential === undefined
        ? {}
        : {
            authentication: {
              preferredSecurityScheme: credential.scheme,
              securitySchemes: { [credential.scheme]: { value: credential.value, token: credential.value } },
            },
          }),
    })),
    // The page may call the address that it came from and no other, by whatever name a document calls this server.
    servers: [{ url: '/' }],
    withDefaultFonts: false,
    telemetry: false,
    hideClientButton: true,
    showDeveloperTools: 'never',
    agent: { disabled: true },
    mcp: { disabled: true },
    metaData: { title: 'Palestra API' },
    favicon: '/favicon.ico',
    customCss: '.darklight-reference a { display: none }',
  }
}

function printPage(scriptName: string, start: string, sources: readonly DocumentSource[]): string {
  const links = sources.map(({ title, url }) => `<a href="${url}">${title}</a>`).join(', ')
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Palestra API</title>
<link rel="icon" href="/favicon.ico" type="image/svg+xml">
</head>
<body>
<div id="reference"></div>
<noscript>The reference needs JavaScript. Without it, read the documents: ${links}.</noscript>
<script src="/docs/assets/${scriptName}"></script>
<script>${start}</script>
</body>
</html>
`
}

/**
 * The page may run its own program and the script that is written into it, and reach this server and nothing else. Styles are
 * made while it runs.
 */
function contentPolicy(script: string): string {
  return [
    "default-src 'none'",
    `script-src 'self' 'sha256-${hash('sha256', script, 'base64')}'`,
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
