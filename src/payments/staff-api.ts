import { Type } from 'typebox'
import { rejectionReasons } from '../accounts/index.ts'
import { choice, dateTime, flag, id, int32, list, text, typed } from '../platform/api/schema.ts'
import { staffOperation } from '../platform/staff/staff-operation.ts'
import { mandateFields } from './instruments/mandate-fields.ts'
import { ecomMethods, memberMethods } from './method-rules.ts'
import { disputeStates, providerNames } from './provider.ts'

const tag = 'Money'
const optional = Type.Optional

export const configurePayments = staffOperation({
  operationId: 'adminConfigurePayments',
  method: 'PATCH',
  path: '/admin/v1/studios/{studioId}/payment-settings',
  tag,
  summary: 'say how people can pay in a studio; what is left out stays',
  permissions: ['settings.edit'],
  params: Type.Object({ studioId: id('The studio.') }),
  body: Type.Object({
    active: optional(flag('whether payments are possible at all')),
    provider: optional(choice(providerNames, 'who takes cards and wallets; open payment sessions end when it changes')),
    memberMethods: optional(list(choice(memberMethods, 'A method.'), 'how memberships are paid')),
    ecomMethods: optional(list(choice(ecomMethods, 'A method.'), 'how single purchases are paid')),
    sessionMinutes: optional(int32('how long a payment session lasts, 5 to 1440', { minimum: 5, maximum: 1440 })),
    allowedOrigins: optional(
      list(text('Such as https://gym.example.'), 'origins of the pages that may talk to the payment gateway'),
    ),
    mandateText: optional(text('what payers agree to with a direct debit; empty: the text of the house')),
    creditorId: optional(typed('the creditor identifier of direct debits; empty: none')),
  }),
  answer: Type.Object({ studioId: id('The studio.') }),
  cli: { name: 'payment configure' },
})

export const connectStripe = staffOperation({
  operationId: 'adminConnectStripe',
  method: 'PUT',
  path: '/admin/v1/studios/{studioId}/stripe-account',
  tag,
  summary: 'connect the account of a studio at Stripe; the keys are stored encrypted and never shown again',
  permissions: ['settings.edit'],
  dryRun: false,
  params: Type.Object({ studioId: id('The studio.') }),
  body: Type.Object({
    secretKey: text('Such as sk_live_… or rk_live_….'),
    publishableKey: text('Such as pk_live_….'),
    webhookSecret: text('Of the endpoint at Stripe, such as whsec_….'),
  }),
  answer: Type.Object({
    accountId: text('As Stripe calls it.'),
    live: flag('Whether money moves.'),
    chargesEnabled: flag('Whether Stripe lets the account take money.'),
    methods: list(choice(ecomMethods, 'A method.'), 'What the account offers its payers now.'),
    webhookUrl: text('Where Stripe has to send its events.'),
  }),
  cli: { name: 'payment connect-stripe', isFromFile: true },
})

export const showStripeAccount = staffOperation({
  operationId: 'adminShowStripeAccount',
  method: 'GET',
  path: '/admin/v1/studios/{studioId}/stripe-account',
  tag,
  summary: 'show the account of a studio at Stripe, without its keys',
  permissions: ['settings.edit'],
  params: Type.Object({ studioId: id('The studio.') }),
  answer: Type.Object({
    accountId: text('As Stripe calls it.'),
    live: flag('Whether money moves.'),
    methods: list(choice(ecomMethods, 'A method.'), 'What the account offered its payers when it was connected.'),
    webhookUrl: text('Where Stripe has to send its events.'),
  }),
  cli: { name: 'payment stripe-account' },
})

