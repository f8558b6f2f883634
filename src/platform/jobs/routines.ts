import { describe } from '../http/answers.ts'
import type { Metrics } from '../process/metrics.ts'
import type { Clock } from '../time/tenant-clock.ts'
import { isAfter } from '../time/order.ts'
import type { Tracing } from '../tracing/tracing.ts'
import type { Routine, RoutineDeps } from './job.ts'
import { runTraced } from './job-span.ts'
import { listDueRoutines, planRoutine, takeRound, type TenantRoutine, updateHeldRound } from './routine-store.ts'
import { listAllTenantIds } from './schedule-store.ts'
import { Loop, type Worker } from './worker.ts'

/** No routine comes more often than once a minute. */
const POLL_EVERY_MS = 5000
/** How long a new tenant, or one of a new installation, waits for its rows. */
const PLAN_EVERY_MS = 60_000
/** After so long without a sign of its node, a round is given to another one. */
const LEASE_MS = 60_000

/** What running routines takes. */
export interface RoutinesDeps extends RoutineDeps {
  readonly clock: Clock
  readonly metrics: Metrics
  readonly tracing: Tracing | undefined
}

/**
 * Runs the routines of all tenants in real time. Each has a row per tenant; the node that takes a round holds the row by
 * a lease, which it renews while the round goes on, and no transaction is open meanwhile. When the node dies, the lease
 * ends and another node starts the round anew.
 */
export class Routines implements Worker {
  readonly #platform: RoutinesDeps
  readonly #routines: ReadonlyMap<string, Routine>
  readonly #leaseMs: number
  readonly #loop: Loop
  /** Tenants that are known to have their rows. */
  readonly #planned = new Set<number>()
  #plannedAt = Number.NEGATIVE_INFINITY

  constructor(platform: RoutinesDeps, routines: readonly Routine[], leaseMs: number = LEASE_MS) {
    this.#platform = platform
    this.#routines = new Map(routines.map((routine) => [routine.name, routine]))
    this.#leaseMs = leaseMs
    const options = { everyMs: POLL_EVERY_MS, log: platform.log, complaint: 'looking for routines failed' }
    this.#loop = new Loop(options, (goesOn) => this.runDue(goesOn))
  }

  start() {
    this.#loop.start()
  }

  stop(): Promise<void> {
    return this.#loop.stop()
  }

  /** Does each round that is due and that no other node has, one after the other. */
  async runDue(goesOn: () => boolean = () => true) {
    const { database, real } = this.#platform
    await this.#plan()
    const names = [...this.#routines.keys()]
    for (const due of await database.read('none', (db) => listDueRoutines(db, names, real.now()))) {
      if (!goesOn()) return
      const routine = this.#routines.get(due.name)
      if (routine) await this.#runRound(due, routine)
    }
  }

  /** Gives each tenant its rows; tenants come while the process serves. */
  async #plan() {
    const { database, real } = this.#platform
    if (real.monotonicMs() - this.#plannedAt < PLAN_EVERY_MS) return
    this.#plannedAt = real.monotonicMs()
    const tenants = await database.read('none', listAllTenantIds)
    for (const tenantId of tenants.filter((id) => !this.#planned.has(id))) {
      const now = real.now()
      await database.transaction(tenantId, async (tx) => {
        for (const { name, every } of this.#routines.values()) {
          await planRoutine(tx, { tenantId, name }, { now, latest: now.add(every) })
        }
      })
      this.#planned.add(tenantId)
    }
  }

  async #runRound(of: TenantRoutine, routine: Routine) {
    const { clock, real, metrics, log, tracing } = this.#platform
    const { tenantId, name } = of
    try {
      const lease = await this.#take(of)
      if (!lease) return
      try {
        const work = async () => routine.run(this.#platform, tenantId, await clock.now(tenantId))
        const removed = await runTraced(tracing, of, work)
        metrics.jobRuns.inc({ job: name, result: 'done' })
        if (removed > 0) log.info({ job: name, tenant: tenantId, removed }, 'tidied up')
      } finally {
        await lease.end(nextRound(lease.dueAt, routine.every, real.now()))
      }
    } catch (error) {
      metrics.jobRuns.inc({ job: name, result: 'failed' })
      log.error({ job: name, tenant: tenantId, ...describe(error) }, 'a job failed')
    }
  }

  /** Holds a round until `end`; undefined when another node has it or has done it. */
  async #take(of: TenantRoutine) {
    const { database, real } = this.#platform
    const leaseEnd = () => real.now().add({ milliseconds: this.#leaseMs })
    let lockedUntil = leaseEnd()
    const now = real.now()
    const dueAt = await database.transaction(of.tenantId, (tx) => takeRound(tx, of, { now, lockedUntil }))
    if (!dueAt) return undefined
    const renew = async () => {
      const held = lockedUntil
      const until = leaseEnd()
      const isMine = await database.transaction(of.tenantId, (tx) =>
        updateHeldRound(tx, of, held, { lockedUntil: until }),
      )
      if (isMine) lockedUntil = until
    }
    // A renewal that fails is tried again by the next one, long before the lease ends.
    let renewal = Promise.resolve()
    const timer = setInterval(() => {
      renewal = renewal.then(renew).catch(() => {})
    }, this.#leaseMs / 4).unref()
    const end = async (nextRunAt: Temporal.Instant) => {
      clearInterval(timer)
      await renewal
      await database.transaction(of.tenantId, (tx) =>
        updateHeldRound(tx, of, lockedUntil, { lockedUntil: null, nextRunAt }),
      )
    }
    return { dueAt, end }
  }
}

/** Rounds keep their beat; those that nobody was there for are left out. */
export function nextRound(dueAt: Temporal.Instant, every: Temporal.Duration, now: Temporal.Instant): Temporal.Instant {
  const next = dueAt.add(every)
  return isAfter(next, now) ? next : now.add(every)
}
