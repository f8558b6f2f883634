import { sql } from 'drizzle-orm'
import { boolean, check, index, integer, numeric, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { paymentChoices } from '../accounts/tables.ts'
import { termUnits } from '../entitlements/tables.ts'
import { money, plainDate, ref } from '../platform/database/columns.ts'
import { aggregateTable, belongsTo, keyedTable, tenantTable } from '../platform/database/tenant-table.ts'
import { files } from '../platform/tables.ts'
import { openingHourCategories, studios } from '../studios/tables.ts'
import { rates } from './rate-tables.ts'

const percent = (name: string) => numeric(name, { precision: 7, scale: 4 })
const term = <N extends string>(name: N) => ({
  value: integer(`${name}_value`),
  unit: text(`${name}_unit`, { enum: termUnits }),
})

/** What is sold: one rate with texts, modules and payment choices, in one or more terms. */
export const membershipOffers = aggregateTable(
  'membership_offers',
  {
    rateId: ref('rate_id').notNull(),
    name: text('name').notNull(),
    description: text('description').notNull(),
    subDescription: text('sub_description'),
    footnote: text('footnote'),
    imageKey: ref('image_key'),
    preUseType: text('pre_use_type', { enum: ['NOT_AVAILABLE', 'CHARGEABLE', 'FREE'] })
      .notNull()
      .default('NOT_AVAILABLE'),
    /** First and last day on which it may be signed; both or neither. */
    limitedFrom: plainDate('limited_from'),
    limitedTo: plainDate('limited_to'),
    signaturesRequired: boolean('signatures_required').notNull().default(false),
    /** How many of the selectable modules a member may choose. */
    maxSelectable: integer('max_selectable').notNull().default(0),
    openingHourCategoryId: ref('opening_hour_category_id'),
    /** Age at the start of the contract; both inclusive. */
    minAge: integer('min_age'),
    maxAge: integer('max_age'),
    active: boolean('active').notNull().default(true),
  },
  (t) => [
    check('membership_offers_limit_whole', sql`num_nonnulls(${t.limitedFrom}, ${t.limitedTo}) in (0, 2)`),
    check('membership_offers_limit_ordered', sql`${t.limitedFrom} <= ${t.limitedTo}`),
    check('membership_offers_selectable_counted', sql`${t.maxSelectable} >= 0`),
    check('membership_offers_ages_ordered', sql`${t.minAge} <= ${t.maxAge}`),
    belongsTo(t, t.rateId, rates),
    belongsTo(t, t.imageKey, files),
    belongsTo(t, t.openingHourCategoryId, openingHourCategories),
  ],
)

export const offerPaymentChoices = keyedTable(
  'offer_payment_choices',
  { offerId: ref('offer_id').notNull(), choice: text('choice', { enum: paymentChoices }).notNull() },
  (t) => [
    primaryKey({ name: 'offer_payment_choices_pk', columns: [t.tenantId, t.offerId, t.choice] }),
    belongsTo(t, t.offerId, membershipOffers),
  ],
)

/** Where an offer is sold: OPEN_API is what partners list. */
export const offerPublications = keyedTable(
  'offer_publications',
  {
    studioId: ref('studio_id').notNull(),
    offerId: ref('offer_id').notNull(),
    channel: text('channel', { enum: ['OPEN_API'] }).notNull(),
    position: integer('position').notNull(),
  },
  (t) => [
    primaryKey({ name: 'offer_publications_pk', columns: [t.tenantId, t.studioId, t.offerId, t.channel] }),
    index('offer_publications_order').on(t.tenantId, t.studioId, t.channel, t.position),
    belongsTo(t, t.studioId, studios),
    belongsTo(t, t.offerId, membershipOffers),
  ],
)

/** How a price becomes payments, in the currency of the studio that sells. */
export const paymentFrequencies = aggregateTable(
  'payment_frequencies',
  {
    type: text('type', { enum: ['FREE', 'NON_RECURRING', 'RECURRING', 'MONTH_DAY', 'TERM_BASED'] }).notNull(),
    termValue: term('term').value,
    termUnit: term('term').unit,
    /** Of NON_RECURRING and RECURRING ones. */
    price: money('price'),
    /** MONTH_DAY and TERM_BASED: whether the plan repeats. */
    recurring: boolean('recurring').notNull().default(false),
    paidPeriodCalc: text('paid_period_calc', { enum: ['REFERENCE_DATE', 'NORMALIZATION_ON_CALENDAR_UNIT'] })
      .notNull()
      .default('REFERENCE_DATE'),
  },
  (t) => [
    check('payment_frequencies_priced', sql`(${t.type} in ('NON_RECURRING', 'RECURRING')) = (${t.price} is not null)`),
    check('payment_frequencies_stepped', sql`(${t.type} = 'RECURRING') = (${t.termValue} is not null)`),
    check('payment_frequencies_step_positive', sql`${t.termValue} > 0`),
    check('payment_frequencies_price_counted', sql`${t.price} >= 0`),
  ],
)

/** One price of a MONTH_DAY frequency (month and day) or of a TERM_BASED one (the time that passes before it is due). */
export const paymentFrequencyEntries = tenantTable(
  'payment_frequency_entries',
  {
    paymentFrequencyId: ref('payment_frequency_id').notNull(),
    month: integer('month'),
    day: integer('day'),
    offsetValue: term('offset').value,
    offsetUnit: term('offset').unit,
    price: money('price').notNull(),
  },
  (t) => [
    uniqueIndex('payment_frequency_entries_day_once').on(t.tenantId, t.paymentFrequencyId, t.month, t.day),
    uniqueIndex('payment_frequency_entries_offset_once').on(
      t.tenantId,
      t.paymentFrequencyId,
      t.offsetValue,
      t.offsetUnit,
    ),
    check('payment_frequency_entries_one_kind', sql`num_nonnulls(${t.month}, ${t.offsetValue}) = 1`),
    check('payment_frequency_entries_day_whole', sql`num_nonnulls(${t.month}, ${t.day}) in (0, 2)`),
    check('payment_frequency_entries_date', sql`${t.month} between 1 and 12 and ${t.day} between 1 and 31`),
    check('payment_frequency_entries_price_counted', sql`${t.price} >= 0`),
    belongsTo(t, t.paymentFrequencyId, paymentFrequencies),
  ],
)

/** What members of an age pay: a percentage off the price, or a price of their own. Ages are inclusive. */
export const ageAdjustments = tenantTable(
  'age_adjustments',
  {
    paymentFrequencyId: ref('payment_frequency_id').notNull(),
    startAge: integer('start_age').notNull(),
    endAge: integer('end_age').notNull(),
    type: text('type', { enum: ['PERCENTAGE', 'ABSOLUTE'] }).notNull(),
    percentage: percent('percentage'),
    price: money('price'),
  },
  (t) => [
    index('age_adjustments_frequency').on(t.tenantId, t.paymentFrequencyId, t.startAge),
    check('age_adjustments_ages_ordered', sql`0 <= ${t.startAge} and ${t.startAge} <= ${t.endAge}`),
    check('age_adjustments_percentage', sql`(${t.type} = 'PERCENTAGE') = (${t.percentage} is not null)`),
    check('age_adjustments_price', sql`(${t.type} = 'ABSOLUTE') = (${t.price} is not null)`),
    check('age_adjustments_percentage_within', sql`${t.percentage} between 0 and 100`),
    belongsTo(t, t.paymentFrequencyId, paymentFrequencies),
  ],
)

export const dueOnSigningKinds = [
  'STARTER_PACKAGE',
  'PRE_USE',
  'FIRST_CONTRACT_FEE',
  'FIRST_MODULE_FEES',
  'FLAT_FEES_DUE_BY_START',
  'WHOLE_INITIAL_TERM',
] as const

/** One variant of an offer that can be bought. A term that was ever sold is only deactivated, never deleted. */
export const membershipOfferTerms = aggregateTable(
  'membership_offer_terms',
  {
    offerId: ref('offer_id').notNull(),
    position: integer('position').notNull(),
    termValue: term('term').value.notNull(),
    termUnit: term('term').unit.notNull(),
    paymentFrequencyId: ref('payment_frequency_id').notNull(),
    extensionType: text('extension_type', { enum: ['NONE', 'TERM_EXTENSION', 'SUBSEQUENT_RATE_DETAIL'] }).notNull(),
    extensionTermValue: term('extension_term').value,
    extensionTermUnit: term('extension_term').unit,
    extensionFixedTermValue: term('extension_fixed_term').value,
    extensionFixedTermUnit: term('extension_fixed_term').unit,
    subsequentTermId: ref('subsequent_term_id'),
    priceAfterExtension: money('price_after_extension'),
    cancelationStrategy: text('cancelation_strategy', { enum: ['TERM', 'RECEIPT_DATE'] })
      .notNull()
      .default('TERM'),
    cancelationPeriodValue: term('cancelation_period').value,
    cancelationPeriodUnit: term('cancelation_period').unit,
    extensionCancelationPeriodValue: term('extension_cancelation_period').value,
    extensionCancelationPeriodUnit: term('extension_cancelation_period').unit,
    startRule: text('start_rule', { enum: ['TODAY', 'FIRST_OF_NEXT_MONTH', 'FIXED_DATE', 'IN_DAYS'] })
      .notNull()
      .default('TODAY'),
    startDays: integer('start_days'),
    startDate: plainDate('start_date'),
    startOfUseRule: text('start_of_use_rule', { enum: ['SAME_AS_START', 'TODAY', 'FIXED_DATE'] })
      .notNull()
      .default('SAME_AS_START'),
    startOfUseDate: plainDate('start_of_use_date'),
    dueOnSigning: text('due_on_signing', { enum: dueOnSigningKinds }).array().notNull().default([]),
    ageEvaluation: text('age_evaluation', { enum: ['PERIOD_START', 'CONTRACT_START'] })
      .notNull()
      .default('PERIOD_START'),
    active: boolean('active').notNull().default(true),
  },
  (t) => [
    index('membership_offer_terms_offer').on(t.tenantId, t.offerId, t.position),
    check('membership_offer_terms_term_positive', sql`${t.termValue} > 0`),
    check(
      'membership_offer_terms_subsequent',
      sql`(${t.extensionType} = 'SUBSEQUENT_RATE_DETAIL') = (${t.subsequentTermId} is not null)`,
    ),
    check(
      'membership_offer_terms_extended',
      sql`(${t.extensionType} = 'TERM_EXTENSION') = (num_nonnulls(${t.extensionTermValue}, ${t.extensionFixedTermValue}) > 0)`,
    ),
    check('membership_offer_terms_start_days', sql`(${t.startRule} = 'IN_DAYS') = (${t.startDays} is not null)`),
    check('membership_offer_terms_start_date', sql`(${t.startRule} = 'FIXED_DATE') = (${t.startDate} is not null)`),
    check(
      'membership_offer_terms_use_date',
      sql`(${t.startOfUseRule} = 'FIXED_DATE') = (${t.startOfUseDate} is not null)`,
    ),
    belongsTo(t, t.offerId, membershipOffers),
    belongsTo(t, t.paymentFrequencyId, paymentFrequencies),
    belongsTo(t, t.subsequentTermId, t),
  ],
)

/** The price of a term in one studio, where it differs. */
export const termStudioPrices = keyedTable(
  'term_studio_prices',
  {
    termId: ref('term_id').notNull(),
    studioId: ref('studio_id').notNull(),
    paymentFrequencyId: ref('payment_frequency_id').notNull(),
  },
  (t) => [
    primaryKey({ name: 'term_studio_prices_pk', columns: [t.tenantId, t.termId, t.studioId] }),
    belongsTo(t, t.termId, membershipOfferTerms),
    belongsTo(t, t.studioId, studios),
    belongsTo(t, t.paymentFrequencyId, paymentFrequencies),
  ],
)

/** A price step that is agreed in advance. */
export const priceRules = tenantTable(
  'price_rules',
  {
    termId: ref('term_id').notNull(),
    position: integer('position').notNull(),
    type: text('type', { enum: ['RAISE', 'REDUCTION', 'NEW_BASIC_AMOUNT'] }).notNull(),
    chargeAdjustmentType: text('charge_adjustment_type', { enum: ['RELATIVE', 'ABSOLUTE', 'BASIC_AMOUNT'] }).notNull(),
    /** Percent of a RELATIVE rule, else an amount. */
    value: money('value').notNull(),
    firstAfterValue: term('first_after').value.notNull(),
    firstAfterUnit: term('first_after').unit.notNull(),
    recurrenceValue: term('recurrence').value,
    recurrenceUnit: term('recurrence').unit,
    maxOccurrences: integer('max_occurrences'),
  },
  (t) => [
    uniqueIndex('price_rules_position').on(t.tenantId, t.termId, t.position),
    check(
      'price_rules_basic_amount',
      sql`(${t.type} = 'NEW_BASIC_AMOUNT') = (${t.chargeAdjustmentType} = 'BASIC_AMOUNT')`,
    ),
    check('price_rules_recurrence_positive', sql`${t.recurrenceValue} > 0`),
    check('price_rules_occurrences_positive', sql`${t.maxOccurrences} > 0`),
    check('price_rules_value_counted', sql`${t.value} >= 0`),
    belongsTo(t, t.termId, membershipOfferTerms),
  ],
)

/** An extra fee of a term with a frequency of its own; at most one is the joining fee. */
export const flatFees = tenantTable(
  'flat_fees',
  {
    termId: ref('term_id').notNull(),
    identifier: text('identifier').notNull(),
    name: text('name').notNull(),
    /** Name of the tax code of its charges; null: the usual one. */
    taxCode: text('tax_code'),
    paymentFrequencyId: ref('payment_frequency_id').notNull(),
    firstBookingDelayValue: term('first_booking_delay').value,
    firstBookingDelayUnit: term('first_booking_delay').unit,
    starterPackage: boolean('starter_package').notNull().default(false),
    suspendInIdle: boolean('suspend_in_idle').notNull().default(false),
  },
  (t) => [
    uniqueIndex('flat_fees_identifier').on(t.tenantId, t.termId, t.identifier),
    uniqueIndex('flat_fees_one_starter_package').on(t.tenantId, t.termId).where(sql`${t.starterPackage}`),
    belongsTo(t, t.termId, membershipOfferTerms),
    belongsTo(t, t.paymentFrequencyId, paymentFrequencies),
  ],
)
