import { sql } from 'drizzle-orm'
import { boolean, check, index, integer, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { accessMediums } from '../customers/tables.ts'
import { customers } from '../customers/customer-table.ts'
import { termUnits } from '../entitlements/tables.ts'
import { onlineOfferPurchases, onlineOffers } from '../online-offers/tables.ts'
import { bytes, plainDate, ref } from '../platform/database/columns.ts'
import { aggregateTable, belongsTo, byReference, tenantTable } from '../platform/database/tenant-table.ts'

/**
 * A batch of vouchers: where and when they are redeemed, and for which online offers. Both dates are inclusive and
 * count in the studio of the redemption. Its offers and studios stand in arrays, as there are few and all are read.
 */
export const checkinVoucherCampaigns = aggregateTable(
  'checkin_voucher_campaigns',
  {
    name: text('name').notNull(),
    /** The five characters that its codes begin with. */
    prefix: text('prefix').notNull(),
    validFrom: plainDate('valid_from').notNull(),
    validTo: plainDate('valid_to').notNull(),
    studioIds: ref('studio_ids').array().notNull(),
    offerIds: ref('offer_ids').array().notNull(),
    defaultOfferId: ref('default_offer_id').notNull(),
    maxPerPerson: integer('max_per_person').notNull().default(1),
    membersAllowed: boolean('members_allowed').notNull().default(false),
    /** How long the pass lasts; null = as long as the offer says. */
    passValidityValue: integer('pass_validity_value'),
    passValidityUnit: text('pass_validity_unit', { enum: termUnits }),
    active: boolean('active').notNull().default(true),
  },
  (t) => [
    uniqueIndex('checkin_voucher_campaigns_prefix_unique').on(t.tenantId, t.prefix),
    check('checkin_voucher_campaigns_prefix_form', sql`${t.prefix} ~ '^[A-Z0-9]{5}$'`),
    check('checkin_voucher_campaigns_dates_ordered', sql`${t.validFrom} <= ${t.validTo}`),
    check('checkin_voucher_campaigns_person_counted', sql`${t.maxPerPerson} >= 1`),
    check('checkin_voucher_campaigns_default_offered', sql`${t.defaultOfferId} = any(${t.offerIds})`),
    belongsTo(t, t.defaultOfferId, onlineOffers),
  ],
)

/** A code, found by its keyed hash and shown from its seal. */
export const checkinVouchers = aggregateTable(
  'checkin_vouchers',
  {
    campaignId: ref('campaign_id').notNull(),
    codeHash: bytes('code_hash').notNull(),
    codeEnc: bytes('code_enc').notNull(),
    maxRedemptions: integer('max_redemptions').notNull().default(1),
    redeemed: integer('redeemed').notNull().default(0),
    active: boolean('active').notNull().default(true),
  },
  (t) => [
    uniqueIndex('checkin_vouchers_code_unique').on(t.tenantId, t.codeHash),
    index('checkin_vouchers_campaign').on(t.tenantId, t.campaignId, t.id),
    check('checkin_vouchers_never_overdrawn', sql`${t.redeemed} between 0 and ${t.maxRedemptions}`),
    belongsTo(t, t.campaignId, checkinVoucherCampaigns),
  ],
)

/** Who redeemed which voucher, and got which pass and code for it. */
export const checkinVoucherRedemptions = tenantTable(
  'checkin_voucher_redemptions',
  {
    voucherId: ref('voucher_id').notNull(),
    customerId: ref('customer_id').notNull(),
    /** Keyed hash of the folded names and e-mail address. */
    personHash: bytes('person_hash').notNull(),
    passId: ref('pass_id').notNull(),
    accessMediumId: ref('access_medium_id').notNull(),
  },
  (t) => [
    uniqueIndex('checkin_voucher_redemptions_once').on(t.tenantId, t.voucherId, t.personHash),
    uniqueIndex('checkin_voucher_redemptions_pass').on(t.tenantId, t.passId),
    index('checkin_voucher_redemptions_person').on(t.tenantId, t.personHash),
    index('checkin_voucher_redemptions_customer').on(t.tenantId, t.customerId),
    belongsTo(t, t.voucherId, checkinVouchers),
    belongsTo(t, t.customerId, customers),
    belongsTo(t, t.passId, onlineOfferPurchases),
    belongsTo(t, t.accessMediumId, accessMediums),
    byReference(t, t.accessMediumId),
  ],
)
