import { countDays, isBefore, laterDate } from '../../platform/time/order.ts'
import { divideHalfUp, type Money, type Ratio } from '../../platform/values/money.ts'
import { findUnitStart } from './billing-periods.ts'
import type { ContractPlan } from './plan.ts'
import type { UnitPrice } from './price-rules.ts'
import { shiftDate, toShift } from './terms.ts'

/** A part of a whole price: `days` of the `pricedDays` that a `divisor`-th of the price is for. */
interface Portion {
  readonly days: number
  readonly pricedDays: number
  readonly divisor: number
}

/**
 * How many whole prices the use before the start costs, as a fraction. A recurring price is counted back from the start
 * period by period, or by calendar units where the billing follows the calendar.
 */
export function countPreUsePrices({ rate, useFrom, start }: ContractPlan): Ratio | undefined {
  const { frequency } = rate
  if (frequency.type !== 'RECURRING') return undefined
  const { step } = frequency
  const portions: Portion[] = []
  for (let until = start, i = 1; isBefore(useFrom, until); i++) {
    const isOnCalendar = frequency.calculation === 'NORMALIZATION_ON_CALENDAR_UNIT' && step.unit !== 'DAY'
    const unitStart = findUnitStart(until.subtract({ days: 1 }), step.unit)
    const from = isOnCalendar ? unitStart : shiftDate(start, toShift(step, -i))
    const whole = isOnCalendar ? shiftDate(unitStart, toShift({ value: 1, unit: step.unit })) : until
    const used = laterDate(from, useFrom)
    portions.push({
      days: countDays(used, until),
      pricedDays: countDays(from, whole),
      divisor: isOnCalendar ? step.value : 1,
    })
    until = from
  }
  return addUp(portions)
}

function addUp(portions: readonly Portion[]): Ratio {
  return portions.reduce<Ratio>(
    (sum, { days, pricedDays, divisor }) => {
      const denominator = BigInt(pricedDays) * BigInt(divisor)
      return {
        numerator: sum.numerator * denominator + BigInt(days) * sum.denominator,
        denominator: sum.denominator * denominator,
      }
    },
    { numerator: 0n, denominator: 1n },
  )
}

/** All three amounts of a price times the fraction, each rounded once. */
export function takePortion(
  unit: UnitPrice,
  portion: Ratio,
): Pick<UnitPrice, 'undiscounted' | 'price' | 'companyShare'> {
  const take = ({ minor, currency }: Money) => ({
    minor: divideHalfUp(minor * portion.numerator, portion.denominator),
    currency,
  })
  return { undiscounted: take(unit.undiscounted), price: take(unit.price), companyShare: take(unit.companyShare) }
}
