import { hash } from 'node:crypto'
import type { FastifyRequest } from 'fastify'

/** A weak entity tag of a response body: equal bodies, equal tags. */
export function etagOf(body: string): string {
  return `W/"${hash('sha1', body, 'base64url')}"`
}

/** Whether the client already has this very answer (`If-None-Match`, weak comparison). */
export function isUnchanged(request: FastifyRequest, etag: string): boolean {
  const known = request.headers['if-none-match']
  if (known === undefined) return false
  return known.split(',').some((tag) => tag.trim() === etag || tag.trim() === '*')
}
