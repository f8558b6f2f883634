import type { PartnerCaller } from '../platform/caller.ts'
import type { Units } from '../platform/units.ts'
import { insertAccessLines, type AccessLine } from './access-log-store.ts'

const COLLECTED_MS = 1000
/** Beyond this many lines that could not be written, memory is worth more than the lines. */
const MOST_WAITING = 20_000

/**
 * Who looked at whom. Lines are collected and written within a second, so that a read stays a read; a crash may lose the
 * last second.
 */
export class AccessLog {
  readonly #units: Units
  readonly #waiting = new Map<number, AccessLine[]>()
  #timer: NodeJS.Timeout | undefined

  constructor(units: Units) {
    this.#units = units
  }

  /** Notes that the key of `caller` was shown a customer at `at`, by the tenant's clock. */
  note(caller: PartnerCaller, operation: string, look: { readonly customerId: number; readonly at: Temporal.Instant }) {
    const lines = this.#waiting.get(caller.tenantId)
    const line = { ...look, operation, apiKeyId: caller.keyId }
    if (lines) lines.push(line)
    else this.#waiting.set(caller.tenantId, [line])
    this.#timer ??= setTimeout(() => void this.flush(), COLLECTED_MS).unref()
  }

  /** Writes what has been collected. Lines that cannot be written now are tried again with the next ones. */
  async flush() {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const batches = [...this.#waiting]
    this.#waiting.clear()
    for (const [tenantId, lines] of batches) {
      const caller = { actor: { kind: 'JOB', id: null } as const, tenantId, traceId: '0'.repeat(32) }
      try {
        await this.#units.write(caller, ({ tx }) => insertAccessLines(tx, lines))
      } catch {
        const newer = this.#waiting.get(tenantId) ?? []
        this.#waiting.set(tenantId, [...lines, ...newer].slice(0, MOST_WAITING))
      }
    }
  }
}
