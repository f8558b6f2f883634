import { sql } from 'drizzle-orm'
import { boolean, check, integer, numeric, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { termUnits } from '../entitlements/tables.ts'
import { instant, money, plainDate, ref } from '../platform/database/columns.ts'
import { aggregateTable, belongsTo, byReference, keyedTable, tenantTable } from '../platform/database/tenant-table.ts'
import { studios } from '../studios/tables.ts'
import { membershipOffers } from './offer-tables.ts'

const percent = (name: string) => numeric(name, { precision: 7, scale: 4 })

/** An employer that pays a part of its people's memberships. */
export const companies = aggregateTable('companies', {
  name: text('name').notNull(),
  street: text('street'),
  zipCode: text('zip_code'),
  city: text('city'),
  countryCode: text('country_code'),
})

/** What a code changes about a membership when it is signed: a discount, account credit, or a company that pays a part. */
export const membershipVouchers = aggregateTable(
  'membership_vouchers',
  {
    type: text('type', { enum: ['DISCOUNT', 'CREDIT', 'COMPANY_FEE_SPLIT', 'CONTRACT'] }).notNull(),
    remarks: text('remarks'),
    validFrom: plainDate('valid_from'),
    validTo: plainDate('valid_to'),
    /** Of all codes together; null = any number. */
    maxRedemptions: integer('max_redemptions'),
    redeemed: integer('redeemed').notNull().default(0),
    newCustomersOnly: boolean('new_customers_only').notNull().default(false),
    creditValue: money('credit_value'),
    companyId: ref('company_id'),
    companySplitType: text('company_split_type', { enum: ['PERCENTAGE', 'ABSOLUTE'] }),
    companySplitPercentage: percent('company_split_percentage'),
    companySplitAmount: money('company_split_amount'),
    appliesRate: boolean('applies_rate').notNull().default(true),
    appliesPreuse: boolean('applies_preuse').notNull().default(false),
    appliesModules: boolean('applies_modules').notNull().default(false),
    omitStarterPackage: boolean('omit_starter_package').notNull().default(false),
    flatFeeIdentifiers: text('flat_fee_identifiers').array().notNull().default([]),
    /** Free time that it grants besides. */
    bonusValue: integer('bonus_value'),
    bonusUnit: text('bonus_unit', { enum: termUnits }),
    bonusStrategy: text('bonus_strategy', {
      enum: ['CONTRACT_START', 'FIXED', 'END_OF_CURRENT_TERM', 'START_OF_NEXT_TERM'],
    }),
    bonusFixedDate: plainDate('bonus_fixed_date'),
    bonusRuntimeExtensionType: text('bonus_runtime_extension_type', { enum: ['WITH_EXTENSION', 'WITHOUT_EXTENSION'] }),
    bonusExtendsCancelationPeriod: boolean('bonus_extends_cancelation_period').notNull().default(true),
  },
  (t) => [
    check('membership_vouchers_redeemed_counted', sql`0 <= ${t.redeemed} and ${t.redeemed} <= ${t.maxRedemptions}`),
    check('membership_vouchers_dates_ordered', sql`${t.validFrom} <= ${t.validTo}`),
    check('membership_vouchers_credit_given', sql`(${t.type} = 'CREDIT') = (${t.creditValue} is not null)`),
    check(
      'membership_vouchers_company_given',
      sql`(${t.type} = 'COMPANY_FEE_SPLIT') = (num_nonnulls(${t.companyId}, ${t.companySplitType}) = 2)`,
    ),
    check(
      'membership_vouchers_bonus_complete',
      sql`num_nonnulls(${t.bonusValue}, ${t.bonusStrategy}, ${t.bonusRuntimeExtensionType}) in (0, 3)`,
    ),
    belongsTo(t, t.companyId, companies),
  ],
)

/** Folded text of a code that a customer types; upper and lower case are the same. */
export const membershipVoucherCodes = tenantTable(
  'membership_voucher_codes',
  {
    voucherId: ref('voucher_id').notNull(),
    code: text('code').notNull(),
    maxRedemptions: integer('max_redemptions').notNull().default(1),
    redeemed: integer('redeemed').notNull().default(0),
  },
  (t) => [
    uniqueIndex('membership_voucher_codes_unique').on(t.tenantId, sql`upper(${t.code})`),
    check('membership_voucher_codes_counted', sql`0 <= ${t.redeemed} and ${t.redeemed} <= ${t.maxRedemptions}`),
    belongsTo(t, t.voucherId, membershipVouchers),
  ],
)

/** The offers that a voucher is for; without a row all offers. */
export const membershipVoucherOffers = keyedTable(
  'membership_voucher_offers',
  { voucherId: ref('voucher_id').notNull(), offerId: ref('offer_id').notNull() },
  (t) => [
    primaryKey({ name: 'membership_voucher_offers_pk', columns: [t.tenantId, t.voucherId, t.offerId] }),
    belongsTo(t, t.voucherId, membershipVouchers),
    belongsTo(t, t.offerId, membershipOffers),
  ],
)

/** The studios in which a voucher counts; without a row all studios. */
export const membershipVoucherStudios = keyedTable(
  'membership_voucher_studios',
  { voucherId: ref('voucher_id').notNull(), studioId: ref('studio_id').notNull() },
  (t) => [
    primaryKey({ name: 'membership_voucher_studios_pk', columns: [t.tenantId, t.voucherId, t.studioId] }),
    belongsTo(t, t.voucherId, membershipVouchers),
    belongsTo(t, t.studioId, studios),
  ],
)

/** The discount windows of a voucher, one after the other. Only the last may have no length of its own. */
export const voucherDiscountPeriods = tenantTable(
  'voucher_discount_periods',
  {
    voucherId: ref('voucher_id').notNull(),
    seq: integer('seq').notNull(),
    type: text('type', { enum: ['PERCENTAGE', 'ABSOLUTE'] }).notNull(),
    percentage: percent('percentage'),
    amount: money('amount'),
    effective: text('effective', { enum: ['UNLIMITED', 'INITIAL_TERM', 'TIME_BASED'] }).notNull(),
    termValue: integer('term_value'),
    termUnit: text('term_unit', { enum: termUnits }),
  },
  (t) => [
    uniqueIndex('voucher_discount_periods_seq').on(t.tenantId, t.voucherId, t.seq),
    check('voucher_discount_periods_percentage', sql`(${t.type} = 'PERCENTAGE') = (${t.percentage} is not null)`),
    check('voucher_discount_periods_amount', sql`(${t.type} = 'ABSOLUTE') = (${t.amount} is not null)`),
    check('voucher_discount_periods_within', sql`${t.percentage} between 0 and 100 and ${t.amount} >= 0`),
    check('voucher_discount_periods_timed', sql`(${t.effective} = 'TIME_BASED') = (${t.termValue} is not null)`),
    belongsTo(t, t.voucherId, membershipVouchers),
  ],
)

/** What a code was used for. `contract_id` gets its reference with the contracts, which come after this module. */
export const membershipVoucherRedemptions = tenantTable(
  'membership_voucher_redemptions',
  {
    codeId: ref('code_id').notNull(),
    contractId: ref('contract_id').notNull(),
    redeemedAt: instant('redeemed_at').notNull(),
  },
  (t) => [
    uniqueIndex('membership_voucher_redemptions_contract').on(t.tenantId, t.contractId),
    belongsTo(t, t.codeId, membershipVoucherCodes),
    byReference(t, t.codeId),
  ],
)
