import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Caller } from '../units/caller.ts'
import { describe } from '../http/answers.ts'
import type { Queryable } from '../database/database.ts'
import type { Units } from '../units/units.ts'
import type { Secrets } from '../secrets.ts'
import { isAfter } from '../time/order.ts'
import { dateIn, instantAt } from '../time/zoned-time.ts'
import type { RunUnit, UnitOfWork } from '../units/work.ts'
import type { DailyJob, DueJob, Job, JobDeps, JobStudio } from './job.ts'
import { runTraced } from './job-span.ts'
import { Routines, type RoutinesDeps } from './routines.ts'
import {
  listJobStudios,
  listTenantIds,
  listNextRuns,
  listTenantsWithDueJobs,
  moveRun,
  type PlannedRun,
  planRun,
  takeRun,
} from './schedule-store.ts'
import { Loop, type Worker } from './worker.ts'

const POLL_EVERY_MS = 1000
const SWEEP_EVERY_MS = 15_000
/** A tenant whose jobs take longer goes on beside the others; so many tenants do at once. */
const PATIENCE_MS = 1000
const MOST_BESIDE = 4

/** A daily run whose time has come. */
interface DueRun {
  readonly run: PlannedRun
  /** Undefined where the studio is closed for good. */
  readonly studio: JobStudio | undefined
  readonly goesOn: () => boolean
}

/** What running jobs takes. */
export interface SchedulerDeps extends RoutinesDeps {
  readonly secrets: Secrets
  readonly units: Units
}

/**
 * Runs jobs in the tenants' own time, and beside them the routines in real time, so that a long round of housekeeping
 * delays nothing. Daily runs are rows, moved on in the transaction of the run itself, so a crash
 * repeats a run and never doubles it; after downtime each missed run is made up for, oldest first.
 */
export class Scheduler implements Worker {
  readonly #platform: SchedulerDeps
  readonly #daily: ReadonlyMap<string, DailyJob>
  readonly #due: readonly DueJob[]
  /** Daily runs that are known to have their row. */
  readonly #planned = new Set<string>()
  /** Tenants whose jobs are running. */
  readonly #busy = new Map<number, Promise<void>>()
  readonly #routines: Routines
  readonly #loop: Loop
  /** Tenants with work that does not wait for the next sweep. */
  readonly #woken = new Set<number>()
  #sweptAt = Number.NEGATIVE_INFINITY
  #isStopping = false

