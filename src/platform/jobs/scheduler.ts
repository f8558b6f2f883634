import { randomBytes } from 'node:crypto'
import type { Logger } from 'pino'
import type { Caller } from '../units/caller.ts'
import { describe } from '../http/answers.ts'
import type { Database } from '../database/database.ts'
import type { Metrics } from '../process/metrics.ts'
import type { RealTime } from '../time/clock.ts'
import type { Clock } from '../time/tenant-clock.ts'
import type { Tracing } from '../tracing/tracing.ts'
import type { Units } from '../units/units.ts'
import { isAfter } from '../time/order.ts'
import { instantAt } from '../time/zoned-time.ts'
import type { RunUnit, UnitOfWork } from '../units/work.ts'
import type { DailyJob, DueJob, Job, JobStudio } from './job.ts'
import { runTraced } from './job-span.ts'
import {
  findNextRun,
  insertJobRun,
  listJobStudios,
  listTenantIds,
  listTenantsWithDueJobs,
  lockRun,
  moveRun,
  type PlannedRun,
  planRun,
} from './schedule-store.ts'

const POLL_EVERY_MS = 1000
const SWEEP_EVERY_MS = 15_000

/** What running jobs takes. */
export interface SchedulerDeps {
  readonly database: Database
  readonly units: Units
  readonly clock: Clock
  readonly real: RealTime
  readonly metrics: Metrics
  readonly log: Logger
  readonly tracing: Tracing | undefined
}

/**
 * Runs jobs in the tenants' own time. Daily runs are rows, moved on in the transaction of the run itself, so a crash
 * repeats a run and never doubles it; after downtime each missed run is made up for, oldest first.
 */
export class Scheduler {
  readonly #platform: SchedulerDeps
  readonly #daily: ReadonlyMap<string, DailyJob>
  readonly #due: readonly DueJob[]
  /** Daily runs that are known to have their row. */
  readonly #planned = new Set<string>()
  #timer: NodeJS.Timeout | undefined
  #sweptAt = Number.NEGATIVE_INFINITY
  #running: Promise<void> = Promise.resolve()

  constructor(platform: SchedulerDeps, jobs: readonly Job[]) {
    this.#platform = platform
    this.#daily = new Map(jobs.filter((job) => job.kind === 'DAILY').map((job) => [job.name, job]))
    this.#due = jobs.filter((job) => job.kind === 'DUE')
  }

  start() {
    const poll = () => {
      this.#running = this.#runDueTenants().catch((error: unknown) =>
        this.#platform.log.error(describe(error), 'the scheduler failed'),
      )
      void this.#running.finally(() => {
        if (this.#timer) this.#timer = setTimeout(poll, POLL_EVERY_MS).unref()
      })
    }
    this.#timer = setTimeout(poll, 0).unref()
  }

  async stop() {
    clearTimeout(this.#timer)
    this.#timer = undefined
    await this.#running
  }

  /** Everything of this tenant that is due by its clock, oldest first. */
  async runDue(tenantId: number) {
    await this.#plan(tenantId)
    for (;;) {
      const run = await this.#nextRun(tenantId)
      const now = await this.#platform.clock.now(tenantId)
      if (!run || isAfter(run.dueAt, now)) break
      await this.#runDaily(tenantId, run)
    }
    await this.#sweep(tenantId)
  }

  /** When this tenant has something to do next, later than `now`. */
  async nextDueAfter(tenantId: number, now: Temporal.Instant): Promise<Temporal.Instant | undefined> {
    await this.#plan(tenantId)
    const view = jobCaller(tenantId, 'scheduler')
    const dues = await Promise.all([
      this.#nextRun(tenantId).then((run) => run?.dueAt),
      ...this.#due.map((job) => this.#platform.units.read(view, (unit) => job.nextDue(unit))),
    ])
    return dues
      .filter((due) => due !== undefined && isAfter(due, now))
      .sort((a, b) => (a && b ? Temporal.Instant.compare(a, b) : 0))[0]
  }

  async #runDueTenants() {
    const { database, real } = this.#platform
    const isSweep = real.monotonicMs() - this.#sweptAt >= SWEEP_EVERY_MS
    if (isSweep) this.#sweptAt = real.monotonicMs()
    const tenants = await database.read('none', (db) =>
      isSweep ? listTenantIds(db) : listTenantsWithDueJobs(db, real.now()),
    )
    for (const tenantId of tenants) await this.runDue(tenantId)
  }

  async #sweep(tenantId: number) {
    for (const job of this.#due) {
      const caller = jobCaller(tenantId, job.name)
      const run: RunUnit = <T>(work: (unit: UnitOfWork) => Promise<T>) =>
        this.#platform.units.write<Caller, T>(caller, work)
      const now = await this.#platform.clock.now(tenantId)
      const traced = { name: job.name, tenantId, traceId: caller.traceId }
      await runTraced(this.#platform.tracing, traced, () => job.run(run, now))
    }
  }

  #nextRun(tenantId: number): Promise<PlannedRun | undefined> {
    return this.#platform.database.read(tenantId, (db) => findNextRun(db, tenantId))
  }

  /** Gives every daily job of every studio its first run; studios come and go. */
  async #plan(tenantId: number) {
    const studios = await this.#platform.database.read(tenantId, (db) => listJobStudios(db, tenantId))
    const missing = studios.flatMap((studio) =>
      [...this.#daily.values()]
        .filter((job) => !this.#planned.has(`${tenantId}:${studio.id}:${job.name}`))
        .map((job) => ({ studio, job })),
    )
    if (missing.length === 0) return
    await this.#platform.units.write(jobCaller(tenantId, 'scheduler'), async ({ tx, now }) => {
      for (const { studio, job } of missing) {
        const dueAt = nextOccurrence(job, studio, now)
        await planRun(tx, tenantId, { name: job.name, studioId: studio.id, dueAt }, now)
      }
    })
    for (const { studio, job } of missing) this.#planned.add(`${tenantId}:${studio.id}:${job.name}`)
  }

  async #runDaily(tenantId: number, run: PlannedRun) {
    const { units, metrics, log, tracing } = this.#platform
    const job = this.#daily.get(run.name)
    const caller = jobCaller(tenantId, run.name)
    const settle = () =>
      units.write(caller, async (work) => {
        const studio = (await listJobStudios(work.tx, tenantId)).find(({ id }) => id === run.studioId)
        if (!(await lockRun(work.tx, tenantId, run))) return
        if (job && studio) await runOnce(work, { job, studio, run })
        const next = job && studio ? nextOccurrence(job, studio, run.dueAt) : run.dueAt.add({ hours: 24 * 365 })
        await moveRun(work.tx, tenantId, run, next)
      })
    try {
      await runTraced(tracing, { ...run, tenantId, traceId: caller.traceId }, settle)
      metrics.jobRuns.inc({ job: run.name, result: 'done' })
    } catch (error) {
      metrics.jobRuns.inc({ job: run.name, result: 'failed' })
      log.error({ job: run.name, studio: run.studioId, ...describe(error) }, 'a job failed')
      throw error
    }
  }
}

async function runOnce(
  work: UnitOfWork,
  { job, studio, run }: { readonly job: DailyJob; readonly studio: JobStudio; readonly run: PlannedRun },
) {
  const runKey = run.dueAt.toZonedDateTimeISO(studio.zone).toPlainDateTime().toString()
  const isFirst = await insertJobRun(work.tx, work.caller.tenantId, { run, runKey, now: work.now })
  if (isFirst) await job.run(work, studio)
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
