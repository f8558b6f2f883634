import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A span as it was exported; absent ids are empty. */
export interface ExportedSpan {
  readonly name: string
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId: string
  readonly kind: 'INTERNAL' | 'SERVER' | 'CLIENT'
  readonly hasFailed: boolean
  readonly attributes: Readonly<Record<string, string | number>>
}

/** A collector on this machine that remembers every byte. */
export interface Collector extends AsyncDisposable {
  readonly url: string
  readonly bodies: string[]
  readonly headers: IncomingHttpHeaders[]
  spans(): ExportedSpan[]
  /** Attributes of the process, as the first export has sent them. */
  resource(): Readonly<Record<string, string | number>>
}

type Json = Readonly<Record<string, any>>

/** Takes OTLP over HTTP, in JSON. One that is `deaf` takes connections and answers nothing. */
export async function openCollector({ deaf = false } = {}): Promise<Collector> {
  const bodies: string[] = []
  const headers: IncomingHttpHeaders[] = []
  const server = createServer((request, response) => {
    void request.toArray().then((chunks) => {
      bodies.push(Buffer.concat(chunks as Buffer[]).toString())
      headers.push(request.headers)
      if (!deaf) response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const resources = () => bodies.flatMap((body): Json[] => JSON.parse(body).resourceSpans)
  return {
    url: `http://127.0.0.1:${port}`,
    bodies,
    headers,
    spans: () => resources().flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope: Json) => scope['spans'].map(read))),
    resource: () => readAttributes(resources()[0]?.['resource']),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

const kinds = ['INTERNAL', 'INTERNAL', 'SERVER', 'CLIENT'] as const

function read(span: Json): ExportedSpan {
  const { name, traceId, spanId, parentSpanId = '', kind, status } = span
  const hasFailed = status?.code === 2
  return { name, traceId, spanId, parentSpanId, kind: kinds[kind as 1], hasFailed, attributes: readAttributes(span) }
}

function readAttributes(holder: Json | undefined): Record<string, string | number> {
  const entries: Json[] = holder?.['attributes'] ?? []
  return Object.fromEntries(
    entries.map(({ key, value }) => [key, value.stringValue ?? Number(value.intValue ?? value.doubleValue)]),
  )
}
