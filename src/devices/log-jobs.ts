import { inBatches } from '../platform/jobs/in-batches.ts'
import type { Routine } from '../platform/jobs/job.ts'
import { deleteLines } from './log-store.ts'

const KEPT_DAYS = 90

/** Whom a device has seen is nobody's business after 90 days, by the clock of the tenant. */
export const decisionLogRetention: Routine = {
  kind: 'ROUTINE',
  name: 'device-access-log',
  every: Temporal.Duration.from({ hours: 24 }),
  run: ({ database }, tenantId, now) =>
    inBatches(database, tenantId, (tx, size) =>
      deleteLines(tx, tenantId, now.subtract({ hours: 24 * KEPT_DAYS }), size),
    ),
}
