import { countDays, earlierDate, isAfter } from '../../platform/time/order.ts'
import { type ContractState, findCommitment } from './commitment-rules.ts'
import type { ContractLine } from './contract-line.ts'
import { wantedLines } from './contract-lines.ts'
import type { ContractPlan, PaymentFrequency } from './plan.ts'
import { takePortion } from './pre-use-rules.ts'

/**
 * What the days up to and with `usedUntil` cost of a contract whose signing was taken back: its rate, use before the start
 * and modules, by days. Fees cost nothing. A recurring price is cut as by an end on that day; any other is shared out over
 * the days that it is for. The lines are for the same periods as those of `wantedLines`.
 */
export function listUsedLines(plan: ContractPlan, state: ContractState, usedUntil: Temporal.PlainDate): ContractLine[] {
  const ended = { ...state, canceledTo: usedUntil }
  const isCut = (line: ContractLine) => findFrequency(line, plan, state)?.type === 'RECURRING'
  return [
    ...wantedLines(plan, ended).filter(isCut),
    ...wantedLines(plan, state)
      .filter((line) => isForUse(line) && !isCut(line) && !isAfter(line.service.from, usedUntil))
      .map((line) => shareOut(line, usedUntil.add({ days: 1 }))),
  ]
}

function isForUse({ component }: ContractLine): boolean {
  return component === 'RATE' || component === 'PRE_USE' || component === 'MODULE'
}

/** How the rate or module of a line becomes payments; a line for anything else has no days to cut. */
function findFrequency(
  { component, componentId, periodFrom }: ContractLine,
  plan: ContractPlan,
  state: ContractState,
): PaymentFrequency | undefined {
  switch (component) {
    case 'MODULE':
      return plan.modules.find((module) => module.componentId === componentId)?.frequency
    case 'RATE': {
      const { phases } = findCommitment(plan, state)
      return phases.findLast((phase) => !isAfter(phase.runTime.start, periodFrom))?.plan.rate.frequency
    }
    default:
      return undefined
  }
}

/** The part of a line that is for the days before `until`. */
function shareOut(line: ContractLine, until: Temporal.PlainDate): ContractLine {
  const { service, undiscounted, amount, companyShare } = line
  const used = { from: service.from, until: earlierDate(service.until, until) }
  const portion = {
    numerator: BigInt(countDays(used.from, used.until)),
    denominator: BigInt(countDays(service.from, service.until)),
  }
  const { price, ...rest } = takePortion({ undiscounted, price: amount, companyShare }, portion)
  return { ...line, service: used, ...rest, amount: price }
}
