import { randomBytes } from 'node:crypto'
import type { RemoteSpan } from '../tracing/tracing.ts'

const TRACEPARENT = /^[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})/

const ID_BYTES = 16
const POOL_BYTES = ID_BYTES * 256
let pool = ''
let used = 0

/** Random bytes are drawn for many ids at once: asking the system for each costs every request. */
function newTraceId(): string {
  if (used === pool.length) {
    pool = randomBytes(POOL_BYTES).toString('hex')
    used = 0
  }
  used += ID_BYTES * 2
  return pool.slice(used - ID_BYTES * 2, used)
}

/** The trace id of an incoming W3C `traceparent`, or a new one: 32 hexadecimal digits, not all zero. */
export function readTraceId(traceparent: string | string[] | undefined): string {
  const id = typeof traceparent === 'string' ? TRACEPARENT.exec(traceparent)?.[1] : undefined
  return id !== undefined && !/^0+$/.test(id) ? id : newTraceId()
}

/** The span that an incoming `traceparent` names, if both of its ids are valid. */
export function readRemoteSpan(traceparent: string | string[] | undefined): RemoteSpan | undefined {
  const [, traceId = '', spanId = '', flags = ''] = TRACEPARENT.exec(String(traceparent)) ?? []
  if (/^0*$/.test(traceId) || /^0*$/.test(spanId)) return undefined
  return { spanId, isSampled: (Number.parseInt(flags, 16) & 1) === 1 }
}
