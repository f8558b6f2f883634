import type { RunUnit, UnitOfWork, View } from '../units/work.ts'

/** A studio as the scheduler needs it. */
export interface JobStudio {
  readonly id: number
  /** IANA name. */
  readonly zone: string
}

/**
 * Work that falls due in a tenant's own time. A DAILY job runs once per studio and local day, at `at` on the wall
 * clock, in order and never twice. A DUE job has no schedule: `nextDue` says when it has something to do next, and
 * `run` settles everything that is due at `now`.
 */
export type Job = DailyJob | DueJob

export interface DailyJob {
  readonly kind: 'DAILY'
  readonly name: string
  readonly at: Temporal.PlainTime
  run(work: UnitOfWork, studio: JobStudio): Promise<void>
}

export interface DueJob {
  readonly kind: 'DUE'
  readonly name: string
  /** The earliest instant after which `run` has work; undefined when nothing is planned. */
  nextDue(view: View): Promise<Temporal.Instant | undefined>
  /** Settles what is due at `now`, each step in a unit of its own, so that a crash repeats and never doubles. */
  run(run: RunUnit, now: Temporal.Instant): Promise<void>
}
