import { listPriceDays } from '../../membership-offers/pricing-rules.ts'
import { isAfter } from '../../platform/time/order.ts'
import type { SignedContract } from '../signed/signed-contract-facts.ts'
import { findPauseUntil } from '../timeline/pause-rules.ts'
import type { ModuleTimeline, Timeline } from '../timeline/timeline-rules.ts'

const nextDay = (date: Temporal.PlainDate) => date.add({ days: 1 })

/**
 * The next day after `today` on which time alone changes something about a contract: a deadline has passed, a later rate or
 * a price begins, a pause without end begins a further unit, the contract or a module is over. Undefined once all is over.
 */
export function findNextChange(
  contract: SignedContract,
  { timeline, modules }: { readonly timeline: Timeline; readonly modules: readonly ModuleTimeline[] },
  today: Temporal.PlainDate,
): Temporal.PlainDate | undefined {
  if (contract.row.voidedAt !== null) return undefined
  const { phases, end, isFinal } = timeline
  const current = phases.findLast(({ plan }) => !isAfter(plan.start, today)) ?? phases[0]
  const days = [
    isFinal ? nextDay(end) : nextDay(timeline.lastCancelationDay),
    ...phases.map(({ plan }) => plan.start),
    ...(current ? listPriceDays(current, contract.plan, today) : []),
    ...modules.flatMap(listModuleDays),
    ...contract.idlePeriods
      .filter(({ state, endDate }) => state === 'ACCEPTED' && endDate === null)
      .map((pause) => findPauseUntil(pause, today)),
  ]
  const [next] = days
    .filter((day) => isAfter(day, today) && !(isFinal && isAfter(day, nextDay(end))))
    .toSorted(Temporal.PlainDate.compare)
  return next
}

/** The day after the deadline of a module that goes on or is followed, and the day after its last one. */
function listModuleDays({ deadline, end, sub }: ModuleTimeline): Temporal.PlainDate[] {
  if (sub.row.endedAt !== null) return []
  return [...(deadline ? [nextDay(deadline)] : []), ...(end ? [nextDay(end)] : [])]
}