export const listDisputes = staffOperation({
  operationId: 'adminListPaymentDisputes',
  method: 'GET',
  path: '/admin/v1/payment-disputes',
  tag,
  summary: 'list the payments that payers contest at the card scheme, the latest first',
  permissions: ['money.post'],
  body: Type.Object({ state: optional(choice(disputeStates, 'how the dispute stands; left out: all')) }),
  answer: Type.Object({
    disputes: list(
      Type.Object({
        paymentId: id('The payment.'),
        customerId: id('Who has paid.'),
        providerRef: text('What the provider calls the dispute.'),
        amount: text('What was taken back.'),
        currency: text('ISO 4217.'),
        state: choice(disputeStates, 'How it stands.'),
      }),
      'At most 500.',
    ),
  }),
  cli: { name: 'payment disputes' },
})

export const listFailedPayments = staffOperation({
  operationId: 'adminListFailedPayments',
  method: 'GET',
  path: '/admin/v1/failed-payments',
  tag,
  summary: 'list the payments whose money never came, the latest first: what they had settled is open again',
  permissions: ['money.post'],
  body: Type.Object({ studioId: optional(id('only of this studio')) }),
  answer: Type.Object({
    payments: list(
      Type.Object({
        paymentId: id('The payment.'),
        customerId: id('Who wanted to pay.'),
        amount: text('What was to be paid.'),
        currency: text('ISO 4217.'),
        reason: optional(choice(rejectionReasons, 'Why it failed.')),
        failedAt: dateTime('When it was given up.'),
      }),
      'At most 500.',
    ),
  }),
  cli: { name: 'payment failures', options: { studioId: '--studio <id>' } },
})

export const choosePayment = staffOperation({
  operationId: 'adminChoosePayment',
  method: 'PUT',
  path: '/admin/v1/customers/{customerId}/payment-choice',
  tag,
  summary: 'let a customer pay by hand from now on; accounts and cards stay, and are charged no more',
  permissions: ['money.post'],
  params: Type.Object({ customerId: id('The customer.') }),
  body: Type.Object({ choice: choice(['CASH', 'BANK_TRANSFER'], 'how') }),
  answer: Type.Object({ customerId: id('The customer.') }),
  cli: { name: 'payment choose', arguments: ['customerId', 'choice'] },
})

export const refundPayment = staffOperation({
  operationId: 'adminRefundPayment',
  method: 'POST',
  path: '/admin/v1/payments/{paymentId}/refund',
  tag,
  summary: 'give money of a card or wallet payment back the way it came; what it had settled may be open again',
  permissions: ['money.refund'],
  dryRun: false,
  params: Type.Object({ paymentId: id('The payment.') }),
  body: Type.Object({
    amount: optional(text('a part, for instance 12.50; left out: all that is left')),
    description: text('what customers and bookkeeping read'),
  }),
  answer: Type.Object({ entryId: id('The entry of the journal.') }),
  cli: { name: 'payment refund' },
})

export const endInstrument = staffOperation({
  operationId: 'adminEndPaymentInstrument',
  method: 'POST',
  path: '/admin/v1/payment-instruments/{instrumentId}/end',
  tag,
  summary: 'put a bank account or card out of use; a customer who was charged by it pays in cash',
  permissions: ['money.post'],
  params: Type.Object({ instrumentId: id('The payment instrument.') }),
  answer: Type.Object({ instrumentId: id('The payment instrument.') }),
  cli: { name: 'payment end-instrument' },
})

export const enterMandate = staffOperation({
  operationId: 'adminEnterMandate',
  method: 'POST',
  path: '/admin/v1/customers/{customerId}/mandates',
  tag,
  summary: 'enter a mandate on paper: the customer is debited from this account from now on',
  permissions: ['money.post'],
  params: Type.Object({ customerId: id('The customer.') }),
  body: Type.Object(mandateFields),
  answer: Type.Object({ instrumentId: id('The account of the customer.') }),
  cli: {
    name: 'payment mandate',
    arguments: ['customerId', 'iban'],
    options: { holder: '--holder <name>', bank: '--bank <name>', isOneOff: '--one-off' },
  },
})

export * from './returning/staff-return-api.ts'
export * from './runs/staff-run-api.ts'
