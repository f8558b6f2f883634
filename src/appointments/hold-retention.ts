import { deleteAllocations } from '../resources/index.ts'
import { deleteEndedHolds } from '../bookings/index.ts'
import type { Tx } from '../platform/database/database.ts'
import { type Chore, forEachTenant, inBatches } from '../platform/process/chore.ts'
import { deleteUnbooked } from './appointment-store.ts'

/** So long it is still told what has become of a hold. */
const KNOWN_DAYS = 30
const BATCH = 1000

/** Forgets holds of either kind that nobody used, and the appointments that were opened for them. */
export const holdRetention: Chore = {
  name: 'holds',
  cron: '40 2 * * *',
  run: (platform) =>
    forEachTenant(platform, (tenantId, now) => {
      const before = now.subtract({ hours: 24 * KNOWN_DAYS })
      return inBatches(BATCH, (size) => platform.database.transaction(tenantId, (tx) => forgetSome(tx, before, size)))
    }),
}

async function forgetSome(tx: Tx, before: Temporal.Instant, size: number): Promise<number> {
  const forgotten = await deleteEndedHolds(tx, before, size)
  const appointmentIds = forgotten.flatMap(({ appointmentId }) => appointmentId ?? [])
  for (const id of await deleteUnbooked(tx, appointmentIds)) await deleteAllocations(tx, 'APPOINTMENT', id)
  return forgotten.length
}