  constructor(platform: SchedulerDeps, jobs: readonly Job[]) {
    this.#platform = platform
    this.#daily = new Map(jobs.filter((job) => job.kind === 'DAILY').map((job) => [job.name, job]))
    this.#due = jobs.filter((job) => job.kind === 'DUE')
    this.#routines = new Routines(
      platform,
      jobs.filter((job) => job.kind === 'ROUTINE'),
    )
    const options = { everyMs: POLL_EVERY_MS, log: platform.log, complaint: 'the scheduler failed' }
    this.#loop = new Loop(options, (goesOn) => this.#runDueTenants(goesOn))
  }

  start() {
    this.#isStopping = false
    this.#loop.start()
    this.#routines.start()
  }

  async stop() {
    this.#isStopping = true
    await Promise.all([this.#loop.stop(), this.#routines.stop()])
    await Promise.all(this.#busy.values())
  }

  /** Runs what is due of a tenant at once, or, without one, of all tenants. */
  wake(tenantId?: number) {
    if (tenantId === undefined) this.#sweptAt = Number.NEGATIVE_INFINITY
    else this.#woken.add(tenantId)
    this.#loop.wake()
  }

  /** Everything of this tenant that is due by its clock, oldest first. Returns early, after a step, unless it `goesOn`. */
  async runDue(tenantId: number, goesOn: () => boolean = () => true) {
    const { database } = this.#platform
    const studios = await this.#plan(tenantId)
    for (;;) {
      const runs = await database.read(tenantId, (db) => this.#listNextRuns(db, tenantId))
      const now = await this.#platform.clock.now(tenantId)
      const [first] = runs
      if (!first || isAfter(first.dueAt, now)) break
      for (const run of runs) {
        const studio = studios.find(({ id }) => id === run.studioId)
        await this.#runDaily(tenantId, { run, studio, goesOn })
        if (!goesOn()) return
      }
    }
    await this.#sweep(tenantId, goesOn)
  }

  /** When this tenant has something to do next, later than `now`. */
  async nextDueAfter(tenantId: number, now: Temporal.Instant): Promise<Temporal.Instant | undefined> {
    await this.#plan(tenantId)
    const dues = await this.#platform.units.read(jobCaller(tenantId, 'scheduler'), (view) =>
      Promise.all([
        this.#listNextRuns(view.db, tenantId).then(([run]) => run?.dueAt),
        ...this.#due.map((job) => job.nextDue(view)),
      ]),
    )
    return dues
      .filter((due) => due !== undefined && isAfter(due, now))
      .sort((a, b) => (a && b ? Temporal.Instant.compare(a, b) : 0))[0]
  }

  async #runDueTenants(goesOn: () => boolean) {
    const woken = [...this.#woken]
    const tenants = await this.#listTenants(woken)
    // The jobs of a busy tenant may be past the one that has work: the next round comes back to it.
    for (const tenantId of woken) if (!this.#busy.has(tenantId)) this.#woken.delete(tenantId)
    for (const tenantId of tenants) {
      if (!goesOn()) return
      if (!this.#busy.has(tenantId)) await this.#begin(tenantId)
    }
  }

  /** All active tenants every 15 seconds, else those with a daily run that is due or that were woken. */
  #listTenants(woken: readonly number[]): Promise<readonly number[]> {
    const { database, real } = this.#platform
    const isSweep = real.monotonicMs() - this.#sweptAt >= SWEEP_EVERY_MS
    if (isSweep) this.#sweptAt = real.monotonicMs()
    return database.read('none', async (db) => {
      if (isSweep) return listTenantIds(db)
      const due = await listTenantsWithDueJobs(db, [...this.#daily.keys()], real.now())
      if (woken.length === 0) return due
      const active = await listTenantIds(db)
      return [...new Set([...due, ...active.filter((tenantId) => woken.includes(tenantId))])]
    })
  }

  /** Runs what is due of a tenant. Returns when it is done, or when it takes so long that others shall not wait for it. */
  async #begin(tenantId: number) {
    const { log } = this.#platform
    while (this.#busy.size >= MOST_BESIDE) await Promise.race(this.#busy.values())
    const work = this.runDue(tenantId, () => !this.#isStopping)
      .catch((error: unknown) => log.error({ tenant: tenantId, ...describe(error) }, 'the jobs of a tenant failed'))
      .finally(() => this.#busy.delete(tenantId))
    this.#busy.set(tenantId, work)
    const waited = new AbortController()
    const patience = sleep(PATIENCE_MS, undefined, { signal: waited.signal, ref: false }).catch(() => undefined)
    await Promise.race([work, patience]).finally(() => waited.abort())
  }

  /** Runs each job that has work, in the order of the register; what one has done may be work for those behind it. */
  async #sweep(tenantId: number, goesOn: () => boolean) {
    let waiting = this.#due
    for (;;) {
      const deps = this.#depsFor(tenantId, goesOn)
      const areDue = await this.#platform.units.read(jobCaller(tenantId, 'scheduler'), (view) =>
        Promise.all(waiting.map((job) => job.isDue(view, deps))),
      )
      const first = areDue.indexOf(true)
      const job = waiting[first]
      if (!job) return
      await this.#runDueJob(job, deps)
      waiting = waiting.slice(first + 1)
    }
  }

  async #runDueJob(job: DueJob, deps: JobDeps) {
    const { units, clock, tracing } = this.#platform
    const { tenantId } = deps
    const caller = jobCaller(tenantId, job.name)
    const run: RunUnit = <T>(work: (unit: UnitOfWork) => Promise<T>) => units.write<Caller, T>(caller, work)
    const now = await clock.now(tenantId)
    await runTraced(tracing, { name: job.name, tenantId, traceId: caller.traceId }, () => job.run(run, now, deps))
  }

  #listNextRuns(db: Queryable, tenantId: number): Promise<readonly PlannedRun[]> {
    return listNextRuns(db, tenantId, [...this.#daily.keys()])
  }

  /** Gives every daily job of every studio its first run, and returns the studios; they come and go. */
  async #plan(tenantId: number): Promise<readonly JobStudio[]> {
    const studios = await this.#platform.database.read(tenantId, (db) => listJobStudios(db, tenantId))
    const missing = studios.flatMap((studio) =>
      [...this.#daily.values()]
        .filter((job) => !this.#planned.has(`${tenantId}:${studio.id}:${job.name}`))
        .map((job) => ({ studio, job })),
    )
    if (missing.length === 0) return studios
    await this.#platform.units.write(jobCaller(tenantId, 'scheduler'), async ({ tx, now }) => {
      for (const { studio, job } of missing) {
        const dueAt = nextOccurrence(job, studio, now)
        await planRun(tx, tenantId, { name: job.name, studioId: studio.id, dueAt }, now)
      }
    })
    for (const { studio, job } of missing) this.#planned.add(`${tenantId}:${studio.id}:${job.name}`)
    return studios
  }

  async #runDaily(tenantId: number, due: DueRun) {
    const { run, goesOn } = due
    const { metrics, log, tracing } = this.#platform
    const caller = jobCaller(tenantId, run.name)
    const settle = async () => {
      await this.#takeSteps(caller, due)
      if (goesOn()) await this.#settle(caller, due)
    }
    try {
      await runTraced(tracing, { ...run, tenantId, traceId: caller.traceId }, settle)
      metrics.jobRuns.inc({ job: run.name, result: 'done' })
    } catch (error) {
      metrics.jobRuns.inc({ job: run.name, result: 'failed' })
      log.error({ job: run.name, studio: run.studioId, ...describe(error) }, 'a job failed')
      throw error
    }
  }

  /** What a job does before the unit that marks its day as done. */
  async #takeSteps(caller: Caller, { run, studio, goesOn }: DueRun) {
    const { units } = this.#platform
    const job = this.#daily.get(run.name)
    if (!job?.steps || !studio) return
    const runUnit: RunUnit = <T>(work: (unit: UnitOfWork) => Promise<T>) => units.write<Caller, T>(caller, work)
    const day = { studio, date: dateIn(run.dueAt, studio.zone) }
    await job.steps(runUnit, day, this.#depsFor(caller.tenantId, goesOn))
  }

  #depsFor(tenantId: number, goesOn: () => boolean): JobDeps {
    const { database } = this.#platform
    return { ...this.#platform, tenantId, goesOn, read: (work) => database.read(tenantId, work) }
  }

  #settle(caller: Caller, { run, studio }: DueRun) {
    const { tenantId } = caller
    const job = this.#daily.get(run.name)
    return this.#platform.units.write(caller, async (work) => {
      if (job && studio) return runOnce(work, { job, studio, run })
      await moveRun(work.tx, tenantId, run, run.dueAt.add({ hours: 24 * 365 }))
    })
  }
}

async function runOnce(
  work: UnitOfWork,
  { job, studio, run }: { readonly job: DailyJob; readonly studio: JobStudio; readonly run: PlannedRun },
) {
  const runKey = run.dueAt.toZonedDateTimeISO(studio.zone).toPlainDateTime().toString()
  const next = nextOccurrence(job, studio, run.dueAt)
  const isTaken = await takeRun(work.tx, work.caller.tenantId, { run, runKey, next, now: work.now })
  if (isTaken) await job.run(work, studio, dateIn(run.dueAt, studio.zone))
}

/** The first planned moment after `after`: every local day has one, whatever the clocks of the zone do. */
function nextOccurrence(job: DailyJob, studio: JobStudio, after: Temporal.Instant): Temporal.Instant {
  let date = after.toZonedDateTimeISO(studio.zone).toPlainDate()
  for (;;) {
    const due = instantAt(date, job.at, studio.zone)
    if (isAfter(due, after)) return due
    date = date.add({ days: 1 })
  }
}

function jobCaller(tenantId: number, job: string): Caller {
  return { actor: { kind: 'JOB', id: null, detail: { job } }, tenantId, traceId: randomBytes(16).toString('hex') }
}
