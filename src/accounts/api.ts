import { type Static, Type } from 'typebox'
import { operation } from '../platform/api/operation.ts'
import {
  date,
  described,
  flag,
  id,
  named,
  choice,
  pathId,
  slicedResult,
  sliceQuery,
  text,
} from '../platform/api/schema.ts'
import { Money } from '../platform/api/values.ts'
import { chargeTypes } from './claim-tables.ts'

const optional = Type.Optional

const money = (note: string) => optional(described(Money, note))

export const CustomerAccountBalance = named(
  'CustomerAccountBalance',
  Type.Object({
    accountBalance: money(
      'What is left of payments and credits less what is open of booked claims: below zero the customer owes. A setting of ' +
        'the tenant turns the sign around.',
    ),
    consumptionCredit: money('Prepaid money for machines and the till.'),
    dunningLevel: optional(
      text('The stage of reminders; left out when there is none.', { examples: ['Dunning Level 1'] }),
    ),
    inDebtCollection: flag('Whether an agency collects from the customer.'),
  }),
)
export type CustomerAccountBalance = Static<typeof CustomerAccountBalance>

export const BookingEntry = named(
  'BookingEntry',
  Type.Object({
    id: id('The claim, as payments name it.', { examples: [8_001] }),
    dueDate: date('When it falls due, by the calendar of the studio.'),
    description: text('What it is for, in the language of the studio.', { examples: ['Membership fee'] }),
    amount: money('Gross; a credit note is below zero.'),
    openAmount: money('What is not settled yet.'),
    installmentPlan: flag('Whether it is paid by installments, which are entries of their own.'),
    chargeType: optional(choice(chargeTypes, 'What it charges for.')),
    paidPeriodFrom: optional(date('First day that it pays for.', '2026-06-01')),
    paidPeriodTo: optional(date('Last day that it pays for.', '2026-06-30')),
  }),
)
export type BookingEntry = Static<typeof BookingEntry>

const read = {
  method: 'GET',
  tag: 'Customers Account',
  scopes: ['CUSTOMER_ACCOUNT_READ'],
  params: Type.Object({ customerId: pathId('customer', 'The customer, of the studio of the key.') }),
} as const
const entries = {
  ...read,
  shed: 'BULK',
  query: sliceQuery(10, 1, 50),
  response: slicedResult('BookingEntrySlicedResult', BookingEntry),
} as const

export const getCustomersAccountBalanceData = operation({
  ...read,
  operationId: 'getCustomersAccountBalanceData',
  path: '/v1/customers/{customerId}/account/balances',
  summary: 'What stands on the account of a customer',
  description: 'Balance and prepaid credit. A customer without any movement has zeros.',
  response: CustomerAccountBalance,
})

export const getCustomersAccountTransactionData = operation({
  ...entries,
  operationId: 'getCustomersAccountTransactionData',
  path: '/v1/customers/{customerId}/account/transactions',
  summary: 'List what fell due before today',
  description:
    'Charges and credit notes by due date, so that new entries come last. Payments are no entries; they show in ' +
    '`openAmount`.',
})

export const getCustomersAccountUpcomingData = operation({
  ...entries,
  operationId: 'getCustomersAccountUpcomingData',
  path: '/v1/customers/{customerId}/account/transactions/upcoming',
  summary: 'List what falls due from today on',
  description: 'Charges and credit notes due within a year, by due date.',
})
