import type { Logger } from 'pino'
import type { Config } from '../config/config.ts'
import type { Database, Queryable } from '../database/database.ts'
import type { FileStorage } from '../files/storage.ts'
import type { Metrics } from '../process/metrics.ts'
import type { Secrets } from '../secrets.ts'
import type { RealTime } from '../time/clock.ts'
import type { RunUnit, UnitOfWork, View } from '../units/work.ts'

/** A studio as the scheduler needs it. */
export interface JobStudio {
  readonly id: number
  /** IANA name. */
  readonly zone: string
}

/**
 * Work of one tenant that runs by itself. A DAILY job runs once per studio and local day, at `at` on the wall clock, in
 * order and never twice; jobs that are due at the same moment run in the order of the register. A DUE job has no schedule: `isDue` says whether it has something to do now, `nextDue` when it
 * has next, and `run` settles everything that is due at `now`. Both follow the tenant's clock. A ROUTINE tidies up in real time, on one node.
 */
export type Job = DailyJob | DueJob | Routine

export interface DailyJob {
  readonly kind: 'DAILY'
  readonly name: string
  readonly at: Temporal.PlainTime
  /**
   * Before `run`: what is too much for one transaction, each step in a unit of its own. Several nodes may take the steps of
   * one day at once, and a crash repeats them: a step that was done before changes nothing. Ends early, with work left,
   * only when `goesOn` returns false; `run` then waits for the next round.
   */
  steps?(run: RunUnit, day: JobDay, deps: JobDeps): Promise<void>
  /** `date` is the local day that is worked off, which is past when days were missed. */
  run(work: UnitOfWork, studio: JobStudio, date: Temporal.PlainDate): Promise<void>
}

/** The local day of a studio that a daily job works off. */
export interface JobDay {
  readonly studio: JobStudio
  readonly date: Temporal.PlainDate
}

export interface DueJob {
  readonly kind: 'DUE'
  readonly name: string
  /** Whether `run` would find work. All jobs are asked at once, in one round trip: most have none most of the time. */
  isDue(view: View, deps: JobDeps): Promise<boolean>
  /** The earliest instant after which `run` has work; undefined when nothing is planned. */
  nextDue(view: View): Promise<Temporal.Instant | undefined>
  /** Settles what is due at `now`, each step in a unit of its own, so that a crash repeats and never doubles. */
  run(run: RunUnit, now: Temporal.Instant, deps: JobDeps): Promise<void>
}

/** What tidying up takes. */
export interface RoutineDeps {
  readonly config: Config
  readonly database: Database
  readonly real: RealTime
  readonly files: FileStorage
  readonly log: Logger
}

/** What jobs take besides their units. */
export interface JobDeps extends RoutineDeps {
  readonly secrets: Secrets
  readonly metrics: Metrics
  readonly tenantId: number
  /** Finds out what is due. What changes something is a unit of its own. */
  read<T>(work: (db: Queryable) => Promise<T>): Promise<T>
  /** Long work asks between its steps, and ends early when this returns false. */
  readonly goesOn: () => boolean
}

/**
 * Housekeeping that no customer waits for. A round that breaks off or runs twice does no harm. Suspended tenants have
 * their rounds as well, because the deadlines for deleting data hold for them too.
 */
export interface Routine {
  readonly kind: 'ROUTINE'
  readonly name: string
  /** From round to round, in real time; exact units only, no months or years. */
  readonly every: Temporal.Duration
  /** Does one round for one tenant, whose clock shows `now`, and returns how many things it removed. */
  run(deps: RoutineDeps, tenantId: number, now: Temporal.Instant): Promise<number>
}
