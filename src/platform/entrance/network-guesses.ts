import type { GuessLimit } from './guess-limiter.ts'

const MINUTE_MS = 60_000

/** Thirty wrong keys or secret addresses that one network sends within a minute close it for a minute. */
export const networkGuesses: GuessLimit = {
  limit: 30,
  closesAt: 30,
  withinMs: MINUTE_MS,
  forgets: 'TOGETHER',
  closedMs: MINUTE_MS,
}

/** Whom an address belongs to. One household of IPv6 is a /64: its addresses count together. */
export function toNetwork(ip: string): string {
  if (!ip.includes(':') || ip.includes('.')) return ip
  const [before = '', after] = ip.toLowerCase().split('::')
  const groups = before === '' ? [] : before.split(':')
  // Two colons stand for as many zeros as are missing.
  const zeros = after === undefined ? 0 : 8 - groups.length - (after === '' ? 0 : after.split(':').length)
  const rest = after ? after.split(':') : []
  return [...groups, ...Array<string>(zeros).fill('0'), ...rest]
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')
}
