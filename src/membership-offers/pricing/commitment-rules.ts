import { isAfter } from '../../platform/time/order.ts'
import type { ContractPlan, Pause } from './plan.ts'
import { findCommittedTerm, findTermEnd, isLastTerm, type RunTime, type TermEnd } from './run-time-rules.ts'

/** What has happened to a contract since it was signed, and the day on which it is judged. */
export interface ContractState {
  readonly today: Temporal.PlainDate
  readonly pauses: readonly Pause[]
  /** Last day, fixed by an effective cancelation. */
  readonly canceledTo?: Temporal.PlainDate
  /** Last day that a cancelation wishes on which staff have yet to decide: no term is added beyond it. */
  readonly wishedEnd?: Temporal.PlainDate
}

/** A stretch of a contract under one rate. The first begins with the contract, the others on the day after the one before. */
export interface Phase {
  readonly plan: ContractPlan
  readonly runTime: RunTime
  /** First day after the phase, as far as the contract is committed. */
  readonly until: Temporal.PlainDate
  /** Nothing goes on after `until`, so the last billing period is cut there. */
  readonly isFinal: boolean
}

export interface Commitment {
  readonly phases: readonly Phase[]
  /** The term that decides on the shown end, counted within the last phase. */
  readonly term: TermEnd
  /** The shown end, inclusive: an effective cancelation, else the end of `term`. */
  readonly end: Temporal.PlainDate
  readonly isFinal: boolean
}

/** How far the contract is committed today, and under which rates. */
export function findCommitment(plan: ContractPlan, state: ContractState): Commitment {
  const phases: Phase[] = []
  let phase = plan
  for (;;) {
    const runTime: RunTime = { terms: phase, start: phase.start, pauses: state.pauses }
    const initial = findTermEnd(runTime, 0)
    if (!phase.subsequent || !goesOn(initial, state)) return finish(phases, { plan: phase, runTime }, state)
    phases.push({ plan: phase, runTime, until: initial.until, isFinal: true })
    phase = { ...phase.subsequent, start: initial.until, useFrom: initial.until }
  }
}

function goesOn(initial: TermEnd, { today, canceledTo, wishedEnd }: ContractState): boolean {
  if (canceledTo) return isAfter(canceledTo, initial.end)
  return isAfter(today, initial.deadline) && (wishedEnd === undefined || isAfter(wishedEnd, initial.end))
}

function finish(
  phases: readonly Phase[],
  last: Pick<Phase, 'plan' | 'runTime'>,
  { today, canceledTo, wishedEnd }: ContractState,
): Commitment {
  const term = findCommittedTerm(last.runTime, { today, stopsAt: canceledTo ?? wishedEnd })
  const end = canceledTo ?? term.end
  const isFinal = canceledTo !== undefined || isLastTerm(last.plan, term.index)
  // Where another rate follows, or nothing does, the last period of this one is cut all the same.
  const isCut = isFinal || last.plan.subsequent !== undefined
  return { phases: [...phases, { ...last, until: end.add({ days: 1 }), isFinal: isCut }], term, end, isFinal }
}
