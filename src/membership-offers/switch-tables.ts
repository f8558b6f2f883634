import { boolean, index, integer, primaryKey, text } from 'drizzle-orm/pg-core'
import { ref } from '../platform/database/columns.ts'
import { aggregateTable, belongsTo, keyedTable } from '../platform/database/tenant-table.ts'
import { files } from '../platform/tables.ts'
import { studios } from '../studios/tables.ts'
import { membershipOffers } from './offer-tables.ts'
import { rates } from './rate-tables.ts'

/** A way from some rates to other offers, which members may go without canceling first. */
export const membershipSwitchConfigs = aggregateTable(
  'membership_switch_configs',
  {
    name: text('name').notNull(),
    bannerText: text('banner_text'),
    imageKey: ref('image_key'),
    /** When the new contract may start. */
    startRule: text('start_rule', { enum: ['ANY_DAY', 'NEXT_BILLING_PERIOD', 'NEXT_TERM'] })
      .notNull()
      .default('ANY_DAY'),
    /** KEEP_MIN_END: the new initial term ends no earlier than the old one. */
    termHandling: text('term_handling', { enum: ['RESTART', 'KEEP_MIN_END'] })
      .notNull()
      .default('RESTART'),
    chargeStarterPackage: boolean('charge_starter_package').notNull().default(false),
    carryAdditionalModules: boolean('carry_additional_modules').notNull().default(false),
    active: boolean('active').notNull().default(true),
  },
  (t) => [belongsTo(t, t.imageKey, files)],
)

/** The rates that members come from. */
export const membershipSwitchSources = keyedTable(
  'membership_switch_sources',
  { configId: ref('config_id').notNull(), rateId: ref('rate_id').notNull() },
  (t) => [
    primaryKey({ name: 'membership_switch_sources_pk', columns: [t.tenantId, t.configId, t.rateId] }),
    belongsTo(t, t.configId, membershipSwitchConfigs),
    belongsTo(t, t.rateId, rates),
  ],
)

/** The offers that they may go to; they need not be published. */
export const membershipSwitchDestinations = keyedTable(
  'membership_switch_destinations',
  { configId: ref('config_id').notNull(), offerId: ref('offer_id').notNull(), position: integer('position').notNull() },
  (t) => [
    primaryKey({ name: 'membership_switch_destinations_pk', columns: [t.tenantId, t.configId, t.offerId] }),
    belongsTo(t, t.configId, membershipSwitchConfigs),
    belongsTo(t, t.offerId, membershipOffers),
  ],
)

/** Where the way is open. */
export const membershipSwitchStudios = keyedTable(
  'membership_switch_studios',
  { configId: ref('config_id').notNull(), studioId: ref('studio_id').notNull() },
  (t) => [
    primaryKey({ name: 'membership_switch_studios_pk', columns: [t.tenantId, t.configId, t.studioId] }),
    index('membership_switch_studios_studio').on(t.tenantId, t.studioId),
    belongsTo(t, t.configId, membershipSwitchConfigs),
    belongsTo(t, t.studioId, studios),
  ],
)
