import type { Database } from '../database/database.ts'
import type { Scheduler } from '../jobs/scheduler.ts'
import { saveClockState } from '../time/clock-store.ts'
import { badRequest } from '../errors/errors.ts'
import { isAfter, isBefore } from '../time/order.ts'
import { readClock, type TenantClocks } from '../time/tenant-clock.ts'
import type { ClockState, RealTime } from '../time/clock.ts'

/** What moving clocks takes. */
export interface ClockMoverDeps {
  readonly database: Database
  readonly real: RealTime
  /** Absent where clocks cannot be moved. */
  readonly tenantClocks: TenantClocks | undefined
}

/** What a tenant's clock shows. */
export interface ClockReading {
  readonly mode: ClockState['mode']
  readonly now: Temporal.Instant
}

/** Moves the clock of one tenant; its neighbours stay where they are. */
export class ClockMover {
  readonly #platform: ClockMoverDeps
  readonly #scheduler: Scheduler
  readonly #settle: (tenantId: number) => Promise<void>

  /** `settle` is called at every stop of an advance after the jobs ran, for instance to deliver webhooks. */
  constructor(
    platform: ClockMoverDeps,
    scheduler: Scheduler,
    settle: (tenantId: number) => Promise<void> = async () => {},
  ) {
    this.#platform = platform
    this.#scheduler = scheduler
    this.#settle = settle
  }

  async read(tenantId: number): Promise<ClockReading> {
    const state = await this.#state(tenantId)
    return { mode: state.mode, now: readClock(state, this.#platform.real.now()) }
  }

  /** Freezes the clock of a tenant that has no history yet, at whatever time; the start of a test or of a demo. */
  async begin(tenantId: number, at: Temporal.Instant) {
    await this.#save(tenantId, { mode: 'FROZEN', frozenAt: at })
  }

  /** Sets mode and time. An earlier time is refused: what has happened cannot be undone by a clock. */
  async set(tenantId: number, mode: ClockState['mode'], to?: Temporal.Instant): Promise<ClockReading> {
    const present = await this.read(tenantId)
    const target = mode === 'SYSTEM' ? this.#platform.real.now() : (to ?? present.now)
    this.#refusePast(present.now, target)
    await this.#travel(tenantId, present, target)
    await this.#save(tenantId, stateAt(mode, target, this.#platform.real.now()))
    await this.#scheduler.runDue(tenantId)
    return this.read(tenantId)
  }

  /** Lets `duration` pass: every due job runs at its own instant, in order; answers after the last one has finished. */
  async advance(tenantId: number, duration: Temporal.Duration, zone: string): Promise<ClockReading> {
    const present = await this.read(tenantId)
    const target = present.now.toZonedDateTimeISO(zone).add(duration).toInstant()
    this.#refusePast(present.now, target)
    await this.#travel(tenantId, present, target)
    return this.read(tenantId)
  }

  async #travel(tenantId: number, { mode, now }: ClockReading, target: Temporal.Instant) {
    const moving = mode === 'FROZEN' ? 'FROZEN' : 'OFFSET'
    const goTo = async (at: Temporal.Instant) => {
      await this.#save(tenantId, stateAt(moving, at, this.#platform.real.now()))
      await this.#scheduler.runDue(tenantId)
      await this.#settle(tenantId)
    }
    let at = now
    for (;;) {
      const due = await this.#scheduler.nextDueAfter(tenantId, at)
      if (!due || isAfter(due, target)) break
      await goTo(due)
      at = due
    }
    await goTo(target)
  }

  #refusePast(now: Temporal.Instant, target: Temporal.Instant) {
    if (isBefore(target, now)) throw badRequest('errormessage.clock.backwards')
  }

  async #save(tenantId: number, state: ClockState) {
    const { database, real, tenantClocks } = this.#platform
    await database.transaction(tenantId, (tx) => saveClockState(tx, tenantId, state, real.now()))
    tenantClocks?.forget(tenantId)
  }

  #state(tenantId: number): Promise<ClockState> {
    const { tenantClocks } = this.#platform
    if (!tenantClocks) throw badRequest('errormessage.clock.disabled')
    return tenantClocks.state(tenantId)
  }
}

function stateAt(mode: ClockState['mode'], at: Temporal.Instant, real: Temporal.Instant): ClockState {
  if (mode === 'FROZEN') return { mode, frozenAt: at }
  return mode === 'OFFSET' ? { mode, offsetMs: at.epochMilliseconds - real.epochMilliseconds } : { mode }
}
