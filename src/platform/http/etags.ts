import { hash } from 'node:crypto'
import type { FastifyRequest } from 'fastify'

/** How long a link to a file lives and its signature, which are new in every answer. */
const linkClaims = /\?exp=\d+&kid=[^"&]+&sig=[\w-]+/g

/**
 * A weak entity tag of a response body: equal bodies, equal tags. Where there are links to files, their signatures have
 * a part of their own behind a dot, as an answer may be old although nothing has changed.
 */
export function makeEtag(body: string): string {
  if (!body.includes('&sig=')) return `W/"${digest(body)}"`
  const claims = body.match(linkClaims) ?? []
  return `W/"${digest(body.replaceAll(linkClaims, ''))}.${digest(claims.join(' '))}"`
}

/**
 * The part of a tag that only a change of what is shown changes. Weak or not makes no difference: it is a hash of the
 * text itself, and weak only because the text may be compressed on its way.
 */
export function hashedPart(etag: string): string {
  return etag.replace(/^W\//, '').replace(/\.[^".]*"$/, '"')
}

/** Whether the client already has this very answer (`If-None-Match`, weak comparison). */
export function isUnchanged(request: FastifyRequest, etag: string): boolean {
  const known = request.headers['if-none-match']
  if (known === undefined) return false
  return known.split(',').some((tag) => tag.trim() === etag || tag.trim() === '*')
}

function digest(text: string): string {
  return hash('sha1', text, 'base64url')
}
