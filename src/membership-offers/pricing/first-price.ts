import { isBefore } from '../../platform/time/order.ts'
import type { Money } from '../../platform/values/money.ts'
import type { MonthDayPrice, OffsetPrice, PaymentFrequency } from './plan.ts'
import { shiftDate, toShift } from './terms.ts'

/** What falls due first in a contract that starts on this day, before age and vouchers: the base price. FREE: 0. */
export function findFirstPrice(frequency: PaymentFrequency, start: Temporal.PlainDate, currency: string): Money {
  const free = { minor: 0n, currency }
  switch (frequency.type) {
    case 'FREE':
      return free
    case 'NON_RECURRING':
    case 'RECURRING':
      return frequency.price
    case 'MONTH_DAY':
      return firstBy(frequency.prices, (price) => nextOccurrence(price, start))?.price ?? free
    case 'TERM_BASED':
      return firstBy(frequency.prices, ({ offset }: OffsetPrice) => shiftDate(start, toShift(offset)))?.price ?? free
  }
}

function firstBy<T>(prices: readonly T[], dueOn: (price: T) => Temporal.PlainDate): T | undefined {
  return prices.toSorted((a, b) => Temporal.PlainDate.compare(dueOn(a), dueOn(b)))[0]
}

/** The day itself, in this year or the next; 29 February is 28 February in common years. */
function nextOccurrence({ month, day }: MonthDayPrice, start: Temporal.PlainDate): Temporal.PlainDate {
  const inYear = (year: number) => Temporal.PlainDate.from({ year, month, day }, { overflow: 'constrain' })
  const thisYear = inYear(start.year)
  return isBefore(thisYear, start) ? inYear(start.year + 1) : thisYear
}
