import type { SQL } from 'drizzle-orm'
import type { UnitOfWork } from '../platform/units/work.ts'

interface BegunVisit {
  readonly customerId: number
  readonly studioId: number
  readonly at: Temporal.Instant
}

/** What modules above bring to visits. */
export interface CheckinHooks {
  /** Whether a customer has a booking in the studio that opens its door at `at`; part of a statement. */
  readonly hasAdmittingBooking: (question: {
    readonly customerId: SQL
    readonly studioId: SQL
    readonly at: SQL
  }) => SQL<boolean>
  /** In the unit of a check-in, under the lock of the customer. */
  readonly onCheckIn: (work: UnitOfWork, visit: BegunVisit) => Promise<void>
  /** Visits with these passes have ended. */
  readonly onPassVisitEnded: (work: UnitOfWork, passIds: readonly number[]) => Promise<void>
}

let filled: CheckinHooks | undefined

/** Called once, by the table of contents of the application. */
export function fillCheckinHooks(hooks: CheckinHooks) {
  if (filled) throw new Error('The hooks of checkins are filled already.')
  filled = hooks
}

export function checkinHooks(): CheckinHooks {
  if (!filled) throw new Error('The hooks of checkins are empty: import src/modules.ts first.')
  return filled
}
