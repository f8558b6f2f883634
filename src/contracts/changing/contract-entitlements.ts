import {
  endContractEntitlements,
  type IsKnown,
  syncContractEntitlements,
  type WantedEntitlement,
} from '../../entitlements/index.ts'
import type { UnitOfWork } from '../../platform/units/work.ts'
import type { SignedContract } from '../signed/signed-contract-facts.ts'
import type { ServiceGrant } from '../signed/snapshot.ts'
import type { ModuleTimeline, Timeline } from '../timeline/timeline-rules.ts'

/** What a contract and its modules entitle to, from the first day of use to the last day, if that is final; nothing once it is void. */
export async function syncEntitlements(
  work: UnitOfWork,
  contract: SignedContract,
  timeline: Timeline,
  modules: readonly ModuleTimeline[],
) {
  const { row } = contract
  const owner = { contractId: row.id, customerId: row.customerId, homeStudioId: row.studioId }
  if (row.voidedAt !== null) return syncContractEntitlements(work, owner, [])
  if (row.snapshot.services !== undefined) {
    return syncContractEntitlements(work, owner, listWantedEntitlements(contract, timeline, modules))
  }
  const isKnown = knownOfTakenOver(contract)
  if (timeline.finalEnd) await endContractEntitlements(work, row.id, timeline.finalEnd, isKnown)
  await syncContractEntitlements(work, owner, listModuleGrants(modules), isKnown)
}

/** What a contract that knows its grants, and its modules, entitle to; nothing once it is void. */
export function listWantedEntitlements(
  contract: SignedContract,
  timeline: Timeline,
  modules: readonly ModuleTimeline[],
): WantedEntitlement[] {
  if (contract.row.voidedAt !== null) return []
  return [...listRateGrants(contract, timeline), ...listModuleGrants(modules)]
}

/**
 * Which entitlements of a contract that was taken over without its grants follow from it all the same: those of modules that were
 * bought since.
 */
export function knownOfTakenOver({ subContracts }: Pick<SignedContract, 'subContracts'>): IsKnown {
  const known = new Set(subContracts.flatMap((sub) => (sub.row.snapshot.services ? [sub.row.id] : [])))
  return ({ subContractId }) => subContractId !== null && known.has(subContractId)
}

function listRateGrants({ row, plan }: SignedContract, { phases, finalEnd }: Timeline): WantedEntitlement[] {
  return phases.flatMap((phase, seq) => {
    const next = phases[seq + 1]
    const validTo = next ? next.plan.start.subtract({ days: 1 }) : (finalEnd ?? null)
    const validFrom = seq === 0 ? plan.useFrom : phase.plan.start
    const services = seq === 0 ? row.snapshot.services : row.snapshot.laterRates?.[seq - 1]?.services
    return (services ?? []).map((grant) => toWanted(grant, { source: 'RATE', subContractId: null, validFrom, validTo }))
  })
}

function listModuleGrants(modules: readonly ModuleTimeline[]): WantedEntitlement[] {
  return modules.flatMap(({ sub: { row }, end, isFinal }) => {
    const span = { validFrom: row.startDate, validTo: isFinal ? (end ?? null) : null }
    return (row.snapshot.services ?? []).map((grant) =>
      toWanted(grant, { source: 'MODULE', subContractId: row.id, ...span }),
    )
  })
}

function toWanted(
  { serviceId, quantity, periodValue, periodUnit, crossStudio }: ServiceGrant,
  span: Pick<WantedEntitlement, 'source' | 'subContractId' | 'validFrom' | 'validTo'>,
): WantedEntitlement {
  return { ...span, serviceId, quantity, periodValue, periodUnit, crossStudio }
}
