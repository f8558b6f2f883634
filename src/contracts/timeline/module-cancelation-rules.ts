import { countRenewals, findTermEnd, type RunTime } from '../../membership-offers/pricing-rules.ts'
import { isAfter, isBefore } from '../../platform/time/order.ts'
import type { SignedContract } from '../signed/signed-contract-facts.ts'
import { type ModuleTimeline, readState, type Timeline } from './timeline-rules.ts'

/** As many dates as a client is offered. */
const MOST_DATES = 12

/**
 * The last days to which a module contract can be canceled, for a cancelation that is received on `receipt`: what partners
 * list is exactly what is accepted. During a trial its last day comes first. Empty for modules that came with the contract
 * for nothing, for one that is over, and while a cancelation is live.
 */
export function listModuleCancelationDates(
  contract: SignedContract,
  { timeline, module }: { readonly timeline: Timeline; readonly module: ModuleTimeline },
  receipt: Temporal.PlainDate,
): Temporal.PlainDate[] {
  const { sub, end } = module
  const { row, plan, cancelation } = sub
  const isBought = row.origin === 'ADDITIONAL' || row.origin === 'OPTIONAL'
  if (!isBought || cancelation || (end && isAfter(receipt, end))) return []
  const lastTrialDay = plan.paidFrom.subtract({ days: 1 })
  const trial = isAfter(plan.paidFrom, row.startDate) && !isAfter(receipt, lastTrialDay) ? [lastTrialDay] : []
  const { pauses } = readState(contract, receipt)
  const runTime = plan.runTime && {
    terms: plan.runTime,
    start: plan.paidFrom,
    pauses: pauses.filter(({ suspendsModules }) => suspendsModules),
  }
  const ends = runTime ? listTermEnds(runTime, { receipt, isFollowed: row.snapshot.extensionType === 'NEW' }) : []
  const { finalEnd } = timeline
  return [...trial, ...ends].filter((day) => !finalEnd || !isAfter(day, finalEnd)).slice(0, MOST_DATES)
}

/** The ends of terms whose deadline has not passed, none beyond 24 months but the first. A term without extension has none. */
function listTermEnds(
  runTime: RunTime,
  { receipt, isFollowed }: { readonly receipt: Temporal.PlainDate; readonly isFollowed: boolean },
): Temporal.PlainDate[] {
  // One that another module contract follows can be kept from being followed.
  if (runTime.terms.extension.type === 'NONE' && !isFollowed) return []
  const latest = receipt.add({ months: 24 })
  const dates: Temporal.PlainDate[] = []
  for (let index = 0; index <= countRenewals(runTime.terms) && dates.length < MOST_DATES; index++) {
    const { end, deadline } = findTermEnd(runTime, index)
    if (isBefore(deadline, receipt)) continue
    if (dates.length > 0 && isAfter(end, latest)) break
    dates.push(end)
  }
  return dates
}
