import { Type } from 'typebox'
import { operation } from '../platform/api/operation.ts'
import {
  choice,
  dateTime,
  described,
  double,
  flag,
  id,
  list,
  named,
  pathId,
  text,
  trimmed,
} from '../platform/api/schema.ts'
import { Money } from '../platform/api/values.ts'
import { paymentChoices } from '../accounts/index.ts'

const optional = Type.Optional
const scopes = ['PAYMENT_WRITE']
const params = Type.Object({ customerId: pathId('customer', 'The customer, of the studio of the key.') })
const tokenExample = 'CllClFmVlSCs3oe0ND0JloLWlNzdb3QseU4507gf1mSVAHqRTwzKWU'
const paymentRequestToken = text('What the payer has authorised in a payment session; it is used once.', {
  examples: [tokenExample],
})
const identity = (note: string) => text(note, { format: 'uuid', examples: ['753ea8ec-c2ec-4761-824b-bc46eda3f644'] })

/** Answered with 503: the token stays usable. */
export const paymentSilences = ['errormessage.payment.providerUnavailable'] as const

/** How the token of a body can be refused. */
export const tokenRefusals = [
  'errormessage.paymentToken.invalid',
  'errormessage.paymentToken.customerMismatch',
] as const
export const paymentRefusals = [
  ...tokenRefusals,
  'errormessage.paymentToken.amountMismatch',
  'errormessage.payment.declined',
] as const

export const userSession = operation({
  operationId: 'userSession',
  method: 'POST',
  path: '/v1/payments/user-session',
  tag: 'Payments',
  summary: 'Let a payer authorise a payment or a way of paying',
  description:
    'Opens a session for the payment gateway. The payer chooses there how to pay; what comes out of it is a token that one ' +
    'operation takes once. Every call opens a session of its own; earlier ones stay valid.',
  scopes,
  body: named(
    'PaymentsUserSessionRequest',
    Type.Object({
      amount: double('What is to be paid, in the currency of the studio; 0 authorises a way of paying alone.', {
        minimum: 0,
        examples: [19.99],
      }),
      scope: choice(['MEMBER_ACCOUNT', 'ECOM'], 'Whether a membership or a single purchase is paid.', {
        examples: ['MEMBER_ACCOUNT'],
      }),
      customerId: optional(id('The customer who pays, if there is one yet.', { examples: [1234567890] })),
      finionPayCustomerId: optional(identity('The payer, as an earlier session has named him.')),
      permittedPaymentChoices: optional(
        list(choice(paymentChoices, 'A way of paying.', { examples: ['CASH'] }), 'Offers these alone; empty: all.', {
          uniqueItems: true,
        }),
      ),
      referenceText: trimmed('What the payer reads; on bank statements shortened.', 'Gym Joining Fee 01.07.2025'),
      requireDirectDebitSignature: optional(flag('Whether a mandate needs a drawn signature.', { default: false })),
      showExistingPaymentInstruments: optional(
        flag('Whether the payer may choose what is stored already.', { default: true, examples: [true] }),
      ),
    }),
  ),
  response: named(
    'PaymentsUserSessionResponse',
    Type.Object({
      token: text('Opens the session in the gateway.', { examples: [tokenExample] }),
      tokenValidUntil: dateTime('When the session ends.', '2025-01-07T16:25:09.416924Z'),
      finionPayCustomerId: identity('The payer; name him in further sessions.'),
      finionPayRegion: choice(['EU'], 'Where the payer is served.'),
      hostedPaymentPageUrl: text('The page on which the payer chooses how to pay; send him there, or use the widget.', {
        format: 'uri',
        examples: [`https://api.gym.example/payment-gateway/pay#${tokenExample}`],
      }),
    }),
  ),
  errors: {
    400: [
      'errormessage.payment.featureInactive',
      'errormessage.payment.customerIdsConflict',
      'errormessage.payment.noMethodAvailable',
      'errormessage.validation.max',
      'errormessage.validation.maxLength',
      'errormessage.validation.moneyScale',
    ],
    404: ['errormessage.customer.notFound', 'errormessage.paymentIdentity.notFound'],
  },
})

export const bookCustomerPayment = operation({
  operationId: 'bookCustomerPayment',
  emits: ['PAYMENT_BOOKED', 'DEBT_CLAIM_POSTED'],
  method: 'POST',
  path: '/v1/customers/{customerId}/account/payment',
  tag: 'Customers Account',
  summary: 'Pay into the account of a customer',
  shed: 'CRITICAL',
  description:
    'Books what the payer has authorised. It settles the named entries first, then all others by due date; the rest is ' +
    'credit. The header `X-Palestra-Payment-Id` of the answer names the payment.',
  scopes,
  params,
  body: Type.Object({
    paymentRequestToken,
    amount: described(Money, 'Exactly what the payer has authorised.'),
    debtClaimIds: optional(list(id('An entry of the account.'), 'Entries that are settled first.')),
  }),
  errors: {
    400: [
      ...paymentRefusals,
      'errormessage.validation.currencyMismatch',
      'errormessage.validation.min',
      'errormessage.validation.max',
      'errormessage.validation.moneyScale',
      'errormessage.account.claimNotPayable',
      'errormessage.account.claimInDebtCollection',
    ],
    404: ['errormessage.customer.notFound', 'errormessage.debtClaim.notFound'],
    409: ['errormessage.account.claimAlreadySettled', 'errormessage.account.claimInPaymentRun'],
    503: paymentSilences,
  },
})

export const updateCustomerPaymentInstrument = operation({
  operationId: 'updateCustomerPaymentInstrument',
  emits: ['CUSTOMER_UPDATED', 'PAYMENT_INSTRUMENT_UPDATED'],
  method: 'POST',
  path: '/v1/customers/{customerId}/account/payment-instrument',
  tag: 'Customers Account',
  summary: 'Change how a customer pays',
  description:
    'From now on the customer is charged by what the payer has authorised. Debits that a bank has already stay as they ' +
    'are. A waiting request for other payment data is superseded.',
  scopes,
  params,
  body: Type.Object({ paymentRequestToken }),
  errors: { 400: tokenRefusals, 404: ['errormessage.customer.notFound'] },
})
