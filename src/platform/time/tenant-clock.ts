import type { ClockState, RealTime } from './clock.ts'
import type { Database } from '../database/database.ts'
import { findClockState } from './clock-store.ts'

/** Returns a tenant's time. All business rules use this time, never the machine's. */
export interface Clock {
  now(tenantId: number): Temporal.Instant | Promise<Temporal.Instant>
}

export const systemClock = (real: RealTime): Clock => ({ now: () => real.now() })

export function readClock(state: ClockState, real: Temporal.Instant): Temporal.Instant {
  if (state.mode === 'FROZEN') return state.frozenAt
  return state.mode === 'OFFSET' ? real.add({ milliseconds: state.offsetMs }) : real
}

const REMEMBERED_MS = 1000

/**
 * Clocks that tests and integrators may move, one per tenant, stored in the database. A state is remembered for a
 * second; the process that moves a clock forgets it at once, the others when they are notified.
 */
export class TenantClocks implements Clock {
  readonly #database: Pick<Database, 'read'>
  readonly #real: RealTime
  readonly #states = new Map<number, { readonly state: ClockState; readonly until: number }>()
  /** Distinguishes what was read before a change from what was read after it. */
  #changes = 0

  constructor(database: Pick<Database, 'read'>, real: RealTime) {
    this.#database = database
    this.#real = real
  }

  now(tenantId: number): Temporal.Instant | Promise<Temporal.Instant> {
    const known = this.#states.get(tenantId)
    if (known && this.#real.monotonicMs() < known.until) return readClock(known.state, this.#real.now())
    return this.state(tenantId).then((state) => readClock(state, this.#real.now()))
  }

  /** A state that was read before a clock moved and arrives after it is answered, and not remembered. */
  async state(tenantId: number): Promise<ClockState> {
    const changesBefore = this.#changes
    const state = await this.#database.read(tenantId, (db) => findClockState(db, tenantId))
    if (changesBefore !== this.#changes) return state
    this.#states.set(tenantId, { state, until: this.#real.monotonicMs() + REMEMBERED_MS })
    return state
  }

  forget(tenantId?: number) {
    this.#changes += 1
    if (tenantId === undefined) this.#states.clear()
    else this.#states.delete(tenantId)
  }
}
