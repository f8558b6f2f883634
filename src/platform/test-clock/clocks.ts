import type { Database } from '../database/database.ts'
import type { Scheduler } from '../jobs/scheduler.ts'
import { saveClockState } from '../time/clock-store.ts'
import { badRequest, refuseFields, violation } from '../errors/errors.ts'
import { isAfter } from '../time/order.ts'
import { readClock, type TenantClocks } from '../time/tenant-clock.ts'
import type { ClockState, RealTime } from '../time/clock.ts'
import { addToClock, judgeStep, LONGEST_STEP_DAYS } from './step-rules.ts'

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

export interface ClockTarget {
  readonly mode: ClockState['mode']
  /** Left out: the present of the tenant. SYSTEM goes to the real present. */
  readonly now?: Temporal.Instant | undefined
}

/** How a clock is moved. */
export interface Journey {
  /** IANA zone by whose calendar days and longer units count. */
  readonly zone: string
  /** Asked at every stop on the way: whether nobody waits for the clock any more. */
  readonly isGone?: () => boolean
}

const usual: Journey = { zone: 'UTC' }

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

  /**
   * Sets mode and time. An earlier time is refused (400), for what has happened cannot be undone by a clock, and so is one
   * that is further away than the longest step.
   */
  async set(tenantId: number, to: ClockTarget, journey: Journey = usual): Promise<ClockReading> {
    const { mode } = to
    const present = await this.read(tenantId)
    const target = mode === 'SYSTEM' ? this.#platform.real.now() : (to.now ?? present.now)
    refuseStep(present.now, target, { ...journey, reference: mode === 'SYSTEM' ? 'mode' : 'now' })
    if (await this.#travel(tenantId, { ...present, target }, journey)) {
      await this.#save(tenantId, stateAt(mode, target, this.#platform.real.now()))
      await this.#scheduler.runDue(tenantId)
    }
    return this.read(tenantId)
  }

  /**
   * Lets `duration` pass: every due job runs at its own instant, in order; answers after the last one has finished. More
   * than the longest step is refused (400).
   */
  async advance(tenantId: number, duration: Temporal.Duration, journey: Journey = usual): Promise<ClockReading> {
    const present = await this.read(tenantId)
    const target = addToClock(present.now, duration, journey.zone)
    refuseStep(present.now, target, { ...journey, reference: 'duration' })
    await this.#travel(tenantId, { ...present, target }, journey)
    return this.read(tenantId)
  }

  /** Whether the target was reached: a traveller who has left stops the clock at the next stop. */
  async #travel(
    tenantId: number,
    { mode, now, target }: ClockReading & { readonly target: Temporal.Instant },
    { isGone }: Journey,
  ): Promise<boolean> {
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
      if (isGone?.()) return false
      at = due
    }
    await goTo(target)
    return true
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

interface Step extends Journey {
  readonly reference: string
}

/** Without a target there is none that a clock could show. */
function refuseStep(
  now: Temporal.Instant,
  target: Temporal.Instant | undefined,
  { zone, reference }: Step,
): asserts target {
  const refusal = target ? judgeStep(now, target, zone) : 'TOO_LONG'
  switch (refusal) {
    case undefined:
      return
    case 'BACKWARDS':
      throw badRequest('errormessage.clock.backwards', { reference })
    case 'OUT_OF_RANGE':
      throw refuseFields([violation(reference, 'format', { type: 'STRING', value: 'date-time' })])
    case 'TOO_LONG':
      throw badRequest('errormessage.validation.dateRangeTooLong', {
        args: [{ type: 'INTEGER', value: LONGEST_STEP_DAYS }],
        reference,
      })
  }
}

function stateAt(mode: ClockState['mode'], at: Temporal.Instant, real: Temporal.Instant): ClockState {
  if (mode === 'FROZEN') return { mode, frozenAt: at }
  return mode === 'OFFSET' ? { mode, offsetMs: at.epochMilliseconds - real.epochMilliseconds } : { mode }
}
