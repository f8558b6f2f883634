import { isAfter, isBefore, laterDate } from '../../platform/time/order.ts'
import { type ContractState, findCommitment } from './commitment-rules.ts'
import type { ContractLine } from './contract-line.ts'
import { listFeeLines } from './fee-lines.ts'
import { listModuleLines } from './module-lines.ts'
import type { ContractPlan, DueOnSigning, ModulePlan } from './plan.ts'
import { listPreUseLines, listRateLines } from './rate-lines.ts'
import { findTermEnd } from './run-time-rules.ts'

const typeOrder: Readonly<Record<ContractLine['type'], number>> = {
  STARTER_PACKAGE: 0,
  CONTRACT_FEE: 1,
  BONUS_PERIOD: 2,
  MODULE_FEE: 3,
  FLAT_FEE: 4,
}

/**
 * Every line that the contract wants as far as it is committed, by due date. It is the one source of previews, planned
 * claims and the billing run. No line is due before the contract was signed. Lines of 0.00 are among them.
 */
export function wantedLines(plan: ContractPlan, state: ContractState): ContractLine[] {
  const { phases, end, isFinal } = findCommitment(plan, state)
  const [first] = phases
  if (!first) return []
  const main = { until: end.add({ days: 1 }), isFinal }
  const lines = [
    ...listPreUseLines(first),
    ...phases.flatMap((phase) => listRateLines(phase, plan)),
    ...phases.flatMap((phase) => phase.plan.flatFees.flatMap((fee) => listFeeLines(fee, phase, plan))),
    ...plan.modules.flatMap((module) => listModuleLines(module, { first, main, state })),
  ]
  return dueOnSigning(plan, lines).toSorted(compareLines)
}

type LineOrder = Pick<ContractLine, 'due' | 'type' | 'componentId'>

/** The order in which lines are shown: by due date, then by what they are for. */
export function compareLines(a: LineOrder, b: LineOrder): number {
  return (
    Temporal.PlainDate.compare(a.due, b.due) || typeOrder[a.type] - typeOrder[b.type] || a.componentId - b.componentId
  )
}

/** Marks what must be paid when the contract is signed; it falls due on that day. */
function dueOnSigning(plan: ContractPlan, lines: readonly ContractLine[]): ContractLine[] {
  const isMandatory = mandatoryTest(plan, lines)
  return lines.map((line) => {
    if (isMandatory(line)) return { ...line, isMandatoryOnSigning: true, due: plan.signedOn }
    return { ...line, due: laterDate(line.due, plan.signedOn) }
  })
}

function mandatoryTest(plan: ContractPlan, lines: readonly ContractLine[]): (line: ContractLine) => boolean {
  const initialEnd = findTermEnd({ terms: plan, start: plan.start, pauses: [] }, 0).end
  const firstFee = lines.find(({ component }) => component === 'RATE')
  const firstModuleFees = new Set(plan.modules.map(({ componentId }) => lines.find(isFor(componentId))))
  const tests: Readonly<Record<DueOnSigning, (line: ContractLine) => boolean>> = {
    STARTER_PACKAGE: ({ type }) => type === 'STARTER_PACKAGE',
    PRE_USE: ({ component }) => component === 'PRE_USE',
    FIRST_CONTRACT_FEE: (line) => line === firstFee,
    FIRST_MODULE_FEES: (line) => firstModuleFees.has(line),
    FLAT_FEES_DUE_BY_START: ({ type, due }) => type === 'FLAT_FEE' && !isAfter(due, plan.start),
    WHOLE_INITIAL_TERM: ({ periodFrom }) => !isAfter(periodFrom, initialEnd),
  }
  // What is bought later, or comes along from another contract, is not part of the signing.
  const isSoldApart = ({ component, componentId }: ContractLine) =>
    component === 'MODULE' && plan.modules.some((each) => each.componentId === componentId && wasSoldApart(each, plan))
  return (line) => !isSoldApart(line) && plan.dueOnSigning.some((each) => tests[each](line))
}

function isFor(componentId: number) {
  return (line: ContractLine) => line.component === 'MODULE' && line.componentId === componentId
}

function wasSoldApart(module: ModulePlan, plan: ContractPlan): boolean {
  return module.carried !== undefined || isBefore(plan.signedOn, module.signedOn)
}
