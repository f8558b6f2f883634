import { type Chore, forEachTenant, inBatches } from '../process/chore.ts'
import { deleteSettledMails } from './mail-store.ts'

const KEPT_HOURS = 30 * 24
const BATCH = 1000

/** Mails are forgotten a month after it was settled what became of them; the text of those that were sent is gone at once. */
export const mailRetention: Chore = {
  name: 'outgoing-mails',
  cron: '25 * * * *',
  run: (platform) =>
    forEachTenant(platform, (tenantId) =>
      inBatches(BATCH, (size) =>
        platform.database.transaction(tenantId, (tx) =>
          deleteSettledMails(tx, platform.real.now().subtract({ hours: KEPT_HOURS }), size),
        ),
      ),
    ),
}
