import { type Chore, forEachTenant, inBatches } from '../platform/process/chore.ts'
import { expirePurchases } from './vending/vending-store.ts'

const BATCH = 1000

/** Marks purchases that time has ended and that nobody came back to. */
export const purchaseSweeper: Chore = {
  name: 'vending-transactions',
  cron: '* * * * *',
  run: (platform) =>
    forEachTenant(platform, (tenantId, now) =>
      inBatches(BATCH, (size) => platform.database.transaction(tenantId, (tx) => expirePurchases(tx, now, size))),
    ),
}
