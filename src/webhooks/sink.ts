import { setTimeout as sleep } from 'node:timers/promises'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { realTime } from '../platform/time/clock.ts'
import { getBody } from '../platform/http/bodies.ts'
import { getExchange } from '../platform/http/exchange.ts'

const SHOWN = 200
const LONGEST_DELAY_MS = 30_000
const PATH = '/demo/webhook-sink'

/** What the sink shows of a call: ids and times, nothing about a person. */
interface ReceivedCall {
  readonly at: Temporal.Instant
  readonly type: string
  readonly entityId: number
  readonly uuid: string
  readonly isSigned: boolean
  readonly status: number
}

interface Fault {
  readonly status?: string
  readonly delayMs?: string
}

/**
 * A receiver for trying webhooks out, in demo mode only. `?status=500&delayMs=2000` makes it misbehave. A browser is shown
 * the last calls of this process as a page, everything else gets them as JSON.
 */
export function webhookSinkRoutes(app: FastifyInstance) {
  const calls: ReceivedCall[] = []

  app.post<{ Querystring: Fault }>(PATH, async (request, reply) => {
    getExchange(request).operationName = 'webhookSink'
    const status = clamp(request.query.status, { fallback: 204, least: 200, most: 599 })
    await sleep(clamp(request.query.delayMs, { fallback: 0, least: 0, most: LONGEST_DELAY_MS }))
    calls.unshift(readCall(request, status))
    calls.length = Math.min(calls.length, SHOWN)
    return reply.code(status).send()
  })

  app.get(PATH, async (request, reply) => {
    getExchange(request).operationName = 'webhookSink'
    if (prefersJson(request.headers.accept)) return reply.send({ calls: calls.map(printCall) })
    reply.header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'")
    return reply.type('text/html; charset=utf-8').send(page(calls))
  })
}

/** Programs name JSON, or nothing at all; browsers name HTML. */
const prefersJson = (accept = '*/*') => !accept.includes('text/html')

const printCall = ({ at, ...call }: ReceivedCall) => ({
  receivedAt: at.toString({ fractionalSecondDigits: 3 }),
  ...call,
})

function readCall(request: FastifyRequest, status: number): ReceivedCall {
  const { entityId, uuid, payload } = (getBody(request).json ?? {}) as Readonly<Record<string, unknown>>
  const [first] = Array.isArray(payload) ? payload : []
  return {
    at: realTime.now(),
    type: toText((first as { type?: unknown } | undefined)?.type),
    entityId: Number(entityId) || 0,
    uuid: toText(uuid),
    isSigned: request.headers['webhook-signature'] !== undefined,
    status,
  }
}

/** A constant or an id as we send them; every sender may post here, so nothing else is shown. */
function toText(value: unknown): string {
  return typeof value === 'string' && /^[\w-]{1,64}$/.test(value) ? value : '?'
}

function clamp(
  text: string | undefined,
  { fallback, least, most }: { readonly fallback: number; readonly least: number; readonly most: number },
): number {
  const number = Number(text ?? fallback)
  return Number.isInteger(number) ? Math.min(most, Math.max(least, number)) : fallback
}

function page(calls: readonly ReceivedCall[]): string {
  const rows = calls.map(
    ({ at, type, entityId, uuid, isSigned, status }) =>
      `<tr><td>${at.toString({ fractionalSecondDigits: 3 })}</td><td>${type}</td><td>${entityId}</td>` +
      `<td><code>${uuid}</code></td><td>${isSigned ? 'yes' : 'no'}</td><td>${status}</td></tr>`,
  )
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="refresh" content="3"><title>Webhook sink</title>
<style>body{font:15px/1.5 system-ui;margin:2rem}table{border-collapse:collapse}td,th{padding:.25rem 1rem .25rem 0;text-align:left}
tr+tr td{border-top:1px solid #ddd}</style></head>
<body><h1>Webhook sink</h1>
<p>The last ${SHOWN} webhook calls that this process received, newest first. Point an endpoint here; add
<code>?status=500&amp;delayMs=2000</code> to see what happens when it fails.</p>
<table><tr><th>Received</th><th>Type</th><th>Entity</th><th>Uuid</th><th>Signed</th><th>Answered</th></tr>
${rows.join('\n') || '<tr><td colspan="6">Nothing yet.</td></tr>'}
</table></body></html>
`
}
