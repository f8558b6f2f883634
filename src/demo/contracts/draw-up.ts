import { readContract, type SignedContract } from '../../contracts/signed/signed-contract-facts.ts'
import type { CancelationRow, ContractRow, PhaseRow } from '../../contracts/signed/contract-store.ts'
import {
  type ModuleTimeline,
  readModuleTimelines,
  readTimeline,
  type Timeline,
} from '../../contracts/timeline/timeline-rules.ts'
import { findNextChange } from '../../contracts/clock/next-day-rules.ts'
import { cancelationReason } from '../house/catalogue.ts'
import { demoStudios } from '../house/studios.ts'
import type { Planting } from '../planting.ts'
import type { ContractPlan } from './contract-plans.ts'
import { type BuyersPlan, drawParts, freezeMembership } from './frozen-memberships.ts'
import type { SoldTerms } from './sold-terms.ts'

/** A membership of the demo as it stands today, before it is stored. */
export interface DrawnContract {
  readonly plan: ContractPlan
  readonly contract: SignedContract
  readonly timeline: Timeline
  readonly modules: readonly ModuleTimeline[]
}

/** Works out where a membership stands today, by the rules that the server itself goes by. */
export function drawUp(planting: Planting, plan: BuyersPlan, sold: SoldTerms): DrawnContract {
  const { today } = planting
  const studio = demoStudios.find(({ id }) => id === plan.studioId)
  if (!studio) throw new Error(`The demo has no studio ${plan.studioId}.`)
  const membership = freezeMembership(planting, plan, sold)
  const read = (row: ContractRow, phases: readonly PhaseRow[], cancelations: readonly CancelationRow[]) =>
    readContract({
      row,
      studio: { zone: studio.timeZone, currency: studio.currency },
      homeStudioId: studio.id,
      phases,
      ...drawParts(planting, plan, sold),
      cancelations,
    })
  const [first, ...later] = membership.phases
  const signed = read(membership.row, first ? [first] : [], [])
  const cancelations = drawCancelations(planting, plan, signed)
  const timeline = readTimeline(read(membership.row, first ? [first] : [], cancelations), today)
  const begun = timeline.phases.flatMap(({ plan: { start } }, seq) => {
    const phase = seq === 0 ? first : later[seq - 1]
    return phase ? [{ ...phase, fromDate: start }] : []
  })
  const contract = read(membership.row, begun, cancelations)
  const modules = readModuleTimelines(contract, timeline, today)
  const row = {
    ...membership.row,
    extensionIndex: timeline.index,
    committedEnd: timeline.end,
    endIsFinal: timeline.isFinal,
    nextChangeOn: findNextChange(contract, { timeline, modules }, today) ?? null,
  }
  return { plan, contract: { ...contract, row }, timeline, modules }
}

/** Of the contract and of its modules, to ends that are possible today. */
function drawCancelations(planting: Planting, plan: ContractPlan, signed: SignedContract): CancelationRow[] {
  const { today, work, stamps } = planting
  const timeline = readTimeline(signed, today)
  const day = (days: number) => today.add({ days })
  const row = (id: number) => ({
    id,
    tenantId: work.caller.tenantId,
    contractId: null,
    subContractId: null,
    kind: 'ORDINARY' as const,
    origin: 'CUSTOMER' as const,
    state: 'EFFECTIVE' as const,
    receiptDate: day(-10),
    reasonId: cancelationReason.moving,
    reason: 'Moving away',
    residualUntil: null,
    version: 0,
    ...stamps,
  })
  const { id: contractId, endsIn, canceled } = plan
  const ofModules = (plan.modules ?? []).flatMap(({ id, isCanceled }) => {
    const end = readModuleTimelines(signed, timeline, today).find(({ sub }) => sub.row.id === id)?.end
    return isCanceled && end ? [{ ...row(id), subContractId: id, toDate: end }] : []
  })
  if (canceled) return [...ofModules, { ...row(contractId), contractId, state: canceled, toDate: timeline.end }]
  if (endsIn === undefined) return ofModules
  const outOfTheOrdinary = { kind: 'EXTRAORDINARY' as const, receiptDate: day(Math.min(endsIn, 0) - 30) }
  return [...ofModules, { ...row(contractId), contractId, ...outOfTheOrdinary, toDate: day(endsIn) }]
}
