import { sql } from 'drizzle-orm'
import { boolean, check, index, integer, primaryKey, text } from 'drizzle-orm/pg-core'
import { termUnits } from '../entitlements/tables.ts'
import { plainDate, ref } from '../platform/database/columns.ts'
import { aggregateTable, belongsTo, keyedTable, tenantTable } from '../platform/database/tenant-table.ts'
import { files } from '../platform/tables.ts'
import { membershipOffers, membershipOfferTerms, paymentFrequencies } from './offer-tables.ts'
import { modules, rates } from './rate-tables.ts'

/** What a member reads, confirms or signs. */
export const textBlocks = aggregateTable(
  'text_blocks',
  {
    title: text('title').notNull(),
    text: text('text').notNull(),
    hasSignature: boolean('has_signature').notNull().default(false),
    confirmationRequired: boolean('confirmation_required').notNull().default(false),
    showCommunicationPrivacyOptions: boolean('show_communication_privacy_options').notNull().default(false),
    attachmentType: text('attachment_type', { enum: ['NONE', 'FILE', 'URL', 'CONTRACT_PDF_PREVIEW'] })
      .notNull()
      .default('NONE'),
    documentId: ref('document_id'),
    url: text('url'),
    urlTitle: text('url_title'),
  },
  (t) => [
    check('text_blocks_file_given', sql`(${t.attachmentType} = 'FILE') = (${t.documentId} is not null)`),
    check('text_blocks_url_given', sql`(${t.attachmentType} = 'URL') = (${t.url} is not null)`),
    belongsTo(t, t.documentId, files),
  ],
)

export const offerTextBlocks = keyedTable(
  'offer_text_blocks',
  {
    offerId: ref('offer_id').notNull(),
    textBlockId: ref('text_block_id').notNull(),
    sort: integer('sort').notNull(),
    /** Belongs to the contract only if a voucher is redeemed. */
    onlyWithVoucher: boolean('only_with_voucher').notNull().default(false),
  },
  (t) => [
    primaryKey({ name: 'offer_text_blocks_pk', columns: [t.tenantId, t.offerId, t.textBlockId] }),
    belongsTo(t, t.offerId, membershipOffers),
    belongsTo(t, t.textBlockId, textBlocks),
  ],
)

export const modulePaymentFrequencies = keyedTable(
  'module_payment_frequencies',
  {
    moduleId: ref('module_id').notNull(),
    paymentFrequencyId: ref('payment_frequency_id').notNull(),
    position: integer('position').notNull(),
  },
  (t) => [
    primaryKey({ name: 'module_payment_frequencies_pk', columns: [t.tenantId, t.moduleId, t.paymentFrequencyId] }),
    belongsTo(t, t.moduleId, modules),
    belongsTo(t, t.paymentFrequencyId, paymentFrequencies),
  ],
)

/**
 * A module as part of an offer: INCLUDED ones come with it, SELECTABLE ones are free up to a number, OPTIONAL ones cost
 * something and belong to one term. Clients choose a module by the id of this row.
 */
export const membershipOfferModules = tenantTable(
  'membership_offer_modules',
  {
    offerId: ref('offer_id').notNull(),
    termId: ref('term_id'),
    kind: text('kind', { enum: ['INCLUDED', 'SELECTABLE', 'OPTIONAL'] }).notNull(),
    moduleId: ref('module_id').notNull(),
    paymentFrequencyId: ref('payment_frequency_id'),
    textBlockId: ref('text_block_id'),
    position: integer('position').notNull(),
  },
  (t) => [
    index('membership_offer_modules_offer').on(t.tenantId, t.offerId, t.position),
    check('membership_offer_modules_term', sql`(${t.kind} = 'OPTIONAL') = (${t.termId} is not null)`),
    check('membership_offer_modules_paid', sql`(${t.kind} = 'OPTIONAL') = (${t.paymentFrequencyId} is not null)`),
    belongsTo(t, t.offerId, membershipOffers),
    belongsTo(t, t.termId, membershipOfferTerms),
    belongsTo(t, t.moduleId, modules),
    belongsTo(t, t.paymentFrequencyId, paymentFrequencies),
    belongsTo(t, t.textBlockId, textBlocks),
  ],
)

/** Free time that a term grants. */
export const bonusPeriods = tenantTable(
  'bonus_periods',
  {
    termId: ref('term_id').notNull(),
    bonusValue: integer('bonus_value').notNull(),
    bonusUnit: text('bonus_unit', { enum: termUnits }).notNull(),
    strategy: text('strategy', {
      enum: ['CONTRACT_START', 'FIXED', 'END_OF_CURRENT_TERM', 'START_OF_NEXT_TERM'],
    }).notNull(),
    fixedDate: plainDate('fixed_date'),
    runtimeExtensionType: text('runtime_extension_type', { enum: ['WITH_EXTENSION', 'WITHOUT_EXTENSION'] }).notNull(),
    displaySeparately: boolean('display_separately').notNull().default(false),
    extendsCancelationPeriod: boolean('extends_cancelation_period').notNull().default(true),
  },
  (t) => [
    index('bonus_periods_term').on(t.tenantId, t.termId),
    check('bonus_periods_dated', sql`(${t.strategy} = 'FIXED') = (${t.fixedDate} is not null)`),
    belongsTo(t, t.termId, membershipOfferTerms),
  ],
)

/** Modules that only members with certain rates may buy later; a module without a row is open to all. */
export const moduleRateRestrictions = keyedTable(
  'module_rate_restrictions',
  { moduleId: ref('module_id').notNull(), rateId: ref('rate_id').notNull() },
  (t) => [
    primaryKey({ name: 'module_rate_restrictions_pk', columns: [t.tenantId, t.moduleId, t.rateId] }),
    belongsTo(t, t.moduleId, modules),
    belongsTo(t, t.rateId, rates),
  ],
)
