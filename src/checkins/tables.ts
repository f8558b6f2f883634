import { sql } from 'drizzle-orm'
import { check, index, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { accessMediums } from '../customers/tables.ts'
import { customers } from '../customers/customer-table.ts'
import { contracts } from '../contracts/tables.ts'
import { onlineOfferPurchases } from '../online-offers/tables.ts'
import { instant, ref } from '../platform/database/columns.ts'
import { belongsTo, byReference, tenantTable } from '../platform/database/tenant-table.ts'
import { studios } from '../studios/tables.ts'

/** A visit. `device_id` gets its reference with `devices`. */
export const checkIns = tenantTable(
  'check_ins',
  {
    customerId: ref('customer_id').notNull(),
    studioId: ref('studio_id').notNull(),
    checkedInAt: instant('checked_in_at').notNull(),
    checkedOutAt: instant('checked_out_at'),
    inSource: text('in_source', { enum: ['DEVICE', 'STAFF', 'CLASS', 'API'] }).notNull(),
    outSource: text('out_source', { enum: ['DEVICE', 'STAFF', 'API', 'AUTOMATIC', 'SUPERSEDED'] }),
    deviceId: ref('device_id'),
    accessMediumId: ref('access_medium_id'),
    passId: ref('pass_id'),
    contractId: ref('contract_id'),
  },
  (t) => [
    uniqueIndex('check_ins_one_open_visit').on(t.tenantId, t.customerId).where(sql`${t.checkedOutAt} is null`),
    index('check_ins_customer').on(t.tenantId, t.customerId, t.checkedInAt, t.id),
    index('check_ins_studio').on(t.tenantId, t.studioId, t.checkedInAt),
    index('check_ins_open').on(t.tenantId, t.studioId, t.checkedInAt).where(sql`${t.checkedOutAt} is null`),
    check('check_ins_end_has_source', sql`(${t.checkedOutAt} is null) = (${t.outSource} is null)`),
    check('check_ins_order', sql`${t.checkedInAt} <= ${t.checkedOutAt}`),
    belongsTo(t, t.customerId, customers),
    belongsTo(t, t.studioId, studios),
    belongsTo(t, t.accessMediumId, accessMediums),
    byReference(t, t.accessMediumId),
    belongsTo(t, t.passId, onlineOfferPurchases),
    byReference(t, t.passId),
    belongsTo(t, t.contractId, contracts),
    byReference(t, t.contractId),
  ],
)
