import type { UnitOfWork } from '../platform/work.ts'
import { lockAttended } from './attendance-store.ts'
import { noteAttendance } from './booking-changes.ts'

/**
 * A check-in says who takes part: bookings in that studio that begin within 60 minutes or are running. What staff have
 * noted stays.
 */
export async function noteParticipation(
  work: UnitOfWork,
  visit: { readonly customerId: number; readonly studioId: number; readonly at: Temporal.Instant },
) {
  const attended = await lockAttended(work.tx, visit)
  if (attended.length > 0) await noteAttendance(work, attended, 'PARTICIPATING')
}
