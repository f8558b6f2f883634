import { type Chore, forEachTenant, inBatches } from '../../platform/process/chore.ts'
import { stepAt } from './dynamic-code.ts'
import { deleteCodeUses } from './identification-store.ts'

const BATCH = 5000

/** Uses of access codes are forgotten once no device would take the codes any more. */
export const accessCodeRetention: Chore = {
  name: 'access-code-uses',
  cron: '35 * * * *',
  run: (platform) =>
    forEachTenant(platform, (tenantId, now) =>
      inBatches(BATCH, (size) =>
        platform.database.transaction(tenantId, (tx) => deleteCodeUses(tx, tenantId, stepAt(now) - 1, size)),
      ),
    ),
}
