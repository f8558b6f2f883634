import { isAfter } from '../../platform/time/order.ts'
import type { Money } from '../../platform/values/money.ts'
import type { Phase } from './commitment-rules.ts'
import { findFirstPrice } from './first-price.ts'
import { priceModule, priceRate } from './part-prices.ts'
import { factsFor, factsForModule } from './phase-time.ts'
import type { ContractPlan, DiscountWindow, ModulePlan, PriceRule } from './plan.ts'
import { findTermEnd } from './run-time-rules.ts'
import { joinShifts, noShift, shiftDate, toShift } from './terms.ts'

/** The price of one payment of the rate on a day: agreed steps, age and voucher considered. */
export function findCurrentPrice(phase: Phase, plan: ContractPlan, day: Temporal.PlainDate): Money {
  const base = findFirstPrice(phase.plan.rate.frequency, phase.plan.start, plan.currency)
  return priceRate(factsFor(phase, plan))(day, base).price
}

/** The price of one payment of a module on a day, before vouchers. */
export function findModulePrice(module: ModulePlan, first: Phase, day: Temporal.PlainDate): Money {
  const base = findFirstPrice(module.frequency, module.paidFrom, first.plan.currency)
  return priceModule(factsForModule(module, first), module)(day, base).undiscounted
}

/** The days after `today` on which the price of the rate may change, each kind of change with its next one. */
export function listPriceDays(phase: Phase, plan: ContractPlan, today: Temporal.PlainDate): Temporal.PlainDate[] {
  const { rate, start, voucher, birthDate, ageEvaluation } = phase.plan
  const initialUntil = findTermEnd(phase.runTime, 0).until
  const hasAges = rate.ageAdjustments.length > 0 && ageEvaluation === 'PERIOD_START'
  return [
    ...rate.priceRules.flatMap((rule) => findNextStep(rule, start, today) ?? []),
    ...(rate.priceAfterExtension ? [initialUntil] : []),
    ...(hasAges && birthDate ? [findNextBirthday(birthDate, today)] : []),
    ...listWindowEnds(voucher?.windows ?? [], { start: plan.start, initialUntil }),
  ].filter((day) => isAfter(day, today))
}

function findNextStep(rule: PriceRule, start: Temporal.PlainDate, today: Temporal.PlainDate) {
  const most = rule.recurrence ? (rule.maxOccurrences ?? Number.POSITIVE_INFINITY) : 1
  for (let j = 0; j < most; j++) {
    const repeated = rule.recurrence ? toShift(rule.recurrence, j) : noShift
    const on = shiftDate(start, joinShifts(toShift(rule.firstAfter), repeated))
    if (isAfter(on, today)) return on
  }
  return undefined
}

/** Persons born on 29 February turn older on 1 March in common years. */
function findNextBirthday(birthDate: Temporal.PlainDate, today: Temporal.PlainDate): Temporal.PlainDate {
  const inYear = (year: number) => {
    const { month, day } = birthDate
    const turned = Temporal.PlainDate.from({ year, month, day }, { overflow: 'constrain' })
    return turned.day === day ? turned : turned.add({ days: 1 })
  }
  const thisYear = inYear(today.year)
  return isAfter(thisYear, today) ? thisYear : inYear(today.year + 1)
}

function listWindowEnds(
  windows: readonly DiscountWindow[],
  { start, initialUntil }: { readonly start: Temporal.PlainDate; readonly initialUntil: Temporal.PlainDate },
): Temporal.PlainDate[] {
  let passed = noShift
  return windows.flatMap(({ effective, term }) => {
    if (effective === 'UNLIMITED') return []
    if (effective === 'INITIAL_TERM') return [initialUntil]
    if (term) passed = joinShifts(passed, toShift(term))
    return [shiftDate(start, passed)]
  })
}
