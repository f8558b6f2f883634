import { countDays, isBefore } from '../../platform/time/order.ts'
import { add, type Money, multiply } from '../../platform/values/money.ts'
import { type BillingPeriod, type BillingStart, joinPeriods, listPeriods } from './billing-periods.ts'
import { countSpanDays, type DaySpan, intersectSpans, isInSpan, subtractSpans } from './day-spans.ts'
import type { MonthDayPrice, OffsetPrice, PaymentFrequency } from './plan.ts'
import type { UnitPrice } from './price-rules.ts'
import { joinShifts, noShift, shiftDate, toShift } from './terms.ts'

/** What a part of a membership costs for one stretch of time. */
export interface PriceLine {
  /** First day of the billing period. With the part it identifies the line for good. */
  readonly periodFrom: Temporal.PlainDate
  /** The days that are paid for. */
  readonly service: DaySpan
  readonly due: Temporal.PlainDate
  /** For these days: before the discount of a voucher, after it, and what a company pays of it. */
  readonly undiscounted: Money
  readonly amount: Money
  readonly companyShare: Money
}

/** One part of a membership on the time line. */
export interface PartTime {
  readonly frequency: PaymentFrequency
  /** First day that is paid for. */
  readonly start: Temporal.PlainDate
  /** Where the billing grid begins; differs from `start` when free days come first. */
  readonly billingStart: BillingStart
  /** First day after what is committed. */
  readonly until: Temporal.PlainDate
  /** Nothing goes on after `until`. Otherwise a period that crosses it is planned whole, because the part will renew. */
  readonly isFinal: boolean
  /** The ends of the terms before `until`, and where the initial one would end without pauses. */
  readonly initialUntil: Temporal.PlainDate
  readonly termStarts: readonly Temporal.PlainDate[]
  readonly unpausedInitialUntil: Temporal.PlainDate
  /** Days that cost nothing: pauses and bonus periods. */
  readonly freeDays: readonly DaySpan[]
  /** A grid to follow instead of the part's own. */
  readonly grid?: Iterable<BillingPeriod>
  /** Whether extensions of a price that is paid once cost something again. */
  readonly hasPriceAfterExtension: boolean
  /** The price on a day, from the price that the frequency names. */
  readonly priceOn: (day: Temporal.PlainDate, price: Money) => UnitPrice
}

/** The lines of one part, in order of their periods. */
export function listPartLines(part: PartTime): PriceLine[] {
  const { frequency } = part
  switch (frequency.type) {
    case 'FREE':
      return []
    case 'NON_RECURRING':
      return listTermLines(part, frequency.price)
    case 'RECURRING':
      return listPeriodLines(part, frequency)
    case 'MONTH_DAY':
      return listDayLines(part, listMonthDays(part, frequency.prices, frequency.recurring))
    case 'TERM_BASED':
      return listDayLines({ ...part, freeDays: [] }, listOffsets(part, frequency.prices, frequency.recurring))
  }
}

/** One line for the initial term, and one for each later term if a price for extensions is agreed. */
function listTermLines(part: PartTime, price: Money): PriceLine[] {
  const starts = part.hasPriceAfterExtension ? part.termStarts : part.termStarts.slice(0, 1)
  return starts.map((from, i) => {
    const until = part.termStarts[i + 1] ?? part.until
    return wholeLine({ from, until }, part.priceOn(from, price))
  })
}

function listPeriodLines(part: PartTime, frequency: Extract<PaymentFrequency, { type: 'RECURRING' }>): PriceLine[] {
  const grid = part.grid
    ? joinPeriods(part.grid, part.start)
    : listPeriods(part.billingStart, frequency.step, frequency.calculation)
  const lines: PriceLine[] = []
  for (const period of grid) {
    if (!isBefore(period.from, part.until)) return lines
    const run = part.isFinal ? intersectSpans(period, { from: part.start, until: part.until }) : period
    const billable = run ? subtractSpans(run, part.freeDays) : []
    if (billable.length > 0) lines.push(periodLine(period, billable, part.priceOn(period.from, frequency.price)))
  }
  return lines
}

