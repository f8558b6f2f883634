import type { FastifyRequest } from 'fastify'

/** A direct caller can claim to be a proxy: more of them are not worth a line. */
const MOST_WARNED = 10

/**
 * Notices peers that forward requests of others and that `PALESTRA_TRUSTED_PROXIES` does not name: all callers behind one
 * look like one address, for limits of guesses and in the audit log. `warn` gets each such peer once.
 */
export function noticeUnnamedProxies(warn: (peer: string) => void): (request: FastifyRequest) => void {
  const warned = new Set<string>()
  return ({ headers, ips = [], raw }) => {
    if (headers['x-forwarded-for'] === undefined && headers.forwarded === undefined) return
    // Of a trusted peer the addresses that it has forwarded follow.
    if (ips.length > 1) return
    const peer = raw.socket.remoteAddress
    if (peer === undefined || warned.has(peer) || warned.size >= MOST_WARNED) return
    warned.add(peer)
    warn(peer)
  }
}
