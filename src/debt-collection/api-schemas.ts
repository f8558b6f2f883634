import { type Static, Type } from 'typebox'
import { rejectionReasons } from '../accounts/index.ts'
import { choice, date, described, id, list, named, slicedResult, text } from '../platform/api/schema.ts'
import { collectionTypes, writeOffRules } from './agencies/agency-words.ts'
import { closureReasons, closureTypes, runOrigins } from './runs/run-words.ts'
import { ClientDetails, debtorPerson, Recurrence } from './person-schemas.ts'

const optional = Type.Optional
const number = (description: string, example: number) => Type.Number({ description, examples: [example] })
const uuid = '123e4567-e89b-42d3-a456-556642440000'

const Block = named(
  'OpenApiV1Block',
  Type.Object({
    limitType: choice(['DISABLED', 'LIMITED', 'UNLIMITED'], 'Whether it ends.'),
    endDate: optional(date('Its last day; left out where it has none.')),
  }),
)
export type Block = Static<typeof Block>

const BlockDto = named(
  'OpenApiV1BlockDto',
  Type.Object({
    limitType: choice(['DISABLED', 'LIMITED', 'UNLIMITED'], 'DISABLED takes a block away.'),
    endDate: optional(
      date('Its last day. Answers show 9999-12-31 for one without end.', '2026-12-31', {
        inEveryAnswer: true,
        // No day so far away can be given; it is sent back as it was shown.
        aliases: { '9999-12-31': '2199-12-31' },
      }),
    ),
  }),
)
export type BlockDto = Static<typeof BlockDto>

export const DebtCollectionConfiguration = named(
  'DebtCollectionConfiguration',
  Type.Object({
    client: optional(described(ClientDetails, 'For whom the agency collects.')),
    debtCollectionType: optional(choice(collectionTypes, 'TRUST: for the studio. PURCHASE: the agency buys debts.')),
    derecognizeRemainingDebtsOnClosure: optional(
      choice(writeOffRules, 'What becomes of the rest after POSITIVE and NEGATIVE.'),
    ),
    derecognizeRemainingDebtsOnRejection: optional(
      choice(writeOffRules, 'What becomes of the rest after REVERSAL and REJECTION.'),
    ),
  }),
)

export const TransferDetails = named(
  'TransferDetails',
  Type.Object({
    collectionDate: optional(date('When the studio handed it over.')),
    debtCollectionType: optional(choice(collectionTypes, 'What was agreed with the agency.')),
    client: optional(described(ClientDetails, 'For whom the agency collects, as of the handover.')),
    status: optional(
      choice(['INTERNAL_PROCESSING', 'WAITING_FOR_CONFIRMATION', 'COMPLETED', 'FAILED'], 'How far it is.'),
    ),
    origin: optional(choice(runOrigins, 'What it came from.')),
  }),
)

const Debt = named(
  'Debt',
  Type.Object({
    debtId: text('The debt.', { examples: [uuid] }),
    debtDate: date('When it fell due.'),
    contractStartDate: optional(date('First day of the membership; of other debts the day when it fell due.')),
    amount: number('What was open at the handover; of blocked debts what is open now.', 29.9),
    currency: text('ISO 4217 code.', { examples: ['EUR'] }),
    type: choice(
      ['PRINCIPAL_CLAIM', 'SALE', 'DEBT_CLAIM', 'FLAT_FEE', 'DUNNING_FEE', 'BANK_FEE'],
      'What kind of charge it is.',
    ),
    designation: text('What it is for, in the language of the studio.', { examples: ['Membership fee'] }),
    recurrence: described(Recurrence, 'How often it is charged.'),
    servicePeriodStartDate: optional(date('First day that it pays for.')),
    servicePeriodEndDate: optional(date('Last day that it pays for.', '2026-06-30')),
    maturityType: optional(choice(['NORMAL', 'RESIDUAL'], 'RESIDUAL: due at once, because the membership was ended.')),
    latestRejectionReason: optional(choice(rejectionReasons, 'Why the last attempt to collect it failed.')),
    contractId: optional(id('The membership that it belongs to.')),
    block: optional(described(Block, 'Keeps it from being handed over, as of now.')),
  }),
)
export type Debt = Static<typeof Debt>

const CollectionCase = named(
  'CollectionCase',
  Type.Object({
    collectionCaseId: text('The case, as updates name it.', { examples: [uuid] }),
    openAmount: number('The sum of its debts.', 64.8),
    debt: list(Debt, 'What is collected.'),
    extHumanId: optional(text('What the agency calls it on letters.')),
    extReferenceId: optional(text('What the agency calls it.')),
  }),
)

