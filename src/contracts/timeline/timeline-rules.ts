import {
  type Commitment,
  type ContractState,
  findCommitment,
  type ModulePlan,
  noticeInTerm,
  type Term,
  timeModule,
} from '../../membership-offers/pricing-rules.ts'
import { isInEffect, type SignedContract, type SubContract } from '../signed/signed-contract-facts.ts'
import { readPause } from './pause-rules.ts'

/** What the rules of prices and ends need to know of what has happened to a contract. */
export function readState(
  { cancelation, idlePeriods }: Pick<SignedContract, 'cancelation' | 'idlePeriods'>,
  today: Temporal.PlainDate,
): ContractState {
  const pauses = idlePeriods.filter(({ state }) => state === 'ACCEPTED').map((pause) => readPause(pause, today))
  if (!cancelation) return { today, pauses }
  const { toDate } = cancelation
  return isInEffect(cancelation) ? { today, pauses, canceledTo: toDate } : { today, pauses, wishedEnd: toDate }
}

/** Where a contract stands on a day. */
export interface Timeline extends Commitment {
  /** Deadlines that have passed since the start: the first term is 0, and a later rate counts on. */
  readonly index: number
  /** The period of notice of the term that decides on the shown end; undefined: until its last day. */
  readonly notice: Term | undefined
  /** Last day on which a cancelation to the end that is shown can be received. */
  readonly lastCancelationDay: Temporal.PlainDate
  /** Last day of the whole contract; undefined while it goes on until it is canceled. */
  readonly finalEnd: Temporal.PlainDate | undefined
}

/** How far a contract is committed on `today`, and what follows from it. */
export function readTimeline(contract: SignedContract, today: Temporal.PlainDate): Timeline {
  const commitment = findCommitment(contract.plan, readState(contract, today))
  const { phases, term, end, isFinal } = commitment
  const last = phases.at(-1)
  return {
    ...commitment,
    index: phases.length - 1 + term.index,
    notice: last && noticeInTerm(last.plan, term.index),
    lastCancelationDay: term.deadline,
    finalEnd: isFinal ? end : undefined,
  }
}

/** Where a module contract stands on a day. */
export interface ModuleTimeline {
  readonly sub: SubContract & { readonly plan: ModulePlan }
  /** Last day that is committed; undefined: as long as the contract. */
  readonly end: Temporal.PlainDate | undefined
  readonly isFinal: boolean
  readonly index: number
}

/** The modules of a contract that were not voided, each at the latest to the end of the contract. */
export function readModuleTimelines(
  contract: SignedContract,
  timeline: Timeline,
  today: Temporal.PlainDate,
): ModuleTimeline[] {
  const state = readState(contract, today)
  const main = { until: timeline.end.add({ days: 1 }), isFinal: timeline.isFinal }
  return contract.subContracts.flatMap((sub) => {
    const { row, plan } = sub
    if (!plan || row.voidedAt !== null) return []
    const { until, isFinal, index } = timeModule(plan, { main, state })
    const runsAlong = plan.runTime === undefined && !isFinal
    return [{ sub: { ...sub, plan }, end: runsAlong ? undefined : until.subtract({ days: 1 }), isFinal, index }]
  })
}
