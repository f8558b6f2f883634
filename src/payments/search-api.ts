import { Type } from 'typebox'
import { CardNumberFormat, Customer } from '../customers/api.ts'
import { operation } from '../platform/api/operation.ts'
import { choice, described, list, named, text } from '../platform/api/schema.ts'
import { accountTypes } from './instruments/account-numbers.ts'

const optional = Type.Optional

const CustomerPaymentDetails = named(
  'CustomerPaymentDetails',
  Type.Object({
    type: choice(accountTypes, 'What kind of account it is.', { examples: ['SEPA'] }),
    accountHolder: optional(text('Whose account it is.', { examples: ['Mara Lindner'] })),
    bankName: optional(text('Name of the bank.', { examples: ['Musterbank'] })),
    bic: optional(text('BIC of the bank.', { examples: ['COBADEFFXXX'] })),
    iban: optional(text('IBAN without spaces.', { examples: ['DE89370400440532013000'] })),
    bankAccountNumber: optional(
      text('Number at the bank; of a card its last four digits behind stars.', { examples: ['************4242'] }),
    ),
    bankCode: optional(text('Bank code, sort code or routing number.', { examples: ['37040044'] })),
    bankCountryCode: optional(text('Country of the bank, ISO 3166-1 alpha-2.', { examples: ['DE'] })),
  }),
)

export const searchCrossStudioCustomersByPaymentDetails = operation({
  operationId: 'searchCrossStudioCustomersByPaymentDetails',
  method: 'POST',
  path: '/v1/cross-studio/customers/search/by-payment-details',
  tag: 'Cross Studio',
  summary: 'Search all connected studios by an account or card',
  description:
    'Customers who are charged by an account (SEPA: an IBAN; BACS: a British IBAN, sort code with account, or the account ' +
    'alone; ACH: routing number, a separator and the account, or the account alone) or by a card (its last four digits, or ' +
    'its masked number). Full card numbers are refused. At most 100, by customer; the header `X-Result-Truncated` says ' +
    'that there are more.',
  scopes: ['CUSTOMER_READ'],
  shed: 'BULK',
  inferred: true,
  body: named(
    'CustomerPaymentDetailsSearchRequest',
    Type.Object({
      cardNumberFormat: optional(described(CardNumberFormat, 'How the cards of the customers are written.')),
      type: choice(accountTypes, 'What kind of account it is.', { examples: ['SEPA'] }),
      bankAccountNumber: text('The account or card, as described above.', {
        trim: true,
        plain: true,
        minLength: 1,
        maxLength: 64,
        examples: ['DE89370400440532013000'],
      }),
    }),
  ),
  response: list(
    named(
      'CustomerWithPaymentDetails',
      Type.Object({
        customer: described(Customer, 'The customer, without bank account: that stands beside.'),
        paymentDetails: described(CustomerPaymentDetails, 'The account or card that was found.'),
      }),
    ),
    'One entry for each account or card that matches.',
  ),
  errors: {
    400: ['errormessage.paymentDetails.accountNumberInvalid', 'errormessage.paymentDetails.fullCardNumberNotAllowed'],
  },
})
