import type { Routine } from '../jobs/job.ts'
import { expireAuditLog } from './sealing.ts'

const HOURS_PER_YEAR = 8766

/** Audit rows leave with their whole seal, after the years that the operator keeps them. */
export const auditRetention: Routine = {
  kind: 'ROUTINE',
  name: 'audit-retention',
  every: Temporal.Duration.from({ hours: 24 }),
  run: ({ config, database, real }, tenantId) =>
    expireAuditLog(database, tenantId, real.now().subtract({ hours: config.auditRetentionYears * HOURS_PER_YEAR })),
}
