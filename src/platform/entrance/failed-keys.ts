const MISSES_PER_MINUTE = 30
const MINUTE_MS = 60_000

/** Slows down whoever guesses keys: thirty failures of one address within a minute close it for a minute. */
export class FailedKeys {
  readonly #monotonicMs: () => number
  readonly #misses = new Map<string, { count: number; since: number; blockedUntil: number }>()

  constructor(monotonicMs: () => number) {
    this.#monotonicMs = monotonicMs
  }

  /** Milliseconds for which this address stays closed; 0 when it is open. */
  blockedMs(ip: string): number {
    const misses = this.#misses.get(networkOf(ip))
    return misses ? Math.max(0, misses.blockedUntil - this.#monotonicMs()) : 0
  }

  note(ip: string) {
    const now = this.#monotonicMs()
    const network = networkOf(ip)
    let misses = this.#misses.get(network)
    if (!misses || now >= misses.since + MINUTE_MS) {
      if (this.#misses.size > 10_000) this.#misses.clear()
      misses = { count: 0, since: now, blockedUntil: misses?.blockedUntil ?? 0 }
      this.#misses.set(network, misses)
    }
    misses.count += 1
    if (misses.count >= MISSES_PER_MINUTE) misses.blockedUntil = now + MINUTE_MS
  }
}

/** One household of IPv6 is a /64: its addresses count together. */
function networkOf(ip: string): string {
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
