import type { IdlePolicySnapshot } from '../../../src/contracts/signed/snapshot.ts'
import { pricedTerms } from '../samples/priced-terms.ts'
import { policy } from '../scenes/idle-scene.ts'
import type { OfferInput, TermInput } from '../scenes/offer-world.ts'

const byMonth = { frequency: { price: '24.90' }, cancelationPeriodValue: 2, cancelationPeriodUnit: 'WEEK' } as const

/** Beside every kind of price: what is due on signing, another price later, another rate later, and an end by receipt. */
const moreTerms: readonly TermInput[] = [
  {
    frequency: { price: '44.95' },
    fees: [
      { name: 'Starter', starterPackage: true, frequency: { type: 'NON_RECURRING', price: '39.00', termValue: null } },
    ],
    dueOnSigning: ['STARTER_PACKAGE', 'FIRST_CONTRACT_FEE', 'PRE_USE'],
    priceAfterExtension: '49.95',
    cancelationPeriodValue: 1,
    cancelationPeriodUnit: 'MONTH',
  },
  {
    frequency: { price: '24.50' },
    termValue: 3,
    cancelationStrategy: 'RECEIPT_DATE',
    cancelationPeriodValue: 2,
    cancelationPeriodUnit: 'WEEK',
  },
  // Month by month, with a price of its own for the young that counts from the first day.
  {
    ...byMonth,
    frequency: { price: '27.77', ages: [{ startAge: 0, endAge: 24, type: 'ABSOLUTE', price: '19.99' }] },
    termValue: 1,
    ageEvaluation: 'CONTRACT_START',
  },
  // A year, then once half a year, with a fee twice a year and a free week at a later start.
  {
    ...byMonth,
    termValue: 12,
    extensionFixedTermValue: 6,
    extensionFixedTermUnit: 'MONTH',
    extensionTermValue: null,
    extensionTermUnit: null,
    fees: [
      {
        name: 'Towels',
        firstBookingDelayValue: 2,
        firstBookingDelayUnit: 'WEEK',
        suspendInIdle: true,
        frequency: { price: '7.77', termValue: 6 },
      },
    ],
    bonuses: [{ bonusValue: 1, strategy: 'START_OF_NEXT_TERM' }],
    dueOnSigning: ['WHOLE_INITIAL_TERM', 'FLAT_FEES_DUE_BY_START'],
  },
  // Another basic price after some months, then a little less each quarter.
  {
    ...byMonth,
    frequency: {
      price: '33.10',
      paidPeriodCalc: 'NORMALIZATION_ON_CALENDAR_UNIT',
      ages: [{ startAge: 14, endAge: 26, percentage: '10' }],
    },
    rules: [
      { type: 'NEW_BASIC_AMOUNT', chargeAdjustmentType: 'BASIC_AMOUNT', value: '36.36', firstAfterValue: 5 },
      {
        type: 'REDUCTION',
        chargeAdjustmentType: 'ABSOLUTE',
        value: '1.11',
        firstAfterValue: 7,
        recurrenceValue: 3,
        recurrenceUnit: 'MONTH',
        maxOccurrences: 4,
      },
    ],
    bonuses: [
      { bonusValue: 10, bonusUnit: 'DAY', strategy: 'FIXED', fixedDate: Temporal.PlainDate.from('2026-10-20') },
    ],
    modules: [{ name: 'Solarium', frequency: { price: '4.95', paidPeriodCalc: 'NORMALIZATION_ON_CALENDAR_UNIT' } }],
  },
  { frequency: { type: 'FREE', termValue: null, termUnit: null }, termValue: 6 },
]

/** What members of a story sign: every kind of price, of use before the start, and of modules that come along. */
export const lifeOffers: readonly OfferInput[] = [...pricedTerms, ...moreTerms].map((term, at) => ({
  offer: { preUseType: at % 3 === 2 ? 'FREE' : 'CHARGEABLE', maxSelectable: 1 },
  terms: [term],
  choices: ['CASH', 'CREDIT_CARD'],
  modules: [
    { name: `Showers ${at}`, kind: 'INCLUDED' },
    { name: `Lockers ${at}`, kind: 'SELECTABLE' },
  ],
}))

/** Goes on under another offer after five months. */
export const followedOffer = (subsequentTermId: number): OfferInput => ({
  offer: { preUseType: 'CHARGEABLE' },
  terms: [
    {
      frequency: { price: '14.99' },
      termValue: 5,
      extensionType: 'SUBSEQUENT_RATE_DETAIL',
      extensionTermValue: null,
      extensionTermUnit: null,
      subsequentTermId,
    },
  ],
  choices: ['CASH', 'CREDIT_CARD'],
})

const months = { ...policy, maxTerms: 6, unlimitedAllowed: true, dayShortening: true } as const
const free = { freeTerms: 0, feeType: 'NONE', amountPerUnit: null } as const

/** How members pause: offer `n` has the policy `n` modulo their number. */
export const lifePolicies: readonly IdlePolicySnapshot[] = [
  { ...months, recurringCharges: true },
  { ...months, ...free, temporalUnit: 'DAY', maxTerms: 60, unlimitedAllowed: false },
  { ...months, freeTerms: 0, feeType: 'ABSOLUTE', amount: '6.66', amountPerUnit: null, suspendsModules: false },
  { ...months, ...free, temporalUnit: 'WEEK', maxTerms: 9, startAlignment: 'BILLING_PERIOD', extendsContract: false },
]
