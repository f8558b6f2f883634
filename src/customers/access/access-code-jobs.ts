import { inBatches } from '../../platform/jobs/in-batches.ts'
import type { Routine } from '../../platform/jobs/job.ts'
import { stepAt } from './dynamic-code.ts'
import { deleteCodeUses } from './identification-store.ts'

/** Uses of access codes are forgotten once no device would take the codes any more. */
export const accessCodeRetention: Routine = {
  kind: 'ROUTINE',
  name: 'access-code-uses',
  every: Temporal.Duration.from({ hours: 1 }),
  run: ({ database }, tenantId, now) =>
    inBatches(database, tenantId, (tx, size) => deleteCodeUses(tx, tenantId, stepAt(now) - 1, size)),
}
