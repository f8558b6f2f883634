import { type Static, Type } from 'typebox'
import { accessCodes } from '../checkins/index.ts'
import { operation } from '../platform/api/operation.ts'
import { choice, described, double, flag, int32, list, named, text } from '../platform/api/schema.ts'

const optional = Type.Optional

export const Identification = named(
  'Identification',
  Type.Object({
    type: choice(['NUMBER', 'BARCODE', 'PIN', 'WALLET_PASS', 'QR_CODE'] as const, 'What was read.', {
      examples: ['QR_CODE'],
    }),
    value: text('What it says: up to 64 characters of a card number, 2048 of a QR code, else 256.', {
      minLength: 1,
      maxLength: 2048,
      examples: ['1290158199'],
    }),
    format: choice(['DECIMAL', 'HEX_MSB', 'HEX_LSB'] as const, 'How a card number is written.', { default: 'DECIMAL' }),
  }),
)
export type Identification = Static<typeof Identification>

const shownMedium = () => described(Identification, 'What was shown to the device.')

const execute = () =>
  flag('`false` asks what would happen: all checks, no effect.', { default: true, examples: [true] })
const transactionId = () =>
  text('Id of the purchase, chosen by the machine; a repeated call with the same id has no second effect.', {
    pattern: '^[0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}$',
    examples: ['3f8f2d0c-9d8c-4c57-8a4e-1f2f6c1d6a10'],
  })
const shown = () => text('For the customer, empty when there is nothing to say.', { examples: [''] })
const authorized = () => flag('Whether the customer may go on.', { examples: [true] })
const credit = () =>
  optional(double('Prepaid credit of the customer, in the currency of the studio.', { examples: [6.4] }))
const price = () => double('In the currency of the studio.', { examples: [1.29] })

const Money = named(
  'Money',
  Type.Object({
    amount: double('Decimal amount.', { examples: [9] }),
    currency: text('ISO 4217.', { examples: ['EUR'] }),
  }),
)

const CardReaderIdentificationRequest = named(
  'CardReaderIdentificationRequest',
  Type.Object({ identification: shownMedium(), shouldExecuteAction: execute() }),
)

const VendingIdentificationRequest = named(
  'VendingIdentificationRequest',
  Type.Object({ identification: shownMedium(), transactionId: transactionId() }),
)

const VendingIdentificationResponse = named(
  'VendingIdentificationResponse',
  Type.Object({
    text: shown(),
    authorized: authorized(),
    consumptionCredit: credit(),
    transactionId: transactionId(),
  }),
)
export type VendingIdentificationResponse = Static<typeof VendingIdentificationResponse>

const VendingSaleRequest = named(
  'VendingSaleRequest',
  Type.Object({
    identification: shownMedium(),
    transactionId: transactionId(),
    productId: text('The shelf.', { minLength: 1, maxLength: 64, examples: ['1'] }),
    price: price(),
    shouldExecuteAction: execute(),
  }),
)

const VendingSaleResponse = named(
  'VendingSaleResponse',
  Type.Object({
    text: shown(),
    authorized: authorized(),
    consumptionCredit: credit(),
    transactionId: transactionId(),
    price: price(),
  }),
)
export type VendingSaleResponse = Static<typeof VendingSaleResponse>

const VendingRevalueRequest = named(
  'VendingRevalueRequest',
  Type.Object({
    identification: shownMedium(),
    transactionId: transactionId(),
    amount: double('What was paid in, in the currency of the studio.', { examples: [5.25] }),
  }),
)

const TimePriceResponse = named(
  'TimePriceResponse',
  Type.Object({
    selection: list(
      Type.Object({
        durationInSeconds: int32('How long it runs.', { examples: [600] }),
        price: described(Money, 'What that costs.'),
      }),
      'What can be chosen, shortest first; empty where there is no choice.',
    ),
  }),
)

const TimeIdentificationRequest = named('TimeIdentificationRequest', Type.Object({ identification: shownMedium() }))

const TimeIdentificationResponse = named(
  'TimeIdentificationResponse',
  Type.Object({ text: shown(), authorized: authorized() }),
)

const TimeUsageRequest = named(
  'TimeUsageRequest',
  Type.Object({
    identification: shownMedium(),
    durationInSeconds: optional(int32('How long it shall run.', { minimum: 1, examples: [600] })),
    shouldExecuteAction: execute(),
  }),
)

const TimeUsageResponse = named(
  'TimeUsageResponse',
  Type.Object({
    text: shown(),
    authorized: authorized(),
    price: optional(described(Money, 'What is charged; absent when nothing is.')),
  }),
)
export type TimeUsageResponse = Static<typeof TimeUsageResponse>

/** What the operations of one model have in common; the model is what a device needs to call them. */
const badCard = 'errormessage.cardNumber.invalid'
const lockedOut = 'errormessage.device.pinLocked'
const nobody = 'errormessage.device.customerNotIdentified'

