import { sql } from 'drizzle-orm'
import { boolean, check, index, integer, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { customers } from '../customers/customer-table.ts'
import { plainDate, ref } from '../platform/database/columns.ts'
import { aggregateTable, belongsTo, byReference } from '../platform/database/tenant-table.ts'
import { studios } from '../studios/tables.ts'

export const termUnits = ['DAY', 'WEEK', 'MONTH', 'YEAR'] as const

/** What contingents are counted in: tenant-wide, so that they work across studios. */
export const services = aggregateTable('services', {
  name: text('name').notNull(),
  kind: text('kind', { enum: ['APPOINTMENT', 'CLASS', 'USAGE'] }).notNull(),
})

/**
 * How often a customer may use a service. RATE and MODULE rows follow their contract, the others come from staff. The
 * references to contracts, which come after this module, stand in the migration.
 */
export const entitlements = aggregateTable(
  'entitlements',
  {
    customerId: ref('customer_id').notNull(),
    serviceId: ref('service_id').notNull(),
    source: text('source', { enum: ['RATE', 'MODULE', 'GRANT', 'PACKAGE'] }).notNull(),
    contractId: ref('contract_id'),
    /** MODULE: the module contract whose end it shares. */
    subContractId: ref('sub_contract_id'),
    quantity: integer('quantity'),
    periodValue: integer('period_value'),
    periodUnit: text('period_unit', { enum: termUnits }),
    /** Start of the first period; the k-th starts at anchor + k periods. */
    anchor: plainDate('anchor').notNull(),
    validFrom: plainDate('valid_from').notNull(),
    validTo: plainDate('valid_to'),
    crossStudio: boolean('cross_studio').notNull().default(false),
    homeStudioId: ref('home_studio_id').notNull(),
  },
  (t) => [
    index('entitlements_customer').on(t.tenantId, t.customerId, t.serviceId),
    index('entitlements_contract').on(t.tenantId, t.contractId),
    check('entitlements_quantity_counted', sql`${t.quantity} >= 0`),
    belongsTo(t, t.customerId, customers),
    belongsTo(t, t.serviceId, services),
    belongsTo(t, t.homeStudioId, studios),
    byReference(t, t.subContractId),
  ],
)

/** One use by a booking. The reference to `bookings`, which come after this module, stands in the migration. */
export const entitlementUsages = aggregateTable(
  'entitlement_usages',
  {
    entitlementId: ref('entitlement_id').notNull(),
    bookingId: ref('booking_id').notNull(),
    serviceDate: plainDate('service_date').notNull(),
    periodStart: plainDate('period_start').notNull(),
    state: text('state', { enum: ['RESERVED', 'CONSUMED', 'RELEASED'] }).notNull(),
  },
  (t) => [
    uniqueIndex('entitlement_usages_one_per_booking').on(t.tenantId, t.bookingId).where(sql`${t.state} <> 'RELEASED'`),
    index('entitlement_usages_period').on(t.tenantId, t.entitlementId, t.periodStart),
    belongsTo(t, t.entitlementId, entitlements),
    byReference(t, t.bookingId),
  ],
)
