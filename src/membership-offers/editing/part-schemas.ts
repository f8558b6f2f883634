import { type Static, Type } from 'typebox'
import { choice, date, flag, id, int32, list, text } from '../../platform/api/schema.ts'
import { ageAdjustments, bonusPeriods, paymentFrequencies } from '../tables.ts'

const optional = Type.Optional
const units = paymentFrequencies.termUnit.enumValues

/** A length on the calendar, at least one unit. */
export const length = (description: string) =>
  Type.Object(
    { value: int32('How many.', { minimum: 1, maximum: 3650 }), unit: choice(units, 'Of what.') },
    { description },
  )

/** A length on the calendar that may be nothing. */
export const delay = (description: string) =>
  Type.Object(
    { value: int32('How many.', { minimum: 0, maximum: 3650 }), unit: choice(units, 'Of what.') },
    { description },
  )

/** Decimal text, in the currency of the studio that sells. */
export const amount = (description: string) => text(description, { pattern: '^\\d{1,9}(\\.\\d{1,4})?$' })

/** Decimal text, 12.5 for 12.5 of 100. */
export const percent = (description: string) => text(description, { pattern: '^\\d{1,3}(\\.\\d{1,4})?$' })

/** A name or text of at least one character. */
export const words = (description: string, maxLength = 200) =>
  text(description, { trim: true, minLength: 1, maxLength })

/** Which thing a document is about, and which version of it was read; both left out: a new one. */
export const identity = {
  id: optional(id('what is changed; left out: a new one')),
  version: optional(int32('as it was shown; another one by now is refused', { minimum: 0 })),
}

/** Of what is charged. */
export const taxCode = optional(
  words('name of the tax code of its charges; left out, or not in the books: the usual one', 60),
)

export const activeFlag = flag('is sold; else it is kept for what was sold', { default: true })

export const frequencyDocument = (description: string) =>
  Type.Object(
    {
      type: choice(paymentFrequencies.type.enumValues, 'how the price becomes payments'),
      term: optional(length('RECURRING: the time between two payments')),
      price: optional(amount('RECURRING, NON_RECURRING: the price of one payment')),
      recurring: flag('MONTH_DAY, TERM_BASED: the plan repeats', { default: false }),
      paidPeriodCalc: choice(
        paymentFrequencies.paidPeriodCalc.enumValues,
        'RECURRING: periods follow the start, or the calendar',
        {
          default: 'REFERENCE_DATE',
        },
      ),
      entries: list(
        Type.Object({
          month: optional(int32('MONTH_DAY: the month', { minimum: 1, maximum: 12 })),
          day: optional(
            int32('MONTH_DAY: the day; 29 February is the 28th in common years', { minimum: 1, maximum: 31 }),
          ),
          offset: optional(delay('TERM_BASED: the time that passes since the start')),
          price: amount('what is due'),
        }),
        'MONTH_DAY, TERM_BASED: the payments',
        { default: [], maxItems: 100 },
      ),
      ages: list(
        Type.Object({
          startAge: int32('youngest', { minimum: 0, maximum: 150 }),
          endAge: int32('oldest, inclusive', { minimum: 0, maximum: 150 }),
          type: choice(ageAdjustments.type.enumValues, 'taken off the price, or the price itself'),
          percentage: optional(percent('PERCENTAGE: what is taken off')),
          price: optional(amount('ABSOLUTE: the price')),
        }),
        'prices by the age of the member',
        { default: [], maxItems: 100 },
      ),
    },
    { description },
  )
export type FrequencyDocument = Static<ReturnType<typeof frequencyDocument>>

/** Free time, of a term or of a voucher. */
export const bonusFields = {
  bonus: length('how long'),
  strategy: choice(bonusPeriods.strategy.enumValues, 'where it lies'),
  fixedDate: optional(date('FIXED: its first day')),
  runtimeExtensionType: choice(bonusPeriods.runtimeExtensionType.enumValues, 'whether the term gets longer by it'),
}

/** What a rate or a module entitles to. */
export const serviceGrants = list(
  Type.Object({
    serviceId: id('the service'),
    quantity: optional(int32('how often; left out: as often as one likes', { minimum: 1 })),
    period: optional(length('in which time; left out: in the whole contract')),
    crossStudio: flag('also in other studios', { default: false }),
  }),
  'what it entitles to',
  { default: [], maxItems: 100 },
)

export const rateCodeIdentifiers = list(words('A rate code.'), 'identifiers of its rate codes', {
  default: [],
  uniqueItems: true,
})
