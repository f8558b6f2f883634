import { sql } from 'drizzle-orm'
import { boolean, check, index, integer, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { bookableAppointments } from '../appointments/tables.ts'
import { bookingTermUnits } from '../bookings/tables.ts'
import { classes } from '../classes/tables.ts'
import { modeColumns } from '../leads/tables.ts'
import { ref } from '../platform/database/columns.ts'
import { aggregateTable, belongsTo, tenantTable } from '../platform/database/tenant-table.ts'
import { studios } from '../studios/tables.ts'

/**
 * The rules under which prospects try what is assigned to them. Never deleted: old bookings must stay explainable.
 * `lead_data_config_id` is what the API calls the four modes together.
 */
export const trialOfferConfigs = aggregateTable(
  'trial_offer_configs',
  {
    studioId: ref('studio_id').notNull(),
    name: text('name').notNull(),
    active: boolean('active').notNull().default(true),
    /** Trials per person. */
    contingent: integer('contingent').notNull(),
    /** Minimum distance between two trials of one person; 0 = none. */
    preventMultipleTermValue: integer('prevent_multiple_term_value').notNull().default(0),
    preventMultipleTermUnit: text('prevent_multiple_term_unit', { enum: ['DAY', 'WEEK', 'MONTH', 'YEAR'] })
      .notNull()
      .default('DAY'),
    /** How long before its start a trial must be confirmed; null = never. */
    confirmationTermValue: integer('confirmation_term_value'),
    confirmationTermUnit: text('confirmation_term_unit', { enum: bookingTermUnits }),
    /** Any prospect may try; otherwise only those whom the operation for trial leads created for this very config. */
    allowBookingForLeads: boolean('allow_booking_for_leads').notNull().default(true),
    leadDataConfigId: ref('lead_data_config_id').notNull().default(sql`nextval('palestra_id')`),
    ...modeColumns(),
  },
  (t) => [
    index('trial_offer_configs_studio').on(t.tenantId, t.studioId),
    check('trial_offer_configs_contingent_positive', sql`${t.contingent} >= 1`),
    belongsTo(t, t.studioId, studios),
  ],
)

/** What a config offers: a class or a bookable, each in one config only, because a booking does not name the config. */
export const trialOfferAssignments = tenantTable(
  'trial_offer_assignments',
  {
    studioId: ref('studio_id').notNull(),
    configId: ref('config_id').notNull(),
    classId: ref('class_id'),
    bookableId: ref('bookable_id'),
  },
  (t) => [
    uniqueIndex('trial_offer_assignments_class_unique').on(t.tenantId, t.classId),
    uniqueIndex('trial_offer_assignments_bookable_unique').on(t.tenantId, t.bookableId),
    index('trial_offer_assignments_config').on(t.tenantId, t.configId),
    check('trial_offer_assignments_one_thing', sql`num_nonnulls(${t.classId}, ${t.bookableId}) = 1`),
    belongsTo(t, t.studioId, studios),
    belongsTo(t, t.configId, trialOfferConfigs),
    belongsTo(t, t.classId, classes),
    belongsTo(t, t.bookableId, bookableAppointments),
  ],
)