function periodLine(period: BillingPeriod, billable: readonly DaySpan[], unit: UnitPrice): PriceLine {
  const share = {
    numerator: BigInt(countSpanDays(billable)),
    denominator: BigInt(period.pricedDays) * BigInt(period.divisor),
  }
  const service = { from: billable[0]?.from ?? period.from, until: billable.at(-1)?.until ?? period.until }
  return {
    periodFrom: period.from,
    service,
    due: period.from,
    undiscounted: multiply(unit.undiscounted, share),
    amount: multiply(unit.price, share),
    companyShare: multiply(unit.companyShare, share),
  }
}

/** A price that falls due on a day as a whole. */
interface DuePrice {
  readonly on: Temporal.PlainDate
  readonly price: Money
}

/** Each is paid for the days up to the next one. A pause or bonus on its day drops it; it is never cut. */
function listDayLines(part: PartTime, dues: readonly DuePrice[]): PriceLine[] {
  const days = [...new Map(dues.map(({ on }) => [on.toString(), on])).values()]
  return days
    .map((on, i) => {
      const units = dues.filter((due) => due.on.equals(on)).map(({ price }) => part.priceOn(on, price))
      return wholeLine({ from: on, until: days[i + 1] ?? part.until }, sumUnits(units))
    })
    .filter(({ due }) => !part.freeDays.some((span) => isInSpan(due, span)))
}

/** Prices that fall due on one day, such as those of 28 and 29 February in a common year, are one line. */
function sumUnits([first, ...more]: readonly UnitPrice[]): UnitPrice {
  if (!first) throw new Error('No price falls due on a day that is listed.')
  return more.reduce(
    (sum, unit) => ({
      undiscounted: add(sum.undiscounted, unit.undiscounted),
      price: add(sum.price, unit.price),
      companyShare: add(sum.companyShare, unit.companyShare),
    }),
    first,
  )
}

function listMonthDays({ start, until }: PartTime, prices: readonly MonthDayPrice[], isRecurring: boolean): DuePrice[] {
  const dues: DuePrice[] = []
  for (let year = start.year; year <= until.year; year++) {
    for (const { month, day, price } of prices) {
      const on = Temporal.PlainDate.from({ year, month, day }, { overflow: 'constrain' })
      if (isBefore(on, start) || !isBefore(on, until)) continue
      if (isRecurring || isBefore(on, start.add({ years: 1 }))) dues.push({ on, price })
    }
  }
  return dues.toSorted((a, b) => Temporal.PlainDate.compare(a.on, b.on))
}

/** In the initial term pauses bring no further price: only offsets count that it would have without them. */
function listOffsets(part: PartTime, prices: readonly OffsetPrice[], isRecurring: boolean): DuePrice[] {
  const { start, until, initialUntil, unpausedInitialUntil } = part
  const plan = prices
    .map(({ offset, price }) => ({ shift: toShift(offset), price }))
    .toSorted((a, b) => Temporal.PlainDate.compare(shiftDate(start, a.shift), shiftDate(start, b.shift)))
  const cycle = plan.at(-1)?.shift ?? noShift
  const dues: DuePrice[] = []
  for (let passed = noShift, round = 0; round === 0 || isRecurring; round++, passed = joinShifts(passed, cycle)) {
    if (round > 0 && !isBefore(shiftDate(start, passed), until)) break
    for (const { shift, price } of plan) {
      const on = shiftDate(start, joinShifts(passed, shift))
      const isBroughtByPause = isBefore(on, initialUntil) && !isBefore(on, unpausedInitialUntil)
      if (isBefore(on, until) && !isBroughtByPause) dues.push({ on, price })
    }
    if (countDays(start, shiftDate(start, cycle)) <= 0) break
  }
  return dues
}

function wholeLine(service: DaySpan, { undiscounted, price, companyShare }: UnitPrice): PriceLine {
  return { periodFrom: service.from, service, due: service.from, undiscounted, amount: price, companyShare }
}
