import { inBatches } from '../platform/jobs/in-batches.ts'
import type { Routine } from '../platform/jobs/job.ts'
import { deleteReveals, forgetExpired } from './reveal-store.ts'

/** So long a link that is over is still distinguished from one that never was. */
const KNOWN_DAYS = 90

/** Forgets the keys behind links that have expired by the clock of their tenant, and later the links themselves. */
export const revealRetention: Routine = {
  kind: 'ROUTINE',
  name: 'key-reveals',
  every: Temporal.Duration.from({ minutes: 10 }),
  async run({ database }, tenantId, now) {
    const before = now.subtract({ hours: 24 * KNOWN_DAYS })
    const forgotten = await inBatches(database, tenantId, (tx, size) => forgetExpired(tx, now, size))
    return forgotten + (await inBatches(database, tenantId, (tx, size) => deleteReveals(tx, before, size)))
  },
}
