import { type Static, Type } from 'typebox'
import { frequencyFields } from '../../membership-offers/index.ts'
import { choice, date, dateTime, described, flag, id, int32, list, named, text } from '../../platform/api/schema.ts'
import { Money } from '../../platform/api/values.ts'

const optional = Type.Optional

export const ContractStatus = named(
  'ContractStatus',
  choice(['ACTIVE', 'INACTIVE'], 'ACTIVE from the first day of use to the last day; paused contracts too.'),
)

/** A length on the calendar, in the words of contracts. */
const TimePeriod = named(
  'TimePeriod',
  Type.Object({
    periodValue: int32('Number of units.', { examples: [10] }),
    periodUnit: choice(['DAY', 'WEEK', 'MONTH', 'YEAR'], 'Unit of the span.', { examples: ['DAY'] }),
  }),
)

const ContractPaymentFrequency = named(
  'ContractPaymentFrequency',
  Type.Object({
    id: optional(id('The payment frequency, where the price came from the catalogue.', { examples: [203] })),
    ...frequencyFields('Contract'),
    paymentDay: optional(
      Type.Integer({ description: 'RECURRING by the month: the day of the month on which it falls due.' }),
    ),
  }),
)

const PriceDetails = named(
  'PriceDetails',
  Type.Object({
    basePrice: described(Money, 'The price of one payment as it was signed.'),
    currentPrice: described(
      Money,
      'The same today, or on the first day of a contract to come: steps, age and voucher considered.',
    ),
    paymentFrequency: described(ContractPaymentFrequency, 'How the price becomes payments.'),
  }),
)

const RateCode = Type.Object(
  {
    name: optional(text('The code by which partners steer.', { examples: ['Standard Rate'] })),
    identifier: optional(text('Its identifier.', { examples: ['RC12345'] })),
  },
  { description: 'A label of the rate.' },
)
const rateCodes = optional(list(RateCode, 'The labels of the rate or module.'))
const price = Type.Number({
  description: 'The amount of `priceDetails.basePrice`.',
  deprecated: true,
  examples: [19.9],
})
const priceDetails = described(PriceDetails, 'The price, and how it is paid.')

const SubContract = named(
  'SubContract',
  Type.Object({
    id: id('The module contract or flat fee.'),
    rateName: text('Its name.', { examples: ['Regular'] }),
    startDate: date('First day, that of a trial included.'),
    endDate: optional(date('Last day as far as it is committed; left out where it runs along with its contract.')),
    paymentFrequency: choice(
      ['NON_RECURRING', 'RECURRING', 'MONTH_DAY', 'TERM_BASED', 'FREE'],
      'How the price becomes payments.',
    ),
    price,
    priceDetails,
    cancelled: flag('Whether a cancelation is effective.'),
    cancellationDate: optional(date('Last day, where it was canceled.')),
    cancellationReceiptDate: optional(date('Day on which the cancelation was received.')),
    contractStatus: described(ContractStatus, 'Where it stands today.'),
    rateCodes,
  }),
)

export const Contract = named(
  'Contract',
  Type.Object({
    id: id('The main contract.', { examples: [1000] }),
    createdDate: date('Day on which it was signed.'),
    startDate: date('First day.'),
    endDate: date('Last day as far as it is committed; it moves on the day after a deadline.'),
    rateName: text('The rate of today.', { examples: ['Premium'] }),
    contractStatus: described(ContractStatus, 'Where it stands today.'),
    cancellationPeriod: optional(described(TimePeriod, 'The period of notice now.')),
    cancelled: flag('Whether a cancelation is effective.'),
    cancellationDate: optional(date('Last day, where it was canceled.')),
    cancellationReceiptDate: optional(date('Day on which the cancelation was received.')),
    cancellationReason: optional(
      text('Why it was canceled, as worded then.', { examples: ['Officially ordered studio closure'] }),
    ),
    price,
    priceDetails,
    lastPossibleCancellationDate: date('Last day on which it can be canceled to `endDate`.'),
    term: described(TimePeriod, 'The minimum run time.'),
    extensionTerm: described(TimePeriod, 'By what it extends; 0 where it does not.'),
    flatFeeContracts: optional(list(SubContract, 'Fees beside the rate.')),
    moduleContracts: optional(list(SubContract, 'Modules beside the rate.')),
    signedDocumentUrl: optional(
      text('The contract as a PDF, once it is printed, seconds after the signing. Works for 15 minutes without a key.'),
    ),
    thirdPartyId: optional(text('The id that a partner gave it.', { examples: ['1000a'] })),
    rateCodes,
    conclusionDate: optional(date('Day on which it was signed.')),
    startDateOfUse: optional(date('First day of use.')),
    contractOrigin: optional(text('API, WEBCLIENT (staff) or IMPORT.', { examples: ['WEBCLIENT'] })),
    reversed: optional(
      flag('Whether the signing was taken back; the contract is then INACTIVE and costs nothing more.'),
    ),
    reversalReason: optional(text('Why the signing was taken back.', { examples: ['Statutory withdrawal'] })),
    reversalDateTime: optional(
      dateTime(
        'When the signing was taken back, in the zone of its studio.',
        '2026-06-20T10:15:30.000+02:00[Europe/Berlin]',
      ),
    ),
  }),
)
export type Contract = Static<typeof Contract>

export const SelfServiceContract = named(
  'MembershipSelfServiceContractData',
  Type.Object({
    id: id('The main contract.', { examples: [1000] }),
    startDate: date('First day.'),
    endDate: date('Last day as far as it is committed; it moves on the day after a deadline.'),
    rateName: text('The rate of today.', { examples: ['Premium'] }),
    contractStatus: described(ContractStatus, 'Where it stands today.'),
    cancelationPeriod: optional(described(TimePeriod, 'The period of notice now.')),
    cancelationStatus: optional(
      choice(
        ['CANCELED', 'PENDING_VERIFICATION', 'PENDING_WITHDRAWAL_VERIFICATION'],
        'Left out where nothing is canceled.',
      ),
    ),
    cancelationDate: optional(date('Last day, canceled or wished.')),
    cancelationReason: optional(
      text('Why it is to end, as worded then.', { examples: ['Officially ordered studio closure'] }),
    ),
    price,
    priceDetails,
    lastPossibleCancelationDate: optional(date('Last day on which it can be canceled to `endDate`.')),
    availableCancelationDates: optional(
      list(date('A last day.'), 'The last days to which it can be canceled today; exactly these are accepted.'),
    ),
    cancelationOrigin: optional(choice(['STUDIO', 'CUSTOMER'], 'Who canceled it.')),
    rateCodes,
  }),
)
export type SelfServiceContract = Static<typeof SelfServiceContract>
