import { sql } from 'drizzle-orm'
import { boolean, check, index, integer, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { customers } from '../customers/customer-table.ts'
import { currency, money, plainDate, ref } from '../platform/database/columns.ts'
import { aggregateTable, belongsTo, byReference, tenantTable } from '../platform/database/tenant-table.ts'
import { studios } from '../studios/tables.ts'
import { legalEntities, taxCodes } from './legal-entities/legal-entity-tables.ts'
import { rejectionReasons } from './rejection-reasons.ts'

export const claimKinds = ['DEBT_CLAIM', 'FLAT_FEE', 'SALE', 'PRINCIPAL_CLAIM', 'DUNNING_FEE', 'BANK_FEE'] as const
export const chargeTypes = [
  'MEMBERSHIP_CHARGE',
  'MODULE_CHARGE',
  'FLAT_FEE',
  'IDLE_PERIOD_CHARGE',
  'CREDIT',
  'SALE',
  'FEE',
  'INSTALLMENT',
  'OTHER',
] as const
/** The parts of a contract that cost something. */
export const claimComponents = ['RATE', 'PRE_USE', 'FLAT_FEE', 'MODULE', 'IDLE_PERIOD'] as const

/**
 * What a customer has to pay; an amount below zero is a credit note. SCHEDULED claims are not in the journal yet.
 * `open_amount` is what allocations have left of it; `reduced_amount` and `reduced_tax` are what credit notes and
 * write-offs have taken from it, with the tax in that. A claim of a contract names the part and the billing period that it
 * is for: while it waits, the same key keeps the same row and id. `posted_entry_id`, `contract_id` and `company_id` refer
 * to tables of later modules: these references stand in the migrations.
 */
export const debtClaims = aggregateTable(
  'debt_claims',
  {
    debtUuid: uuid('debt_uuid').notNull().default(sql`gen_random_uuid()`),
    entityId: ref('entity_id').notNull(),
    studioId: ref('studio_id').notNull(),
    customerId: ref('customer_id').notNull(),
    kind: text('kind', { enum: claimKinds }).notNull(),
    chargeType: text('charge_type', { enum: chargeTypes }).notNull(),
    /** In the language of the studio. */
    description: text('description').notNull(),
    amount: money('amount').notNull(),
    net: money('net').notNull(),
    tax: money('tax').notNull(),
    taxCodeId: ref('tax_code_id'),
    currency: currency('currency').notNull(),
    dueDate: plainDate('due_date').notNull(),
    /** The span that is paid for; both days belong to it. */
    serviceFrom: plainDate('service_from'),
    serviceTo: plainDate('service_to'),
    state: text('state', { enum: ['SCHEDULED', 'POSTED', 'VOID'] }).notNull(),
    postedEntryId: ref('posted_entry_id'),
    openAmount: money('open_amount').notNull(),
    reducedAmount: money('reduced_amount').notNull().default('0'),
    reducedTax: money('reduced_tax').notNull().default('0'),
    inInstallmentPlan: boolean('in_installment_plan').notNull().default(false),
    /** Money never flows by itself into what an agency collects. */
    collectionState: text('collection_state', { enum: ['NONE', 'IN_TRANSFER', 'AT_AGENCY'] })
      .notNull()
      .default('NONE'),
    /** The item of a payment run that collects it just now: nothing else may settle it. The reference stands in the migration. */
    inFlightItemId: ref('in_flight_item_id'),
    /** Why the latest payment of it did not arrive. */
    latestRejectionReason: text('latest_rejection_reason', { enum: rejectionReasons }),
    /** Reminders count from this day instead of the due date. */
    dunningClockFrom: plainDate('dunning_clock_from'),
    /** Of a credit note or fee: the claim that it belongs to. */
    parentClaimId: ref('parent_claim_id'),
    /** What a COMPANY pays is no money of the member: it is in no balance and no list of the customer. */
    payer: text('payer', { enum: ['MEMBER', 'COMPANY'] })
      .notNull()
      .default('MEMBER'),
    companyId: ref('company_id'),
    contractId: ref('contract_id'),
    component: text('component', { enum: claimComponents }),
    /** The flat fee, module contract or pause; 0 for the rate. */
    componentId: ref('component_id'),
    /** First day of the billing period. */
    periodFrom: plainDate('period_from'),
    /** 0 for the claim of a period; differences to what was booked of it count on. */
    seq: integer('seq'),
    /** RESIDUAL: of later days of a contract that was ended for default; it became due at once. */
    maturity: text('maturity', { enum: ['NORMAL', 'RESIDUAL'] })
      .notNull()
      .default('NORMAL'),
    /** Was due when the contract was signed. */
    mandatoryOnSigning: boolean('mandatory_on_signing').notNull().default(false),
  },
  (t) => [
    uniqueIndex('debt_claims_uuid_unique').on(t.tenantId, t.debtUuid),
    index('debt_claims_customer').on(t.tenantId, t.customerId, t.dueDate, t.id),
    index('debt_claims_scheduled').on(t.tenantId, t.studioId, t.dueDate).where(sql`${t.state} = 'SCHEDULED'`),
    index('debt_claims_open')
      .on(t.tenantId, t.customerId, t.dueDate, t.id)
      .where(sql`${t.state} = 'POSTED' and ${t.openAmount} <> 0`),
    index('debt_claims_in_flight').on(t.tenantId, t.inFlightItemId).where(sql`${t.inFlightItemId} is not null`),
    uniqueIndex('debt_claims_line_unique')
      .on(t.tenantId, t.contractId, t.component, t.componentId, t.periodFrom, t.seq, t.payer)
      .where(sql`${t.contractId} is not null`),
    check(
      'debt_claims_line_whole',
      sql`num_nonnulls(${t.contractId}, ${t.component}, ${t.componentId}, ${t.periodFrom}, ${t.seq}) in (0, 5)`,
    ),
    check('debt_claims_company_named', sql`(${t.payer} = 'COMPANY') = (${t.companyId} is not null)`),
    check('debt_claims_net_and_tax', sql`${t.amount} = ${t.net} + ${t.tax}`),
    check('debt_claims_amount_digits', sql`${t.amount} = round(${t.amount}, palestra_currency_digits(${t.currency}))`),
    check(
      'debt_claims_open_within_amount',
      sql`${t.openAmount} between least(${t.amount}, 0) and greatest(${t.amount}, 0)`,
    ),
    check('debt_claims_reduced_within_amount', sql`${t.reducedAmount} between 0 and greatest(${t.amount}, 0)`),
    check('debt_claims_posted_in_journal', sql`(${t.state} = 'POSTED') = (${t.postedEntryId} is not null)`),
    check('debt_claims_service_order', sql`${t.serviceFrom} <= ${t.serviceTo}`),
    belongsTo(t, t.entityId, legalEntities),
    belongsTo(t, t.studioId, studios),
    belongsTo(t, t.customerId, customers),
    belongsTo(t, t.taxCodeId, taxCodes),
    belongsTo(t, t.parentClaimId, t),
    byReference(t, t.postedEntryId),
    byReference(t, t.parentClaimId),
  ],
)

export const paymentMethods = [
  'CASH',
  'BANK_TRANSFER',
  'DIRECT_DEBIT',
  'CREDIT_CARD',
  'PAYPAL',
  'TWINT',
  'IDEAL',
  'BANCONTACT',
  'AGENCY',
] as const

/**
 * Whatever settles claims without being one: amount = remaining + allocated + reversed. A REFUND is below zero and closes
 * credit notes that were paid out. An ASSIGNMENT stands for claims that an agency has bought. A
 * COMPANY_PAYMENT settles one claim of a company, whole; no money of the customer. `entry_id` refers to the journal: the reference stands in the migration.
 */
export const creditItems = aggregateTable(
  'credit_items',
  {
    entityId: ref('entity_id').notNull(),
    studioId: ref('studio_id').notNull(),
    customerId: ref('customer_id').notNull(),
    kind: text('kind', {
      enum: ['PAYMENT', 'VOUCHER', 'WRITE_OFF', 'INSTALLMENT_TRANSFER', 'REFUND', 'ASSIGNMENT', 'COMPANY_PAYMENT'],
    }).notNull(),
    /** Of payments alone. */
    method: text('method', { enum: paymentMethods }),
    valueDate: plainDate('value_date').notNull(),
    amount: money('amount').notNull(),
    remaining: money('remaining').notNull(),
    reversed: money('reversed').notNull().default('0'),
    currency: currency('currency').notNull(),
    entryId: ref('entry_id').notNull(),
  },
  (t) => [
    index('credit_items_customer').on(t.tenantId, t.customerId, t.id),
    index('credit_items_remaining').on(t.tenantId, t.customerId, t.id).where(sql`${t.remaining} <> 0`),
    check('credit_items_amount_digits', sql`${t.amount} = round(${t.amount}, palestra_currency_digits(${t.currency}))`),
    check(
      'credit_items_remaining_within_amount',
      sql`${t.remaining} between least(${t.amount}, 0) and greatest(${t.amount}, 0)`,
    ),
    check('credit_items_reversed_within_amount', sql`${t.reversed} between 0 and greatest(${t.amount}, 0)`),
    check('credit_items_payment_has_method', sql`(${t.kind} = 'PAYMENT') = (${t.method} is not null)`),
    belongsTo(t, t.entityId, legalEntities),
    belongsTo(t, t.studioId, studios),
    belongsTo(t, t.customerId, customers),
    byReference(t, t.entryId),
  ],
)

/**
 * So much of a credit settles so much of a claim; it moves no money. Rows are only added: what is undone is a row with
 * the opposite sign that names the one it undoes.
 */
export const allocations = tenantTable(
  'allocations',
  {
    customerId: ref('customer_id').notNull(),
    claimId: ref('claim_id').notNull(),
    /** What settles it: a credit item, or a credit note. */
    creditItemId: ref('credit_item_id'),
    creditClaimId: ref('credit_claim_id'),
    amount: money('amount').notNull(),
    undoesAllocationId: ref('undoes_allocation_id'),
  },
  (t) => [
    index('allocations_claim').on(t.tenantId, t.claimId),
    index('allocations_credit_item').on(t.tenantId, t.creditItemId),
    index('allocations_credit_claim').on(t.tenantId, t.creditClaimId),
    index('allocations_undone').on(t.tenantId, t.undoesAllocationId),
    check('allocations_one_credit', sql`num_nonnulls(${t.creditItemId}, ${t.creditClaimId}) = 1`),
    belongsTo(t, t.customerId, customers),
    byReference(t, t.customerId),
    belongsTo(t, t.claimId, debtClaims),
    belongsTo(t, t.creditItemId, creditItems),
    belongsTo(t, t.creditClaimId, debtClaims),
    belongsTo(t, t.undoesAllocationId, t),
  ],
)
