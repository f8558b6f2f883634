import { inBatches } from '../platform/jobs/in-batches.ts'
import type { Routine } from '../platform/jobs/job.ts'
import { expirePurchases } from './vending/vending-store.ts'

/** Marks purchases that time has ended and that nobody came back to. */
export const purchaseSweeper: Routine = {
  kind: 'ROUTINE',
  name: 'vending-transactions',
  every: Temporal.Duration.from({ minutes: 1 }),
  run: ({ database }, tenantId, now) => inBatches(database, tenantId, (tx, size) => expirePurchases(tx, now, size)),
}
