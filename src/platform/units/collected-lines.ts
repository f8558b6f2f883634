import type { Tx } from '../database/database.ts'
import type { Units } from './units.ts'

const COLLECTED_MS = 1000
/** Beyond this many lines that could not be written, memory is worth more than the lines. */
const MOST_WAITING = 20_000

/**
 * Lines of a log that nobody waits for: collected and written within a second, so that what they record costs no
 * transaction. A crash may lose the last second.
 */
export class CollectedLines<L> {
  readonly #units: Units
  readonly #insert: (tx: Tx, lines: readonly L[]) => Promise<void>
  readonly #waiting = new Map<number, L[]>()
  #timer: NodeJS.Timeout | undefined

  constructor(units: Units, insert: (tx: Tx, lines: readonly L[]) => Promise<void>) {
    this.#units = units
    this.#insert = insert
  }

  add(tenantId: number, line: L) {
    const lines = this.#waiting.get(tenantId)
    if (lines) lines.push(line)
    else this.#waiting.set(tenantId, [line])
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
        await this.#units.write(caller, ({ tx }) => this.#insert(tx, lines))
      } catch {
        const newer = this.#waiting.get(tenantId) ?? []
        this.#waiting.set(tenantId, [...lines, ...newer].slice(0, MOST_WAITING))
      }
    }
  }
}
