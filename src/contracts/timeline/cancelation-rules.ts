import {
  type ContractPlan,
  countRenewals,
  earliestEndAfterReceipt,
  findBillingStart,
  findTermEnd,
  listPeriods,
  type Pause,
  type RunTime,
} from '../../membership-offers/pricing-rules.ts'
import { isAfter, isBefore } from '../../platform/time/order.ts'
import type { SignedContract } from '../signed/signed-contract-facts.ts'
import { readState, readTimeline } from './timeline-rules.ts'

/** As many dates as a client is offered. */
const MOST_DATES = 12

/**
 * The last days to which a contract can be canceled, for a cancelation that is received on `receipt`: what partners list
 * is exactly what is accepted. Empty for contracts whose end is agreed, and while a cancelation is live.
 */
export function listCancelationDates(contract: SignedContract, receipt: Temporal.PlainDate): Temporal.PlainDate[] {
  if (contract.cancelation) return []
  const { phases, end } = readTimeline(contract, receipt)
  const last = phases.at(-1)
  if (!last || isAfter(receipt, end)) return []
  const { pauses } = readState(contract, receipt)
  if (last.plan.cancelationStrategy === 'RECEIPT_DATE') return listByReceipt(last.plan, last.runTime, receipt)
  return listByTerm(last.plan, { receipt, pauses })
}

/** The ends of terms whose deadline has not passed, none beyond 24 months but the first. */
function listByTerm(
  plan: ContractPlan,
  { receipt, pauses }: { readonly receipt: Temporal.PlainDate; readonly pauses: readonly Pause[] },
): Temporal.PlainDate[] {
  const latest = receipt.add({ months: 24 })
  const dates: Temporal.PlainDate[] = []
  for (const { end, deadline } of walkTerms(plan, pauses)) {
    if (isBefore(deadline, receipt)) continue
    if (dates.length > 0 && isAfter(end, latest)) break
    dates.push(end)
    if (dates.length === MOST_DATES) break
  }
  return dates
}

/** The terms from the first of a phase on, through the rates that follow. A phase that is not extended has none. */
export function* walkTerms(plan: ContractPlan, pauses: readonly Pause[]) {
  for (let phase: ContractPlan | undefined = plan; phase; ) {
    if (phase.extension.type === 'NONE') return
    const runTime: RunTime = { terms: phase, start: phase.start, pauses }
    for (let index = 0; index <= countRenewals(phase); index++) yield findTermEnd(runTime, index)
    const from: Temporal.PlainDate = findTermEnd(runTime, 0).until
    phase = phase.subsequent && { ...phase.subsequent, start: from, useFrom: from }
  }
}

/** The earliest day after the notice, then the last days of billing periods within a year. */
function listByReceipt(plan: ContractPlan, runTime: RunTime, receipt: Temporal.PlainDate): Temporal.PlainDate[] {
  if (plan.extension.type === 'NONE') return []
  const first = earliestEndAfterReceipt(runTime, receipt)
  const latest = first.add({ months: 12 })
  const dates = [first]
  const { frequency } = plan.rate
  if (frequency.type !== 'RECURRING') return dates
  for (const { until } of listPeriods(findBillingStart(runTime), frequency.step, frequency.calculation)) {
    const lastDay = until.subtract({ days: 1 })
    if (isAfter(lastDay, latest) || dates.length === MOST_DATES) break
    if (isAfter(lastDay, first)) dates.push(lastDay)
  }
  return dates
}
