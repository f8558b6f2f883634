import { type Chore, forEachTenant, inBatches } from '../../platform/process/chore.ts'
import { deleteAccessLines } from './access-log-store.ts'

const KEPT_HOURS = 90 * 24
const BATCH = 5000

/** Who looked at whom is kept for ninety days. */
export const accessLogRetention: Chore = {
  name: 'customer-access-log',
  cron: '20 3 * * *',
  run: (platform) =>
    forEachTenant(platform, (tenantId, now) =>
      inBatches(BATCH, (size) =>
        platform.database.transaction(tenantId, (tx) =>
          deleteAccessLines(tx, tenantId, now.subtract({ hours: KEPT_HOURS }), size),
        ),
      ),
    ),
}
