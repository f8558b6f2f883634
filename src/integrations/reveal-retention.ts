import type { Tx } from '../platform/database/database.ts'
import { type Chore, forEachTenant, inBatches } from '../platform/process/chore.ts'
import { deleteReveals, forgetExpired } from './reveal-store.ts'

/** So long a link that is over is still told from one that never was. */
const KNOWN_DAYS = 90
const BATCH = 1000

/** Forgets the keys behind links that have expired by the clock of their tenant, and later the links themselves. */
export const revealRetention: Chore = {
  name: 'key-reveals',
  cron: '*/10 * * * *',
  run: (platform) =>
    forEachTenant(platform, async (tenantId, now) => {
      const tidy = (some: (tx: Tx, size: number) => Promise<number>) =>
        inBatches(BATCH, (size) => platform.database.transaction(tenantId, (tx) => some(tx, size)))
      const before = now.subtract({ hours: 24 * KNOWN_DAYS })
      const forgotten = await tidy((tx, size) => forgetExpired(tx, now, size))
      return forgotten + (await tidy((tx, size) => deleteReveals(tx, before, size)))
    }),
}
