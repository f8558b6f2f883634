import { checkIn } from '../checkins/index.ts'
import { isBefore } from '../platform/time/order.ts'
import type { UnitOfWork } from '../platform/units/work.ts'
import { lockAttended } from './attendance-store.ts'
import { recordAttendance } from './booking-changes.ts'

/**
 * A check-in says who takes part: bookings in that studio that begin within 60 minutes or are running. What staff have
 * recorded stays.
 */
export async function recordParticipation(
  work: UnitOfWork,
  visit: { readonly customerId: number; readonly studioId: number; readonly at: Temporal.Instant },
) {
  const attended = await lockAttended(work.tx, visit)
  if (attended.length > 0) await recordAttendance(work, attended, 'PARTICIPATING')
}

const EARLY_MINUTES = 60

interface Attended {
  readonly customerId: number
  readonly studioId: number
  readonly start: Temporal.Instant
  readonly end: Temporal.Instant
}

/**
 * Whom staff see in a class or appointment is in the studio: a visit begins, without checks, unless one is open there.
 * In a unit of its own, because customers are locked before their bookings.
 */
export function admitParticipant(work: UnitOfWork, { customerId, studioId, start, end }: Attended) {
  const isNow = !isBefore(work.now, start.subtract({ minutes: EARLY_MINUTES })) && isBefore(work.now, end)
  if (!isNow) return
  work.afterCommit(async (run) => {
    const visit = { customerId, studioId, source: 'CLASS', override: true, rules: { enforceCapacity: false } } as const
    await run((unit) => checkIn(unit, visit))
  })
}
