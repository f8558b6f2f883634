import { findBillingStart, findPhaseOn, listPeriods, type Phase } from '../../membership-offers/pricing-rules.ts'
import { findMonday } from '../../platform/time/calendar.ts'
import { isAfter, isBefore } from '../../platform/time/order.ts'
import type { IdlePolicySnapshot } from '../signed/snapshot.ts'

/** Days that are taken by another pause; `until` is the first day after them. */
export interface TakenDays {
  readonly from: Temporal.PlainDate
  readonly until: Temporal.PlainDate
}

type Alignment = Pick<IdlePolicySnapshot, 'temporalUnit' | 'startAlignment'>

/** The first day from `earliest` on with which a pause may start and that no other pause takes. */
export function findFirstStart(
  policy: Alignment,
  earliest: Temporal.PlainDate,
  { phases, taken }: { readonly phases: readonly Phase[]; readonly taken: readonly TakenDays[] },
): Temporal.PlainDate {
  let day = alignStart(policy, earliest, phases)
  for (;;) {
    const start = day
    const pause = taken.find(({ from, until }) => !isBefore(start, from) && isBefore(start, until))
    if (!pause) return day
    day = alignStart(policy, pause.until, phases)
  }
}

/** The first day from `earliest` on that begins a unit; a rate without billing periods follows the calendar. */
export function alignStart(
  { temporalUnit, startAlignment }: Alignment,
  earliest: Temporal.PlainDate,
  phases: readonly Phase[],
): Temporal.PlainDate {
  if (temporalUnit === 'DAY') return earliest
  const phase = findPhaseOn(phases, earliest)
  const frequency = phase?.plan.rate.frequency
  if (startAlignment === 'BILLING_PERIOD' && phase && frequency?.type === 'RECURRING') {
    for (const { from } of listPeriods(findBillingStart(phase.runTime), frequency.step, frequency.calculation))
      if (!isBefore(from, earliest)) return from
  }
  return alignToCalendar(temporalUnit, earliest)
}

function alignToCalendar(unit: 'WEEK' | 'MONTH', earliest: Temporal.PlainDate): Temporal.PlainDate {
  const begun = unit === 'WEEK' ? findMonday(earliest) : earliest.with({ day: 1 })
  if (!isAfter(earliest, begun)) return begun
  return unit === 'WEEK' ? begun.add({ days: 7 }) : begun.add({ months: 1 })
}
