import { type Static, Type } from 'typebox'
import { choice, described, flag, id, int32, list, named, text } from '../platform/api/schema.ts'
import { Money, Term } from '../platform/api/values.ts'

const optional = Type.Optional
export const months = [
  ...['JANUARY', 'FEBRUARY', 'MARCH', 'APRIL', 'MAY', 'JUNE'],
  ...['JULY', 'AUGUST', 'SEPTEMBER', 'OCTOBER', 'NOVEMBER', 'DECEMBER'],
] as const

/** Whose prices a payment frequency describes; the parts of its schema are named after it. */
type Priced = 'MembershipOffer' | 'AdditionalModule' | 'Contract'

const monthDayToPrice = (priced: Priced) =>
  named(
    `${priced}MonthDayToPrice`,
    Type.Object({
      monthDay: Type.Object(
        {
          month: optional(choice(months, 'The month.')),
          monthValue: optional(int32('The month as a number from 1 to 12.', { examples: [3] })),
          dayOfMonth: optional(int32('The day; 29 February is 28 February in common years.', { examples: [31] })),
        },
        { description: 'The day of the year on which the price falls due.' },
      ),
      price: described(Money, 'What falls due.'),
    }),
  )

const termToPrice = (priced: Priced) =>
  named(
    `${priced}TermToPrice`,
    Type.Object({
      term: described(Term, 'Falls due when this time has passed since the start.'),
      price: described(Money, 'What falls due.'),
    }),
  )

/** How a price becomes payments: the fields that offers, modules and contracts have alike. */
export const frequencyFields = (priced: Priced) => ({
  type: choice(['FREE', 'NON_RECURRING', 'RECURRING', 'MONTH_DAY', 'TERM_BASED'], 'How the price becomes payments.'),
  term: optional(described(Term, 'RECURRING: the time between two payments.')),
  price: optional(described(Money, 'RECURRING and NON_RECURRING: the price of one payment.')),
  monthDaysToPrices: optional(list(monthDayToPrice(priced), 'MONTH_DAY: the days of the year and their prices.')),
  termsToPrices: optional(list(termToPrice(priced), 'TERM_BASED: the times and their prices.')),
})

const AgeBasedAdjustment = named(
  'MembershipOfferModuleAgeBasedAdjustment',
  Type.Object({
    ageRange: described(
      named(
        'AgeRange',
        Type.Object({
          startAge: int32('Youngest age, inclusive.', { examples: [18] }),
          endAge: int32('Oldest age, inclusive.', { examples: [24] }),
        }),
      ),
      'The ages that it is for.',
    ),
    value: Type.Number({
      description: 'Percent taken off, or the price in the currency of the studio.',
      examples: [10],
    }),
    type: choice(['ABSOLUTE', 'PERCENTAGE'], 'ABSOLUTE is the price itself, PERCENTAGE is taken off the price.'),
  }),
)

export const MembershipOfferPaymentFrequency = named(
  'MembershipOfferPaymentFrequency',
  Type.Object({
    id: optional(id('The payment frequency.')),
    ...frequencyFields('MembershipOffer'),
    recurring: optional(flag('MONTH_DAY and TERM_BASED: whether the plan repeats.')),
    ageBasedAdjustments: optional(list(AgeBasedAdjustment, 'Prices by the age of the member.')),
    formattedPaymentFrequency: text('The frequency in words, in the language of the caller.', {
      examples: ['Every month'],
    }),
  }),
)
export type MembershipOfferPaymentFrequency = Static<typeof MembershipOfferPaymentFrequency>
