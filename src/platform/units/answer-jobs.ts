import { inBatches } from '../jobs/in-batches.ts'
import type { Routine } from '../jobs/job.ts'
import { deleteExpiredAnswers } from './answer-store.ts'

/** Forgets the answers that were kept for repeated requests, once they have expired by the tenant's clock. */
export const answerRetention: Routine = {
  kind: 'ROUTINE',
  name: 'idempotency-records',
  every: Temporal.Duration.from({ minutes: 15 }),
  run: ({ database }, tenantId, now) =>
    inBatches(database, tenantId, (tx, size) => deleteExpiredAnswers(tx, tenantId, now, size)),
}