const Debtor = named(
  'Debtor',
  Type.Object({
    debtorId: text('Number of the debtor.', { examples: ['10003'] }),
    ...debtorPerson,
    collectionCases: optional(list(CollectionCase, 'The case of this handover.')),
    block: optional(described(Block, 'Keeps the debtor from being handed over, as of now.')),
  }),
)
export type Debtor = Static<typeof Debtor>
export const DebtorSlicedResult = slicedResult('DebtorSlicedResult', Debtor)

const DebtorId = named(
  'DebtorId',
  Type.Object({
    debtorId: text('Number of the debtor.', { examples: ['10003'] }),
    block: optional(described(Block, 'Of the debtor as a whole.')),
    debts: optional(list(Debt, 'Open debts.')),
  }),
)
export type DebtorId = Static<typeof DebtorId>
export const DebtorIdSlicedResult = slicedResult('DebtorIdSlicedResult', DebtorId)

const ClosureOption = named(
  'ClosureOption',
  Type.Object({
    key: choice(['WRITE_OFF_REMAINING_DEBTS'], 'What is decided.'),
    value: text('`true` or `false`.', { examples: ['true'] }),
  }),
)

const ClosureUpdate = named(
  'ClosureUpdate',
  Type.Object({
    type: choice(closureTypes, 'How it ended.'),
    options: optional(list(ClosureOption, 'What becomes of the rest, where the agency decides.')),
    date: date('When it ended.'),
    rejectionReason: optional(
      choice(closureReasons, 'Only of a REJECTION, and then needed.', { aliases: spellings() }),
    ),
    closureReason: optional(text('In words.', { maxLength: 1000 })),
  }),
)
export type ClosureUpdate = Static<typeof ClosureUpdate>

function spellings() {
  return { CLAIM_INCREASE_IMPORTED_CASE: 'CLAIM_INCREASE_IMPORTED_SYSTEM' }
}

const DebtUpdate = named(
  'DebtUpdate',
  Type.Object({
    debtId: text('The debt.', { examples: [uuid] }),
    originalAmount: number('What was handed over.', 29.9),
    canceledAmount: number('What is given up, in total.', 0),
    paidAmount: number('What was paid, in total.', 12.5),
    currency: text('ISO 4217 code.', { examples: ['EUR'] }),
    block: optional(described(BlockDto, 'Left out: none that the agency has set.')),
  }),
)
export type DebtUpdate = Static<typeof DebtUpdate>

const AgencyCollectionCaseUpdate = named(
  'AgencyCollectionCaseUpdate',
  Type.Object({
    agencyCollectionCaseId: text('What the agency calls the case.', {
      minLength: 1,
      maxLength: 100,
      examples: ['agency-id-123'],
    }),
    publicCollectionCaseId: optional(
      text('What the agency calls it on letters.', { maxLength: 100, examples: ['case-john-wayne-1'] }),
    ),
    collectionCaseIds: list(text('A case.', { examples: [uuid] }), 'All cases that the agency keeps as this one.', {
      minItems: 1,
    }),
    closure: optional(described(ClosureUpdate, 'How it ended; the first one counts.')),
    debts: list(DebtUpdate, 'How each debt stands.', { minItems: 1 }),
    block: optional(described(BlockDto, 'The same as the block of the debtor.')),
  }),
)
export type AgencyCollectionCaseUpdate = Static<typeof AgencyCollectionCaseUpdate>

export const DebtorUpdate = named(
  'DebtorUpdate',
  Type.Object({
    debtorId: text('Number of the debtor.', { examples: ['10003'] }),
    agencyCollectionCases: list(AgencyCollectionCaseUpdate, 'The cases as the agency keeps them.'),
    block: optional(described(BlockDto, 'Left out: none that the agency has set.')),
  }),
)
export type DebtorUpdate = Static<typeof DebtorUpdate>

export const DebtCollectionUpdate = named(
  'DebtCollectionUpdate',
  Type.Object({
    debtors: list(DebtorUpdate, 'How debts stand, in total; not what has changed.'),
    requestId: text('Makes a repeat harmless: the same id with the same content changes nothing.', {
      trim: true,
      maxLength: 64,
      examples: ['fc336b0b-409c-4c66-a26d-ab25b87dcb8f'],
    }),
  }),
)
export type DebtCollectionUpdate = Static<typeof DebtCollectionUpdate>
