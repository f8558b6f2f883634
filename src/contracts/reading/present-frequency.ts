import { months, type PricedPart } from '../../membership-offers/index.ts'
import { presentMoney } from '../../platform/api/values.ts'
import type { Contract } from './contract-schemas.ts'
import { defined } from '../../platform/values/defined.ts'

type Shown = Contract['priceDetails']['paymentFrequency']

/** How a price that was signed becomes payments; `start` is where its billing begins. */
export function presentFrequency({ frequency, frequencyId }: PricedPart, start: Temporal.PlainDate): Shown {
  const shown = { ...defined({ id: frequencyId }), type: frequency.type }
  switch (frequency.type) {
    case 'FREE':
      return shown
    case 'NON_RECURRING':
      return { ...shown, price: presentMoney(frequency.price) }
    case 'RECURRING': {
      const { price, step, calculation } = frequency
      const isMonthly = step.unit === 'MONTH' || step.unit === 'YEAR'
      const paymentDay = calculation === 'REFERENCE_DATE' ? start.day : 1
      return { ...shown, price: presentMoney(price), term: step, ...(isMonthly ? { paymentDay } : {}) }
    }
    case 'MONTH_DAY':
      return {
        ...shown,
        monthDaysToPrices: frequency.prices.map(({ month, day, price }) => ({
          monthDay: { month: months[month - 1] ?? 'JANUARY', monthValue: month, dayOfMonth: day },
          price: presentMoney(price),
        })),
      }
    case 'TERM_BASED':
      return {
        ...shown,
        termsToPrices: frequency.prices.map(({ offset, price }) => ({ term: offset, price: presentMoney(price) })),
      }
  }
}
