import { integer, primaryKey } from 'drizzle-orm/pg-core'
import { instant, ref } from '../../platform/database/columns.ts'
import { belongsTo, keyedTable } from '../../platform/database/tenant-table.ts'
import { customers } from '../customer-table.ts'

/** Dynamic codes that a device has taken where codes count once; a row is of no use once its code is out of date. */
export const accessCodeUses = keyedTable(
  'access_code_uses',
  {
    customerId: ref('customer_id').notNull(),
    /** Half minutes since 1970. */
    step: integer('step').notNull(),
    /** Devices belong to a module above. */
    deviceId: ref('device_id').notNull(),
    usedAt: instant('used_at').notNull(),
  },
  (t) => [
    // The step first: what is out of date is one stretch of the index.
    primaryKey({ name: 'access_code_uses_pk', columns: [t.tenantId, t.step, t.customerId, t.deviceId] }),
    belongsTo(t, t.customerId, customers),
  ],
)
