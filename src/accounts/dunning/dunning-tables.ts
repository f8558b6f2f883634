import { sql } from 'drizzle-orm'
import { boolean, check, index, integer, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { customers } from '../../customers/customer-table.ts'
import { currency, money, plainDate, ref } from '../../platform/database/columns.ts'
import { aggregateTable, belongsTo, byReference, tenantTable } from '../../platform/database/tenant-table.ts'
import { studios } from '../../studios/tables.ts'
import { debtClaims } from '../claim-tables.ts'
import { legalEntities } from '../legal-entities/legal-entity-tables.ts'

/** A stage of reminders of a studio, from 1 upward. */
export const dunningLevels = aggregateTable(
  'dunning_levels',
  {
    studioId: ref('studio_id').notNull(),
    no: integer('no').notNull(),
    /** As partners and customers read it. */
    name: text('name').notNull(),
    /** Days that the oldest claim must be overdue. */
    daysOverdue: integer('days_overdue').notNull(),
    /** Days since the level before. */
    minDaysSincePrevious: integer('min_days_since_previous').notNull().default(1),
    /** What must be overdue in all. */
    minOpen: money('min_open').notNull().default('0'),
    fee: money('fee').notNull().default('0'),
    currency: currency('currency').notNull(),
    /** Whether who reaches it is kept out. */
    restrictAccess: boolean('restrict_access').notNull().default(false),
    /** Nobody reaches a level that is off; who has it keeps it. */
    active: boolean('active').notNull().default(true),
  },
  (t) => [
    uniqueIndex('dunning_levels_no_unique').on(t.tenantId, t.studioId, t.no),
    check('dunning_levels_no_counted', sql`${t.no} between 1 and 9`),
    check('dunning_levels_days_counted', sql`${t.daysOverdue} >= 1 and ${t.minDaysSincePrevious} >= 1`),
    check('dunning_levels_amounts_positive', sql`${t.minOpen} >= 0 and ${t.fee} >= 0`),
    belongsTo(t, t.studioId, studios),
  ],
)

/** A reminder: a customer reached a level. A cycle ends when nothing is overdue any more; the next one counts anew. */
export const dunningNotices = tenantTable(
  'dunning_notices',
  {
    customerId: ref('customer_id').notNull(),
    entityId: ref('entity_id').notNull(),
    levelId: ref('level_id').notNull(),
    cycle: integer('cycle').notNull(),
    /** Local date of the studio. */
    dunnedOn: plainDate('dunned_on').notNull(),
    overdueAmount: money('overdue_amount').notNull(),
    currency: currency('currency').notNull(),
    feeClaimId: ref('fee_claim_id'),
  },
  (t) => [
    uniqueIndex('dunning_notices_once_a_cycle').on(t.tenantId, t.customerId, t.entityId, t.levelId, t.cycle),
    index('dunning_notices_level').on(t.tenantId, t.levelId),
    belongsTo(t, t.customerId, customers),
    belongsTo(t, t.entityId, legalEntities),
    belongsTo(t, t.levelId, dunningLevels),
    belongsTo(t, t.feeClaimId, debtClaims),
    byReference(t, t.feeClaimId),
  ],
)
