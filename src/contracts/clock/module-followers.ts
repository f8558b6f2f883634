import { findTermEnd, type ModulePlan, packPlan, unpackPlan } from '../../membership-offers/index.ts'
import { isAfter } from '../../platform/time/order.ts'
import type { DomainEvent } from '../../platform/units/events.ts'
import type { UnitOfWork } from '../../platform/units/work.ts'
import { moduleCreated } from '../events.ts'
import type { SignedContract, SubContract } from '../signed/signed-contract-facts.ts'
import { insertSubContracts } from '../signing/signing-store.ts'
import { readTimeline } from '../timeline/timeline-rules.ts'
import { listFollowed } from './clock-store.ts'
import { defined } from '../../platform/values/defined.ts'

/**
 * Module contracts that are followed by a new one (NEW) get their follower on the day after their deadline, unless they or
 * their contract were canceled before. Answers the events of those that were made.
 */
export async function followModules(
  work: UnitOfWork,
  contract: SignedContract,
  day: Temporal.PlainDate,
): Promise<DomainEvent[]> {
  const { finalEnd } = readTimeline(contract, day)
  const ending = contract.subContracts.flatMap((sub) => findFollower(sub, day) ?? [])
  const wanted = ending.filter(({ from }) => finalEnd === undefined || !isAfter(from, finalEnd))
  const followed = await listFollowed(
    work.tx,
    wanted.map(({ sub }) => sub.row.id),
  )
  const missing = wanted.filter(({ sub }) => !followed.has(sub.row.id))
  const { id: contractId, customerId } = contract.row
  const ids = await insertSubContracts(
    work.tx,
    contractId,
    missing.map(({ sub, from }) => follow(sub, from)),
    work.now,
  )
  return ids.map((moduleContractId) => {
    const about = { entityId: customerId, customerId, audienceStudioIds: [contract.homeStudioId] }
    return moduleCreated({ ...about, content: { contractId, moduleContractId } })
  })
}

/** The first day of what follows a module contract whose deadline has passed. */
function findFollower(sub: SubContract, day: Temporal.PlainDate) {
  const { row, plan, cancelation } = sub
  if (row.snapshot.extensionType !== 'NEW' || row.voidedAt !== null || cancelation || !plan?.runTime) return undefined
  const { until, deadline } = findTermEnd({ terms: plan.runTime, start: plan.paidFrom, pauses: [] }, 0)
  return isAfter(day, deadline) ? { sub, from: until } : undefined
}

/** The same module for its next term; a trial is not given again. */
function follow({ row }: SubContract, from: Temporal.PlainDate) {
  const { snapshot, kind, origin, moduleId, name } = row
  const { runTime, ...plan } = unpackPlan<ModulePlan>(snapshot.plan ?? {})
  const next = runTime && {
    ...runTime,
    initialTerm: snapshot.nextTerm ?? runTime.initialTerm,
    ...defined({ cancelationPeriod: runTime.extensionCancelationPeriod }),
  }
  const packed = packPlan({ ...plan, ...defined({ runTime: next }), paidFrom: from, signedOn: from })
  return {
    kind,
    origin,
    moduleId,
    name,
    // The one before still runs: only sales must be the one of their module.
    exclusive: false,
    startDate: from,
    paidFrom: from,
    previousId: row.id,
    snapshot: { ...snapshot, plan: packed },
  }
}
