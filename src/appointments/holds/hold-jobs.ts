import { deleteAllocations } from '../../resources/index.ts'
import { deleteEndedHolds } from '../../bookings/index.ts'
import type { Tx } from '../../platform/database/database.ts'
import { inBatches } from '../../platform/jobs/in-batches.ts'
import type { Routine } from '../../platform/jobs/job.ts'
import { deleteUnbooked } from '../appointment-store.ts'

/** So long it is still answered what has become of a hold. */
const KNOWN_DAYS = 30

/** Forgets holds of either kind that nobody used, and the appointments that were opened for them. */
export const holdRetention: Routine = {
  kind: 'ROUTINE',
  name: 'holds',
  every: Temporal.Duration.from({ hours: 24 }),
  run: ({ database }, tenantId, now) =>
    inBatches(database, tenantId, (tx, size) => forgetSome(tx, now.subtract({ hours: 24 * KNOWN_DAYS }), size)),
}

async function forgetSome(tx: Tx, before: Temporal.Instant, size: number): Promise<number> {
  const forgotten = await deleteEndedHolds(tx, before, size)
  const appointmentIds = forgotten.flatMap(({ appointmentId }) => appointmentId ?? [])
  for (const id of await deleteUnbooked(tx, appointmentIds)) await deleteAllocations(tx, 'APPOINTMENT', id)
  return forgotten.length
}
