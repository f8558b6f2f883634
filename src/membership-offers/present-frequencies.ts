import { presentMoney } from '../platform/api/values.ts'
import { amountNumber } from '../platform/values/money.ts'
import { defined } from '../platform/values/defined.ts'
import type { FrequencyRecord } from './catalogue/frequency-store.ts'
import { toMoney, toTerm } from './catalogue/price-plan.ts'
import { type MembershipOfferPaymentFrequency, months } from './frequency-schemas.ts'
import { formatFrequency } from './frequency-texts.ts'
import type { Speaker } from './wording.ts'

export interface FrequencyContext {
  /** ISO 4217, of the studio that sells. */
  readonly currency: string
  readonly speaker: Speaker
}

/** How a price becomes payments. Each field is there for the types that have it only. */
export function presentFrequency(
  frequency: FrequencyRecord,
  { currency, speaker }: FrequencyContext,
): MembershipOfferPaymentFrequency {
  const { id, type, price, recurring } = frequency
  return {
    id,
    type,
    ...defined({ term: toTerm(frequency.termValue, frequency.termUnit) }),
    ...(price === null ? {} : { price: presentMoney(toMoney(price, currency)) }),
    ...(type === 'MONTH_DAY' ? { monthDaysToPrices: presentMonthDays(frequency, currency), recurring } : {}),
    ...(type === 'TERM_BASED' ? { termsToPrices: presentOffsets(frequency, currency), recurring } : {}),
    ...(frequency.ages.length > 0 ? { ageBasedAdjustments: presentAges(frequency, currency) } : {}),
    formattedPaymentFrequency: formatFrequency(frequency, speaker),
  }
}

/** What a module shows that costs nothing. */
export function presentFreeFrequency(speaker: Speaker): MembershipOfferPaymentFrequency {
  return { type: 'FREE', formattedPaymentFrequency: speaker.say('offertext.frequency.free') }
}

function presentMonthDays({ entries }: FrequencyRecord, currency: string) {
  return entries.flatMap(({ month, day, price }) => {
    const name = month === null ? undefined : months[month - 1]
    if (month === null || day === null || name === undefined) return []
    return [
      {
        monthDay: { month: name, monthValue: month, dayOfMonth: day },
        price: presentMoney(toMoney(price, currency)),
      },
    ]
  })
}

function presentOffsets({ entries }: FrequencyRecord, currency: string) {
  return entries.flatMap(({ offsetValue, offsetUnit, price }) => {
    const term = toTerm(offsetValue, offsetUnit)
    return term ? [{ term, price: presentMoney(toMoney(price, currency)) }] : []
  })
}

function presentAges({ ages }: FrequencyRecord, currency: string) {
  return ages.map(({ startAge, endAge, type, percentage, price }) => ({
    ageRange: { startAge, endAge },
    value: price === null ? Number(percentage) : amountNumber(toMoney(price, currency)),
    type,
  }))
}
