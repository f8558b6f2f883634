import { isBefore } from '../../platform/time/order.ts'
import type { Phase } from './commitment-rules.ts'
import { type PriceFacts, withoutVoucher } from './part-prices.ts'
import type { ContractPlan, ModulePlan } from './plan.ts'
import { countRenewals, findTermEnd, type RunTime } from './run-time-rules.ts'

/** What the prices of a phase depend on; rules and vouchers count from the start of the whole contract. */
export function factsFor(phase: Phase, plan: ContractPlan): PriceFacts {
  return { plan: phase.plan, contractStart: plan.start, initialUntil: findTermEnd(phase.runTime, 0).until }
}

/** What the price of a module depends on: its contract, or the one with which it was sold before it came along. */
export function factsForModule({ carried }: ModulePlan, first: Phase): PriceFacts {
  const facts = factsFor(first, first.plan)
  if (!carried?.prices) return facts
  const { start, initialUntil, ...prices } = carried.prices
  return { plan: { ...withoutVoucher(facts.plan), ...prices }, contractStart: start, initialUntil }
}

/** The phase as its parts see it. */
export function timePart({ runTime, until, isFinal }: Phase) {
  return {
    start: runTime.start,
    until,
    isFinal,
    initialUntil: findTermEnd(runTime, 0).until,
    unpausedInitialUntil: findTermEnd({ ...runTime, pauses: [] }, 0).until,
    termStarts: listTermStarts(runTime, until),
  }
}

/** The first days of the terms that begin before `until`. */
export function listTermStarts(runTime: RunTime, until: Temporal.PlainDate): Temporal.PlainDate[] {
  const starts = [runTime.start]
  for (let index = 0; index < countRenewals(runTime.terms); index++) {
    const next = findTermEnd(runTime, index).until
    if (!isBefore(next, until)) break
    starts.push(next)
  }
  return starts
}
