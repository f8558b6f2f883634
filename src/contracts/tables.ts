import { sql } from 'drizzle-orm'
import { boolean, check, index, integer, jsonb, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { customers } from '../customers/customer-table.ts'
import { employees } from '../employees/tables.ts'
import { bytes, instant, plainDate, ref } from '../platform/database/columns.ts'
import { files } from '../platform/tables.ts'
import { aggregateTable, belongsTo, byReference, keyedTable, tenantTable } from '../platform/database/tenant-table.ts'
import { studios } from '../studios/tables.ts'
import { cancelationReasons, idleReasons, modules, rates, textBlocks } from '../membership-offers/tables.ts'
import { termUnits } from '../entitlements/tables.ts'
import type { BuyerSnapshot } from './document/buyer-snapshot.ts'
import type { ContractSnapshot, IdlePolicySnapshot, PhaseSnapshot, SubContractSnapshot } from './signed/snapshot.ts'

// --- Contracts -----------------------------------------------------------------------------------------------------

/** A main contract. Its state is derived, never stored. The reference of `offer_term_id` stands in the migration. */
export const contracts = aggregateTable(
  'contracts',
  {
    studioId: ref('studio_id').notNull(),
    customerId: ref('customer_id').notNull(),
    offerTermId: ref('offer_term_id'),
    snapshot: jsonb('snapshot').$type<ContractSnapshot>().notNull(),
    signedAt: instant('signed_at').notNull(),
    /** The studio's local date of the request. */
    signingDate: plainDate('signing_date').notNull(),
    preUseDate: plainDate('pre_use_date'),
    startDate: plainDate('start_date').notNull(),
    extensionIndex: integer('extension_index').notNull().default(0),
    /** The end date shown today: inclusive, raised by the clock job, fixed by an effective cancelation. */
    committedEnd: plainDate('committed_end').notNull(),
    /** Nothing but a new agreement lets the contract go on after its committed end, whatever its snapshot says. */
    endIsFinal: boolean('end_is_final').notNull().default(false),
    /** Local date of the studio on which time alone changes it next; null: never, or not known. */
    nextChangeOn: plainDate('next_change_on'),
    /** When its signing was taken back; null while it stands. */
    voidedAt: instant('voided_at'),
    reversalReason: text('reversal_reason'),
    /** Last day of use that a voided contract is still charged for; null: nothing. */
    usedUntil: plainDate('used_until'),
    thirdPartyId: text('third_party_id'),
    notes: text('notes'),
    employeeId: ref('employee_id'),
    referredByCustomerId: ref('referred_by_customer_id'),
    origin: text('origin', { enum: ['SIGNUP', 'ADD', 'SWITCH', 'BACKOFFICE', 'IMPORT'] }).notNull(),
    switchedFromId: ref('switched_from_id'),
  },
  (t) => [
    index('contracts_customer').on(t.tenantId, t.customerId, t.startDate.desc()),
    index('contracts_end').on(t.tenantId, t.studioId, t.committedEnd),
    index('contracts_next_change').on(t.tenantId, t.studioId, t.nextChangeOn).where(sql`${t.nextChangeOn} is not null`),
    index('contracts_third_party').on(t.tenantId, t.thirdPartyId),
    uniqueIndex('contracts_switched_once').on(t.tenantId, t.switchedFromId).where(sql`${t.voidedAt} is null`),
    check('contracts_pre_use_before_start', sql`${t.preUseDate} <= ${t.startDate}`),
    check(
      'contracts_reversal_of_voided',
      sql`${t.voidedAt} is not null or num_nonnulls(${t.reversalReason}, ${t.usedUntil}) = 0`,
    ),
    belongsTo(t, t.studioId, studios),
    belongsTo(t, t.customerId, customers),
    belongsTo(t, t.employeeId, employees),
    belongsTo(t, t.referredByCustomerId, customers),
    byReference(t, t.referredByCustomerId),
    belongsTo(t, t.switchedFromId, t),
    byReference(t, t.switchedFromId),
  ],
)

/** Phase 0 plus one per subsequent rate; the rate on a day is the latest phase with `from_date` on or before it. */
export const contractPhases = tenantTable(
  'contract_phases',
  {
    contractId: ref('contract_id').notNull(),
    seq: integer('seq').notNull(),
    fromDate: plainDate('from_date').notNull(),
    rateId: ref('rate_id').notNull(),
    snapshot: jsonb('snapshot').$type<PhaseSnapshot>().notNull(),
  },
  (t) => [
    uniqueIndex('contract_phases_seq_unique').on(t.tenantId, t.contractId, t.seq),
    belongsTo(t, t.contractId, contracts),
    belongsTo(t, t.rateId, rates),
  ],
)

/** Copied from the rate at signing; a row without studio means everywhere. */
export const contractCheckinStudios = tenantTable(
  'contract_checkin_studios',
  { contractId: ref('contract_id').notNull(), studioId: ref('studio_id') },
  (t) => [
    uniqueIndex('contract_checkin_studios_once').on(t.tenantId, t.contractId, t.studioId),
    uniqueIndex('contract_checkin_studios_all_once').on(t.tenantId, t.contractId).where(sql`${t.studioId} is null`),
    belongsTo(t, t.contractId, contracts),
    belongsTo(t, t.studioId, studios),
  ],
)

/** What was drawn when a contract was signed: below the contract, or below one of its texts. */
export const contractSignatures = tenantTable(
  'contract_signatures',
  {
    contractId: ref('contract_id').notNull(),
    /** Null: below the contract itself. */
    textBlockId: ref('text_block_id'),
    /** The cleaned SVG. */
    drawing: bytes('drawing').notNull(),
    signedAt: instant('signed_at').notNull(),
  },
  (t) => [
    uniqueIndex('contract_signatures_once').on(t.tenantId, t.contractId, t.textBlockId),
    uniqueIndex('contract_signatures_main_once').on(t.tenantId, t.contractId).where(sql`${t.textBlockId} is null`),
    belongsTo(t, t.contractId, contracts),
    belongsTo(t, t.textBlockId, textBlocks),
  ],
)

/** The texts that a member has agreed to with the contract. The hash says which wording it was. */
export const contractTextConsents = tenantTable(
  'contract_text_consents',
  {
    contractId: ref('contract_id').notNull(),
    textBlockId: ref('text_block_id').notNull(),
    /** SHA-256 of title and text. */
    textHash: bytes('text_hash').notNull(),
    confirmedAt: instant('confirmed_at').notNull(),
  },
  (t) => [
    uniqueIndex('contract_text_consents_once').on(t.tenantId, t.contractId, t.textBlockId),
    belongsTo(t, t.contractId, contracts),
    belongsTo(t, t.textBlockId, textBlocks),
  ],
)

/** The printed document of a contract, or what it waits for. */
export const contractDocuments = keyedTable(
  'contract_documents',
  {
    contractId: ref('contract_id').notNull(),
    /** What it says besides the contract, as it was at signing; null once it is printed. */
    buyer: jsonb('buyer').$type<BuyerSnapshot>(),
    fileId: ref('file_id'),
    attempts: integer('attempts').notNull().default(0),
    /** When it is printed, in real time; null: at once, or it is printed already. */
    dueAt: instant('due_at'),
    /** Why the last attempt failed. */
    failure: text('failure'),
    createdAt: instant('created_at').notNull(),
    printedAt: instant('printed_at'),
  },
  (t) => [
    primaryKey({ name: 'contract_documents_pk', columns: [t.tenantId, t.contractId] }),
    uniqueIndex('contract_documents_file_unique').on(t.tenantId, t.fileId),
    index('contract_documents_due')
      .on(t.tenantId, t.dueAt.asc().nullsFirst(), t.contractId)
      .where(sql`${t.fileId} is null`),
    check('contract_documents_attempts_counted', sql`${t.attempts} >= 0`),
    check('contract_documents_printed_once', sql`num_nonnulls(${t.fileId}, ${t.buyer}) = 1`),
    check('contract_documents_printed_at', sql`(${t.fileId} is null) = (${t.printedAt} is null)`),
    belongsTo(t, t.contractId, contracts),
    belongsTo(t, t.fileId, files),
  ],
)

/** A module contract or flat fee beside a main contract. */
export const subContracts = aggregateTable(
  'sub_contracts',
  {
    contractId: ref('contract_id').notNull(),
    kind: text('kind', { enum: ['MODULE', 'FLAT_FEE'] }).notNull(),
    origin: text('origin', { enum: ['INCLUDED', 'SELECTED', 'OPTIONAL', 'ADDITIONAL'] }).notNull(),
    moduleId: ref('module_id'),
    name: text('name').notNull(),
    startDate: plainDate('start_date').notNull(),
    paidFrom: plainDate('paid_from'),
    trialTermValue: integer('trial_term_value'),
    trialTermUnit: text('trial_term_unit', { enum: termUnits }),
    snapshot: jsonb('snapshot').$type<SubContractSnapshot>().notNull(),
    exclusive: boolean('exclusive').notNull().default(true),
    extensionIndex: integer('extension_index').notNull().default(0),
    committedEnd: plainDate('committed_end'),
    endIsFinal: boolean('end_is_final').notNull().default(false),
    previousId: ref('previous_id'),
    endedAt: instant('ended_at'),
    voidedAt: instant('voided_at'),
  },
  (t) => [
    index('sub_contracts_contract').on(t.tenantId, t.contractId, t.kind),
    uniqueIndex('sub_contracts_one_of_module')
      .on(t.tenantId, t.contractId, t.moduleId)
      .where(sql`${t.origin} = 'ADDITIONAL' and ${t.exclusive} and ${t.endedAt} is null and ${t.voidedAt} is null`),
    check('sub_contracts_module_named', sql`(${t.kind} = 'MODULE') = (${t.moduleId} is not null)`),
    belongsTo(t, t.contractId, contracts),
    belongsTo(t, t.moduleId, modules),
    belongsTo(t, t.previousId, t),
    byReference(t, t.previousId),
  ],
)

/** Of a contract or of one of its modules. */
export const contractCancelations = aggregateTable(
  'contract_cancelations',
  {
    contractId: ref('contract_id'),
    subContractId: ref('sub_contract_id'),
    kind: text('kind', { enum: ['ORDINARY', 'EXTRAORDINARY', 'SWITCH', 'DUNNING'] }).notNull(),
    origin: text('origin', { enum: ['CUSTOMER', 'STUDIO'] }).notNull(),
    receiptDate: plainDate('receipt_date').notNull(),
    toDate: plainDate('to_date').notNull(),
    reasonId: ref('reason_id'),
    /** Of a DUNNING one: the last day for which the customer still owes, all of it at once; null = nothing beyond the end. */
    residualUntil: plainDate('residual_until'),
    /** As it was worded then: later edits of the catalogue do not reach it. */
    reason: text('reason'),
    state: text('state', {
      enum: ['PENDING', 'EFFECTIVE', 'WITHDRAWAL_PENDING', 'WITHDRAWN', 'REJECTED'],
    }).notNull(),
  },
  (t) => {
    const live = sql`${t.state} in ('PENDING', 'EFFECTIVE', 'WITHDRAWAL_PENDING')`
    return [
      uniqueIndex('contract_cancelations_one_live').on(t.tenantId, t.contractId).where(live),
      uniqueIndex('contract_cancelations_one_live_of_module').on(t.tenantId, t.subContractId).where(live),
      check(
        'contract_cancelations_residual_of_default',
        sql`${t.residualUntil} is null or (${t.kind} = 'DUNNING' and ${t.residualUntil} >= ${t.toDate})`,
      ),
      check('contract_cancelations_one_target', sql`num_nonnulls(${t.contractId}, ${t.subContractId}) = 1`),
      belongsTo(t, t.contractId, contracts),
      byReference(t, t.contractId),
      belongsTo(t, t.subContractId, subContracts),
      byReference(t, t.subContractId),
      belongsTo(t, t.reasonId, cancelationReasons),
    ]
  },
)

/** A pause of a contract, both dates inclusive. Live rows of a contract never overlap (see the migration). */
export const idlePeriods = aggregateTable(
  'idle_periods',
  {
    contractId: ref('contract_id').notNull(),
    startDate: plainDate('start_date').notNull(),
    endDate: plainDate('end_date'),
    unlimited: boolean('unlimited').notNull().default(false),
    unit: text('unit', { enum: ['DAY', 'WEEK', 'MONTH'] }),
    value: integer('value'),
    reasonId: ref('reason_id'),
    documentId: ref('document_id'),
    state: text('state', { enum: ['PENDING_VERIFICATION', 'ACCEPTED', 'REJECTED', 'WITHDRAWN'] }).notNull(),
    pendingChange: jsonb('pending_change').$type<Readonly<Record<string, unknown>>>(),
    policySnapshot: jsonb('policy_snapshot').$type<Partial<IdlePolicySnapshot>>().notNull(),
    freeDays: integer('free_days').notNull().default(0),
  },
  (t) => [
    index('idle_periods_contract').on(t.tenantId, t.contractId, t.startDate),
    check('idle_periods_dates_ordered', sql`${t.startDate} <= ${t.endDate}`),
    check('idle_periods_end_unless_unlimited', sql`${t.unlimited} or ${t.endDate} is not null`),
    belongsTo(t, t.contractId, contracts),
    belongsTo(t, t.reasonId, idleReasons),
    belongsTo(t, t.documentId, files),
    byReference(t, t.documentId),
  ],
)
