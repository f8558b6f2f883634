import { inBatches } from '../jobs/in-batches.ts'
import type { Routine } from '../jobs/job.ts'
import { deleteSettledMails } from './mail-store.ts'

const KEPT_HOURS = 30 * 24

/**
 * Mails are forgotten a month after it was settled what became of them, in real time, as they are sent; the text of those
 * that were sent is gone at once.
 */
export const mailRetention: Routine = {
  kind: 'ROUTINE',
  name: 'outgoing-mails',
  every: Temporal.Duration.from({ hours: 1 }),
  run: ({ database, real }, tenantId) =>
    inBatches(database, tenantId, (tx, size) =>
      deleteSettledMails(tx, real.now().subtract({ hours: KEPT_HOURS }), size),
    ),
}
