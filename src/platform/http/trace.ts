import { randomBytes } from 'node:crypto'

const TRACEPARENT = /^[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}/

/** The trace id of an incoming W3C `traceparent`, or a new one: 32 hexadecimal digits, not all zero. */
export function traceIdOf(traceparent: string | string[] | undefined): string {
  const id = typeof traceparent === 'string' ? TRACEPARENT.exec(traceparent)?.[1] : undefined
  return id !== undefined && !/^0+$/.test(id) ? id : randomBytes(16).toString('hex')
}
