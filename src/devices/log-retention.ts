import { type Chore, forEachTenant, inBatches } from '../platform/process/chore.ts'
import { deleteLines } from './log-store.ts'

const KEPT_DAYS = 90
const BATCH = 2000

/** Whom a device has seen is nobody's business after 90 days, by the clock of the tenant. */
export const decisionLogRetention: Chore = {
  name: 'device-access-log',
  cron: '20 3 * * *',
  run: (platform) =>
    forEachTenant(platform, (tenantId, now) =>
      inBatches(BATCH, (size) =>
        platform.database.transaction(tenantId, (tx) =>
          deleteLines(tx, tenantId, now.subtract({ hours: 24 * KEPT_DAYS }), size),
        ),
      ),
    ),
}
