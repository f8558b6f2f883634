import type { Units } from '../platform/units.ts'
import { insertLines, type LogLine } from './log-store.ts'

const COLLECTED_MS = 1000
/** Beyond this many lines that could not be written, memory is worth more than the lines. */
const MOST_WAITING = 20_000

/**
 * What devices were told. Lines of decisions that changed nothing are collected and written within a second, so that
 * they cost a door no transaction; a crash may lose the last second of them. Lines of effects belong to their unit.
 */
export class DecisionLog {
  readonly #units: Units
  readonly #waiting = new Map<number, LogLine[]>()
  #timer: NodeJS.Timeout | undefined

  constructor(units: Units) {
    this.#units = units
  }

  note(tenantId: number, line: LogLine) {
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
        await this.#units.write(caller, ({ tx }) => insertLines(tx, lines))
      } catch {
        const newer = this.#waiting.get(tenantId) ?? []
        this.#waiting.set(tenantId, [...lines, ...newer].slice(0, MOST_WAITING))
      }
    }
  }
}
