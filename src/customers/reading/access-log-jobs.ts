import { inBatches } from '../../platform/jobs/in-batches.ts'
import type { Routine } from '../../platform/jobs/job.ts'
import { deleteAccessLines } from './access-log-store.ts'

const KEPT_HOURS = 90 * 24

/** Who read whom is kept for ninety days. */
export const accessLogRetention: Routine = {
  kind: 'ROUTINE',
  name: 'customer-access-log',
  every: Temporal.Duration.from({ hours: 24 }),
  run: ({ database }, tenantId, now) =>
    inBatches(database, tenantId, (tx, size) =>
      deleteAccessLines(tx, tenantId, now.subtract({ hours: KEPT_HOURS }), size),
    ),
}
