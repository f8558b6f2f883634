import { earlierDate, isAfter, isBefore, laterDate } from '../../platform/time/order.ts'
import { billedFrom, listPeriods } from './billing-periods.ts'
import { findBillingStart } from './bonus-rules.ts'
import type { ContractState, Phase } from './commitment-rules.ts'
import type { ContractLine } from './contract-line.ts'
import { priceModule } from './part-prices.ts'
import { factsFor, factsForModule, listTermStarts } from './phase-time.ts'
import type { CarriedModule, ModulePlan } from './plan.ts'
import { listPartLines } from './price-lines.ts'
import { findCommittedTerm, findTermEnd, isLastTerm, type RunTime } from './run-time-rules.ts'
import { noShift } from './terms.ts'

/** The contract that a module belongs to, as far as the module's lines depend on it. */
export interface MainContract {
  readonly first: Phase
  readonly main: { readonly until: Temporal.PlainDate; readonly isFinal: boolean }
  readonly state: ContractState
}

/** The lines of a module: from its paid start to its own end, at the latest to that of its contract. */
export function listModuleLines(module: ModulePlan, { first, main, state }: MainContract): ContractLine[] {
  const pauses = state.pauses.filter(({ suspendsModules }) => suspendsModules)
  const time = timeModule(module, { main, state })
  const lines = listPartLines({
    ...time,
    frequency: module.frequency,
    start: module.paidFrom,
    billingStart: billedFrom(module.paidFrom),
    freeDays: pauses,
    hasPriceAfterExtension: false,
    priceOn: priceModule(factsForModule(module, first), module),
    ...followMainGrid(module, first),
  })
  return lines.map((line) => ({
    ...line,
    due: laterDate(line.due, module.signedOn),
    component: 'MODULE',
    componentId: module.componentId,
    type: 'MODULE_FEE',
    isMandatoryOnSigning: false,
  }))
}

/** How far a module is committed today, at the latest to the end of its contract, and in which of its terms. */
export function timeModule(module: ModulePlan, { main, state }: Pick<MainContract, 'main' | 'state'>) {
  const { paidFrom, runTime: terms, canceledTo, wishedEnd } = module
  const canceledUntil = canceledTo?.add({ days: 1 })
  const limit = canceledUntil ? earlierDate(canceledUntil, main.until) : main.until
  // A contract that goes on may go on until the module is canceled.
  const isFinal = main.isFinal || (canceledUntil !== undefined && !isAfter(canceledUntil, main.until))
  if (!terms) {
    return {
      until: limit,
      isFinal,
      initialUntil: limit,
      unpausedInitialUntil: limit,
      termStarts: [paidFrom],
      index: 0,
      deadline: undefined,
    }
  }
  const runTime: RunTime = { terms, start: paidFrom, pauses: state.pauses.filter((each) => each.suspendsModules) }
  const term = findCommittedTerm(runTime, { today: state.today, stopsAt: canceledTo ?? wishedEnd })
  const own = term.end.add({ days: 1 })
  const isOwnEnd = canceledUntil === undefined && !isAfter(own, main.until)
  const until = isOwnEnd ? own : limit
  return {
    until,
    isFinal: isOwnEnd ? isLastTerm(terms, term.index) || isEnding(own, main) : isFinal,
    initialUntil: findTermEnd(runTime, 0).until,
    unpausedInitialUntil: findTermEnd({ ...runTime, pauses: [] }, 0).until,
    termStarts: listTermStarts(runTime, until),
    index: term.index,
    deadline: term.deadline,
  }
}

function isEnding(until: Temporal.PlainDate, main: MainContract['main']): boolean {
  return main.isFinal && !isBefore(until, main.until)
}

/** A module follows the billing of its contract, or of that before, only if both have the same step; else its own. */
function followMainGrid(module: ModulePlan, { plan, runTime }: Phase) {
  const { frequency, carried } = module
  if (carried?.grid && frequency.type === 'RECURRING') {
    return {
      grid: listPeriods(
        { passed: noShift, ...carried.grid, start: carried.grid.from },
        frequency.step,
        carried.grid.calculation,
      ),
    }
  }
  // One that kept its own billing keeps it under any contract.
  if (carried) return {}
  const rate = plan.rate.frequency
  if (module.alignment !== 'MAIN_CONTRACT' || frequency.type !== 'RECURRING' || rate.type !== 'RECURRING') return {}
  if (frequency.step.unit !== rate.step.unit || frequency.step.value !== rate.step.value) return {}
  return { grid: listPeriods(findBillingStart(runTime), rate.step, rate.calculation) }
}

/** What a module takes along to another contract, so that its periods and their prices stay the same ones. */
export function carryModule(module: ModulePlan, first: Phase): CarriedModule {
  if (module.carried) return module.carried
  return { ...carryGrid(module, first), prices: carryPrices(first) }
}

function carryPrices(first: Phase): NonNullable<CarriedModule['prices']> {
  const { contractStart: start, initialUntil, plan } = factsFor(first, first.plan)
  const { ageEvaluation, voucher } = plan
  return { start, initialUntil, ageEvaluation, ...(voucher ? { voucher } : {}) }
}

function carryGrid(module: ModulePlan, first: Phase): Pick<CarriedModule, 'grid'> {
  const { frequency } = first.plan.rate
  const follows = 'grid' in followMainGrid(module, first) && frequency.type === 'RECURRING'
  if (!follows) return {}
  const { start: from, passed } = findBillingStart(first.runTime)
  return { grid: { from, passed, calculation: frequency.calculation } }
}
