import {
  findBillingStart,
  findPhaseOn,
  findTermEnd,
  listPeriods,
  type Phase,
} from '../../membership-offers/pricing-rules.ts'
import { isAfter, isBefore, laterDate } from '../../platform/time/order.ts'
import type { Timeline } from '../timeline/timeline-rules.ts'

/** When a way lets its new contract start. */
export type SwitchStartRule = 'ANY_DAY' | 'NEXT_BILLING_PERIOD' | 'NEXT_TERM'

/** The first and the last day on which the new contract may start: never before today, and at the latest without a gap. */
export function findStartRange(
  { start, end }: { readonly start: Temporal.PlainDate } & Pick<Timeline, 'end'>,
  today: Temporal.PlainDate,
) {
  const next = start.add({ days: 1 })
  return { first: laterDate(next, today), last: end.add({ days: 1 }) }
}

/** Whether the contract before lets go on the eve of a day that lies in the range. */
export function allowsStart(
  rule: SwitchStartRule,
  day: Temporal.PlainDate,
  { phases }: Pick<Timeline, 'phases'>,
): boolean {
  if (rule === 'ANY_DAY') return true
  return beginsTerm(day, phases) || (rule === 'NEXT_BILLING_PERIOD' && beginsPeriod(day, phases))
}

function beginsTerm(day: Temporal.PlainDate, phases: readonly Phase[]): boolean {
  return phases.some(({ runTime, until }) => {
    for (let index = 0; ; index++) {
      const next = findTermEnd(runTime, index).until
      if (!isBefore(next, day) || !isBefore(next, until)) return next.equals(day)
    }
  })
}

/** A rate that is not paid by a rhythm has no periods but its terms. */
function beginsPeriod(day: Temporal.PlainDate, phases: readonly Phase[]): boolean {
  const phase = findPhaseOn(phases, day)
  const frequency = phase?.plan.rate.frequency
  if (!phase || frequency?.type !== 'RECURRING') return false
  for (const { from } of listPeriods(findBillingStart(phase.runTime), frequency.step, frequency.calculation)) {
    if (from.equals(day)) return true
    if (isAfter(from, day)) return false
  }
  return false
}
