import { isAfter, isBefore } from '../../platform/time/order.ts'
import { type Money, multiply, type Ratio, subtract, add } from '../../platform/values/money.ts'
import type { AgeAdjustment, DiscountWindow, PriceRule, VoucherTerms } from './plan.ts'
import { joinShifts, noShift, shiftDate, toShift } from './terms.ts'

/** A price and what of it a company pays; the member pays the rest. */
export interface UnitPrice {
  /** After age, before the discount of a voucher. */
  readonly undiscounted: Money
  readonly price: Money
  readonly companyShare: Money
}

/** A day on which the base price changes, and how. */
interface PriceStep {
  readonly on: Temporal.PlainDate
  readonly apply: (price: Money) => Money
}

export interface BasePrice {
  readonly price: Money
  readonly start: Temporal.PlainDate
  readonly rules: readonly PriceRule[]
  /** Replaces the price on the first day after the initial term; later rules go on from it. */
  readonly afterExtension?: { readonly on: Temporal.PlainDate; readonly price: Money }
}

/** The base price on a day: every step that was agreed up to this day, each rounded. */
export function findBasePrice({ price, start, rules, afterExtension }: BasePrice, day: Temporal.PlainDate): Money {
  const steps = rules.flatMap((rule) => listSteps(rule, start, day))
  if (afterExtension && !isAfter(afterExtension.on, day)) {
    steps.push({ on: afterExtension.on, apply: () => afterExtension.price })
  }
  // Sorting is stable: rules of one day keep their order, and the extension price comes last.
  return steps.toSorted((a, b) => Temporal.PlainDate.compare(a.on, b.on)).reduce((sum, { apply }) => apply(sum), price)
}

function listSteps(rule: PriceRule, start: Temporal.PlainDate, day: Temporal.PlainDate): PriceStep[] {
  const steps: PriceStep[] = []
  const most = rule.recurrence ? (rule.maxOccurrences ?? Number.POSITIVE_INFINITY) : 1
  for (let j = 0; j < most; j++) {
    const repeated = rule.recurrence ? toShift(rule.recurrence, j) : noShift
    const on = shiftDate(start, joinShifts(toShift(rule.firstAfter), repeated))
    if (isAfter(on, day)) break
    steps.push({ on, apply: (price) => applyRule(price, rule) })
  }
  return steps
}

function applyRule(price: Money, { change }: PriceRule): Money {
  if (change.type === 'NEW_BASIC_AMOUNT') return change.price
  const by = isRatio(change.by) ? multiply(price, change.by) : change.by
  return notNegative(change.type === 'RAISE' ? add(price, by) : subtract(price, by))
}

/** The price for a member of this age; an age without a range pays the price itself. */
export function adjustForAge(price: Money, adjustments: readonly AgeAdjustment[], age: number | undefined): Money {
  const range = findAgeRange(adjustments, age)
  if (!range) return price
  if (range.change.type === 'ABSOLUTE') return range.change.price
  return takeOff(price, range.change.off)
}

export function findAgeRange(adjustments: readonly AgeAdjustment[], age: number | undefined) {
  if (age === undefined) return undefined
  return adjustments.find(({ startAge, endAge }) => startAge <= age && age <= endAge)
}

/** Full years on a day. Persons born on 29 February turn older on 1 March in common years. */
export function findAge(birthDate: Temporal.PlainDate, day: Temporal.PlainDate): number {
  const isBeforeBirthday = day.month < birthDate.month || (day.month === birthDate.month && day.day < birthDate.day)
  return day.year - birthDate.year - (isBeforeBirthday ? 1 : 0)
}

export function applyDiscount(price: Money, window: DiscountWindow | undefined): Money {
  if (!window) return price
  if (window.change.type === 'ABSOLUTE') return notNegative(subtract(price, window.change.off))
  return takeOff(price, window.change.off)
}

/** The window of a voucher that contains the day. Each begins where the one before it ended. */
export function findWindow(
  windows: readonly DiscountWindow[],
  { start, initialUntil }: { readonly start: Temporal.PlainDate; readonly initialUntil: Temporal.PlainDate },
  day: Temporal.PlainDate,
): DiscountWindow | undefined {
  let passed = noShift
  for (const window of windows) {
    if (window.effective === 'UNLIMITED') return window
    if (window.effective === 'TIME_BASED' && window.term) passed = joinShifts(passed, toShift(window.term))
    const until = window.effective === 'INITIAL_TERM' ? initialUntil : shiftDate(start, passed)
    if (isBefore(day, until)) return window
  }
  return undefined
}

/** The part of a price that the company behind the voucher pays. */
export function shareWithCompany(price: Money, share: VoucherTerms['companyShare']): Money {
  if (!share) return { ...price, minor: 0n }
  if (share.type === 'PERCENTAGE') return multiply(price, share.part)
  return share.part.minor < price.minor ? share.part : price
}

function takeOff(price: Money, off: Ratio): Money {
  return multiply(price, { numerator: off.denominator - off.numerator, denominator: off.denominator })
}

function isRatio(value: Ratio | Money): value is Ratio {
  return 'numerator' in value
}

function notNegative(price: Money): Money {
  return price.minor < 0n ? { ...price, minor: 0n } : price
}
