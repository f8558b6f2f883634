import { isAfter } from '../../platform/time/order.ts'
import type { Money } from '../../platform/values/money.ts'
import type { Phase } from './commitment-rules.ts'
import { findFirstPrice } from './first-price.ts'
import { priceRate } from './part-prices.ts'
import { factsFor } from './phase-time.ts'
import type { ContractPlan } from './plan.ts'

/** The phase of a contract on a day; before its start the first one. */
export function findPhaseOn(phases: readonly Phase[], day: Temporal.PlainDate): Phase | undefined {
  return phases.findLast(({ runTime }) => !isAfter(runTime.start, day)) ?? phases[0]
}

/** What one payment of the rate costs on a day, with agreed steps, age and voucher, pauses aside. */
export function findRatePrice(plan: ContractPlan, phase: Phase, day: Temporal.PlainDate): Money {
  const { rate, start, currency } = phase.plan
  return priceRate(factsFor(phase, plan))(day, findFirstPrice(rate.frequency, start, currency)).price
}