const cardReader = { method: 'POST', tag: 'Card readers', scopes: ['GENERIC_CARD_READER'], shed: 'CRITICAL' } as const
const vending = {
  method: 'POST',
  tag: 'Vending machines',
  scopes: ['GENERIC_VENDING_READER'],
  shed: 'CRITICAL',
} as const
const time = { method: 'POST', tag: 'Time devices', scopes: ['GENERIC_TIME_READER'], shed: 'CRITICAL' } as const

export const cardReaderIdentification = operation({
  ...cardReader,
  operationId: 'cardReaderIdentification',
  emits: ['CUSTOMER_CHECKIN', 'CUSTOMER_CHECKOUT'],
  path: '/open-api/device/cardreader/identification',
  summary: 'A person stands at a door',
  description:
    'Says 200 when the door may open, with the effect that the reader is set up for: a visit begins or ends, a benefit ' +
    'is used, a car enters or leaves. Says 403 with the reason when it stays shut. The same person at the same reader ' +
    'within seconds has one effect.',
  body: CardReaderIdentificationRequest,
  errors: {
    400: [badCard],
    403: [
      ...accessCodes,
      lockedOut,
      'errormessage.access.alreadyCheckedIn',
      'errormessage.access.benefitMissing',
      'errormessage.access.benefitUsedUp',
      'errormessage.access.notCheckedIn',
      'errormessage.access.parkingFull',
    ],
    404: [nobody],
  },
})

export const vendingIdentification = operation({
  ...vending,
  operationId: 'vendingIdentification',
  path: '/open-api/device/vending/identification',
  summary: 'A person wants to buy',
  description:
    'Begins a purchase. It stays alive for seconds; until it is paid or has expired, the customer can buy at no other ' +
    'machine.',
  body: VendingIdentificationRequest,
  response: VendingIdentificationResponse,
  errors: {
    400: [
      badCard,
      'errormessage.device.transactionClosed',
      'errormessage.device.transactionExpired',
      'errormessage.device.transactionMismatch',
    ],
    403: [lockedOut],
    404: [nobody],
  },
})

export const vendingSale = operation({
  ...vending,
  operationId: 'vendingSale',
  emits: ['DEBT_CLAIM_POSTED', 'PAYMENT_BOOKED'],
  path: '/open-api/device/vending/sale',
  summary: 'Reserve or pay a product',
  description:
    'Without execution the product is reserved for the time that it takes to draw it (200). With execution it is paid ' +
    '(204); a machine that was offline may do so up to ten minutes after its reservation has expired.',
  body: VendingSaleRequest,
  response: VendingSaleResponse,
  emptyStatus: 204,
  errors: {
    400: [
      badCard,
      'errormessage.device.priceMismatch',
      'errormessage.device.transactionClosed',
      'errormessage.device.transactionExpired',
      'errormessage.device.transactionMismatch',
      'errormessage.device.transactionNotFound',
      'errormessage.validation.currencyMismatch',
    ],
    403: [lockedOut],
    404: [nobody, 'errormessage.device.productNotFound'],
  },
})

export const vendingRevalue = operation({
  ...vending,
  operationId: 'vendingRevalue',
  emits: ['PAYMENT_BOOKED'],
  path: '/open-api/device/vending/revalue',
  summary: 'Top up the prepaid credit',
  description: 'Adds what the customer has paid into the machine.',
  body: VendingRevalueRequest,
  emptyStatus: 204,
  errors: {
    400: [
      badCard,
      'errormessage.device.transactionMismatch',
      'errormessage.validation.currencyMismatch',
      'errormessage.validation.max',
      'errormessage.validation.min',
      'errormessage.validation.moneyScale',
    ],
    403: [lockedOut, 'errormessage.device.customerLocked'],
    404: [nobody],
  },
})

export const timePrice = operation({
  ...time,
  method: 'GET',
  operationId: 'timePrice',
  path: '/open-api/device/time/price',
  summary: 'Durations and their prices',
  description: 'What the device offers, in the currency of its studio.',
  response: TimePriceResponse,
})

export const timeIdentification = operation({
  ...time,
  operationId: 'timeIdentification',
  path: '/open-api/device/time/identification',
  summary: 'A person wants to use the device',
  description: 'Whether the customer may use it at all; nothing is reserved.',
  body: TimeIdentificationRequest,
  response: TimeIdentificationResponse,
  errors: { 400: [badCard], 403: [lockedOut], 404: [nobody] },
})

export const timeUsage = operation({
  ...time,
  operationId: 'timeUsage',
  emits: ['DEBT_CLAIM_POSTED', 'PAYMENT_BOOKED'],
  path: '/open-api/device/time/usage',
  summary: 'Ask for the price, or use the device',
  description:
    'Without execution: what it would cost (200). With execution a benefit is used or the price is paid (204); the same ' +
    'use within seconds is charged once.',
  body: TimeUsageRequest,
  response: TimeUsageResponse,
  emptyStatus: 204,
  errors: {
    400: [badCard, 'errormessage.device.durationNotAvailable', 'errormessage.validation.required'],
    403: [lockedOut],
    404: [nobody],
  },
})
