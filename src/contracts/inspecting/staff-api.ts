import { Type } from 'typebox'
import { choice, date, dateTime, flag, id, list, text } from '../../platform/api/schema.ts'
import { staffOperation } from '../../platform/staff/staff-operation.ts'
import { contractStates } from './state-rules.ts'

const tag = 'Contracts'
const permissions = ['contracts.read'] as const
const optional = Type.Optional

const facts = {
  contractId: id('The contract.'),
  customerId: id('The customer.'),
  studioId: id('Its studio.'),
  state: choice(contractStates, 'In which stage it is.'),
  origin: choice(['SIGNUP', 'ADD', 'SWITCH', 'BACKOFFICE', 'IMPORT'], 'How it came about.'),
  rateName: text('The rate of its first day.'),
  signingDate: date('Day of signing.'),
  startDateOfUse: date('First day of use.'),
  startDate: date('First day.'),
  endDate: date('Last day as far as it is committed.'),
}

const Reversal = Type.Object({
  at: dateTime('When its signing was taken back.', '2026-06-20T10:15:30+02:00'),
  reason: optional(text('Why.')),
  usedUntil: optional(date('Last day that is charged all the same; left out: none.')),
})

const Cancelation = Type.Object({
  kind: choice(['ORDINARY', 'EXTRAORDINARY', 'SWITCH', 'DUNNING'], 'How it was canceled.'),
  origin: choice(['CUSTOMER', 'STUDIO'], 'Who wanted it.'),
  state: choice(['PENDING', 'EFFECTIVE', 'WITHDRAWAL_PENDING'], 'Whether it is in effect, or waits.'),
  receiptDate: date('Day of receipt.'),
  toDate: date('Last day.'),
  reason: optional(text('Why, as worded then.')),
  residualUntil: optional(date('For default: last day for which the customer owes.')),
})

const ContractDocument = Type.Object(
  {
    state: choice(['WAITING', 'PRINTED'], 'Whether it is printed; `contract document` saves it.'),
    fileName: optional(text('Name of its file.')),
    attempts: Type.Integer({ description: 'How often it was tried to print it.' }),
    failure: optional(text('Why the last attempt failed.')),
  },
  { description: 'The printed document; left out: the contract was taken over, and has none.' },
)

const Span = Type.Object({ from: date('First day.'), to: optional(date('Last day; left out: without end.')) })

const Claim = Type.Object({
  claimId: id('The claim.'),
  state: choice(['SCHEDULED', 'POSTED'], 'Planned, or booked.'),
  payer: choice(['MEMBER', 'COMPANY'], 'Who pays.'),
  dueDate: date('When it is due.'),
  description: text('What it is for.'),
  amount: text('Below zero: a credit note.'),
  open: text('What is open of it.'),
  serviceFrom: optional(date('First day that is paid for.')),
  serviceTo: optional(date('Last day that is paid for.')),
})

export const listContracts = staffOperation({
  operationId: 'adminListContracts',
  method: 'GET',
  path: '/admin/v1/contracts',
  tag,
  summary: 'the contracts of a customer, also those that have ended or were taken back',
  permissions,
  body: Type.Object({ customerId: id('the customer') }),
  answer: list(Type.Object(facts), 'By their first day.'),
  cli: { name: 'contract list', options: { customerId: '--customer <id>' } },
})

export const showContract = staffOperation({
  operationId: 'adminShowContract',
  method: 'GET',
  path: '/admin/v1/contracts/{contractId}',
  tag,
  summary: 'a contract: its terms and deadlines, pauses, modules, and charges that are planned and booked',
  permissions,
  params: Type.Object({ contractId: id('The contract.') }),
  answer: Type.Object({
    ...facts,
    currency: text('Of all amounts.'),
    isFinal: flag('It ends on `endDate` and does not go on.'),
    lastCancelationDay: date('Last day on which it can be canceled to `endDate`.'),
    thirdPartyId: optional(text('The id that a partner gave it.')),
    notes: optional(text('Remarks.')),
    document: optional(ContractDocument),
    withdrawableUntil: date('Last day on which its signing can be taken back.'),
    reversal: optional(Reversal),
    cancelation: optional(Cancelation),
    cancelationDates: list(date('A last day.'), 'To which days it can be canceled today.'),
    terms: list(
      Type.Object({ to: date('Last day.'), deadline: date('Last day for canceling to it.') }),
      'From now on.',
    ),
    phases: list(Type.Object({ from: date('First day.'), price: text('Of one payment.') }), 'Stretches with one rate.'),
    priceSteps: list(Type.Object({ from: date('First day.'), price: text('Of one payment.') }), 'Prices to come.'),
    bonusPeriods: list(Span, 'Free days.'),
    idlePeriods: list(
      Type.Object({ idlePeriodId: id('The pause.'), state: text('Whether it waits.'), ...Span.properties }),
      'Pauses that are accepted or wait.',
    ),
    modules: list(
      Type.Object({
        moduleContractId: id('The module contract.'),
        name: text('Its name.'),
        reversed: flag('Its sale was taken back.'),
        ...Span.properties,
      }),
      'Modules.',
    ),
    claims: list(Claim, 'By due date.'),
  }),
  cli: { name: 'contract show' },
})
