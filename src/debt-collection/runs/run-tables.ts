import { sql } from 'drizzle-orm'
import { boolean, check, index, integer, jsonb, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { debtClaims } from '../../accounts/tables.ts'
import { customers } from '../../customers/customer-table.ts'
import { bytes, currency, instant, money, plainDate, ref } from '../../platform/database/columns.ts'
import { aggregateTable, belongsTo } from '../../platform/database/tenant-table.ts'
import { studios } from '../../studios/tables.ts'
import { agencyCases, agencyContracts } from '../agencies/agency-tables.ts'
import { closureReasons, closureTypes, runOrigins, runStates } from './run-words.ts'
import type { ClientSnapshot, DebtorSnapshot } from './snapshot-facts.ts'

/** Customers whose debts are handed over together. Agencies see it from INTERNAL_PROCESSING on. */
export const debtCollectionRuns = aggregateTable(
  'debt_collection_runs',
  {
    studioId: ref('studio_id').notNull(),
    agencyContractId: ref('agency_contract_id').notNull(),
    origin: text('origin', { enum: runOrigins }).notNull(),
    state: text('state', { enum: runStates }).notNull(),
    /** The day on which staff verified it. */
    collectionDate: plainDate('collection_date'),
    /** The studio as the agency was given it. */
    client: jsonb('client').$type<ClientSnapshot>(),
    /** When the run was last announced to the agency, and how often the agency was reminded. */
    announcedAt: instant('announced_at'),
    reminders: integer('reminders').notNull().default(0),
    confirmedAt: instant('confirmed_at'),
  },
  (t) => [
    index('debt_collection_runs_studio').on(t.tenantId, t.studioId, t.id),
    index('debt_collection_runs_contract').on(t.tenantId, t.agencyContractId),
    index('debt_collection_runs_unfinished')
      .on(t.tenantId, t.announcedAt)
      .where(sql`${t.state} in ('INTERNAL_PROCESSING', 'WAITING_FOR_CONFIRMATION')`),
    check('debt_collection_runs_verified', sql`(${t.state} = 'DRAFT') = (${t.collectionDate} is null)`),
    check('debt_collection_runs_confirmed', sql`(${t.state} = 'COMPLETED') = (${t.confirmedAt} is not null)`),
    belongsTo(t, t.studioId, studios),
    belongsTo(t, t.agencyContractId, agencyContracts),
  ],
)

/** What a closure has changed besides money, so that it can be undone on the same day. */
export interface ClosureEffects {
  readonly dunningLevelId: number | null
  readonly isAddressMarked: boolean
}

/** One customer of a run. `snapshot` and the sealed values are what the agency was given, frozen. */
export const collectionCases = aggregateTable(
  'collection_cases',
  {
    uuid: uuid('uuid').notNull().default(sql`gen_random_uuid()`),
    runId: ref('run_id').notNull(),
    customerId: ref('customer_id').notNull(),
    debtorId: text('debtor_id').notNull(),
    snapshot: jsonb('snapshot').$type<DebtorSnapshot>(),
    ibanEnc: bytes('iban_enc'),
    identificationEnc: bytes('identification_enc'),
    liableIbanEnc: bytes('liable_iban_enc'),
    liableIdentificationEnc: bytes('liable_identification_enc'),
    agencyCaseId: ref('agency_case_id'),
    /** From the verification to the closure; its claims are with the agency as long. */
    isOpen: boolean('is_open').notNull().default(false),
    closureType: text('closure_type', { enum: closureTypes }),
    closureReason: text('closure_reason', { enum: closureReasons }),
    closureText: text('closure_text'),
    closedOn: plainDate('closed_on'),
    closedBy: text('closed_by', { enum: ['AGENCY', 'STAFF'] }),
    closedAt: instant('closed_at'),
    /** What was still open when it was closed. */
    openAtClosure: money('open_at_closure'),
    closureEffects: jsonb('closure_effects').$type<ClosureEffects>(),
  },
  (t) => [
    uniqueIndex('collection_cases_uuid_unique').on(t.tenantId, t.uuid),
    uniqueIndex('collection_cases_one_of_run').on(t.tenantId, t.runId, t.customerId),
    index('collection_cases_customer').on(t.tenantId, t.customerId),
    index('collection_cases_debtor').on(t.tenantId, t.debtorId),
    index('collection_cases_agency_case').on(t.tenantId, t.agencyCaseId),
    check(
      'collection_cases_closure_whole',
      sql`num_nonnulls(${t.closureType}, ${t.closedOn}, ${t.closedBy}, ${t.closedAt}, ${t.openAtClosure}) in (0, 5)`,
    ),
    check(
      'collection_cases_reason_of_rejection',
      sql`(${t.closureReason} is not null) = (${t.closureType} is not distinct from 'REJECTION')`,
    ),
    check('collection_cases_open_or_closed', sql`not (${t.isOpen} and ${t.closureType} is not null)`),
    belongsTo(t, t.runId, debtCollectionRuns),
    belongsTo(t, t.customerId, customers),
    belongsTo(t, t.agencyCaseId, agencyCases),
  ],
)

/**
 * A claim in a case. `original` is what was open when it was handed over; `paid` and `canceled` are what the agency last
 * reported in total. `assigned` is what the agency owes for a claim that it has bought; `written_off` is what a closure
 * gave up and a later payment may revive.
 */
export const collectionDebts = aggregateTable(
  'collection_debts',
  {
    caseId: ref('case_id').notNull(),
    customerId: ref('customer_id').notNull(),
    claimId: ref('claim_id').notNull(),
    currency: currency('currency').notNull(),
    original: money('original').notNull(),
    canceled: money('canceled').notNull().default('0'),
    paid: money('paid').notNull().default('0'),
    isBought: boolean('is_bought').notNull().default(false),
    assigned: money('assigned').notNull().default('0'),
    writtenOff: money('written_off').notNull().default('0'),
    isOpen: boolean('is_open').notNull().default(false),
  },
  (t) => [
    uniqueIndex('collection_debts_one_open').on(t.tenantId, t.claimId).where(sql`${t.isOpen}`),
    uniqueIndex('collection_debts_one_of_case').on(t.tenantId, t.caseId, t.claimId),
    index('collection_debts_claim').on(t.tenantId, t.claimId),
    index('collection_debts_customer').on(t.tenantId, t.customerId),
    check(
      'collection_debts_not_negative',
      sql`${t.original} > 0 and ${t.canceled} >= 0 and ${t.paid} >= 0 and ${t.assigned} >= 0 and ${t.writtenOff} >= 0`,
    ),
    check('collection_debts_within_original', sql`${t.canceled} + least(${t.paid}, ${t.original}) <= ${t.original}`),
    belongsTo(t, t.caseId, collectionCases),
    belongsTo(t, t.customerId, customers),
    belongsTo(t, t.claimId, debtClaims),
  ],
)
