import type { Logger } from 'pino'
import type { Database } from '../database/database.ts'
import { Loop, type Worker } from '../jobs/worker.ts'
import type { RealTime } from '../time/clock.ts'
import { sealAuditLogs } from './sealing.ts'

const SEAL_EVERY_MS = 10_000

export interface SealerDeps {
  readonly database: Database
  readonly real: RealTime
  readonly log: Logger
}

/**
 * Seals on every node; a lock per tenant lets one node seal at a time. It is a worker and no routine, because one
 * statement finds the tenants that have something to seal, and the others cost nothing.
 */
export function auditSealer({ database, real, log }: SealerDeps): Worker {
  const options = { everyMs: SEAL_EVERY_MS, log, complaint: 'sealing the audit log failed' }
  return new Loop(options, () => sealAuditLogs(database, real.now))
}
