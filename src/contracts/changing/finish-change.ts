import { earlierDate } from '../../platform/time/order.ts'
import { syncPlannedClaims } from '../../accounts/index.ts'
import { setMembershipUntil } from '../../customers/index.ts'
import { dateIn } from '../../platform/time/zoned-time.ts'
import type { DomainEvent, EventDeclaration } from '../../platform/units/events.ts'
import type { AuditEntry, UnitOfWork } from '../../platform/units/work.ts'
import { findNextChange } from '../clock/next-day-rules.ts'
import { contractUpdated } from '../events.ts'
import type { SignedContract } from '../signed/signed-contract-facts.ts'
import { type ModuleTimeline, readModuleTimelines, readTimeline, type Timeline } from '../timeline/timeline-rules.ts'
import { listLastDays } from './change-store.ts'
import { listWantedClaims } from './contract-claims.ts'
import { syncEntitlements } from './contract-entitlements.ts'
import { loadContracts } from './loading.ts'
import { storeTimeline } from './stored-timeline.ts'

/** What an operation has done to a contract whose rows it has written. */
export interface ContractChange {
  readonly contractId: number
  /** Past tense, for the audit log: `contract.canceled`. */
  readonly action: string
  /** First day whose facts changed. Charges of periods that end before stay as they are. */
  readonly effectiveFrom: Temporal.PlainDate
  /**
   * The event of the main contract that goes with it. Left out: CONTRACT_UPDATED if the end or the rate has moved; a
   * change that moves neither sends none.
   */
  readonly event?: EventDeclaration<{ contractId: number }>
  /** Events that go with it, after that of the main contract: those of modules and pauses. */
  readonly moreEvents?: readonly DomainEvent[]
  /** What the audit line says besides the end. */
  readonly diff?: NonNullable<AuditEntry['diff']>
  /** Left out: today in the studio. A clock that is late makes each step on its own day. */
  readonly today?: Temporal.PlainDate
  /** The customer was created in this unit: partners learn the status with that event. */
  readonly isNewCustomer?: boolean
}

export interface FinishedChange {
  /** The contract as it is now. */
  readonly contract: SignedContract
  readonly timeline: Timeline
  /** Whether the end or the rate has moved. */
  readonly hasMoved: boolean
  /** Module contracts whose own end has moved. */
  readonly movedModules: readonly number[]
}

/**
 * The end of every operation that changes a contract. The operation has locked it (`loadContractForChange`) and written
 * its rows; this reads them again and makes everything else follow: the shown end and the phases, charges, entitlements,
 * the status of the customer, the audit line and the event. Doing it twice changes nothing more.
 */
export async function finishChange(work: UnitOfWork, change: ContractChange): Promise<FinishedChange> {
  const contract = await requireContract(work, change.contractId)
  const { row, studio } = contract
  const today = change.today ?? dateIn(work.now, studio.zone)
  const timeline = readTimeline(contract, today)
  const modules = readModuleTimelines(contract, timeline, today)
  const nextChangeOn = findNextChange(contract, { timeline, modules }, today) ?? null
  const moved = await storeTimeline(work, contract, timeline, { modules, nextChangeOn })
  const after = moved.hasMoved ? await requireContract(work, row.id) : contract
  const effectiveFrom = [change.effectiveFrom, ...listMovedEnds(contract, { timeline, modules })].reduce(earlierDate)
  await syncCharges(work, after, { effectiveFrom, today })
  await syncEntitlements(work, after, timeline, modules)
  record(work, contract, { ...change, timeline, hasMoved: moved.hasMoved })
  for (const event of change.moreEvents ?? []) work.emit(event)
  await refreshMembership(work, row.customerId, change.isNewCustomer ?? false)
  return { contract: after, timeline, ...moved }
}

/**
 * The first days that an end which moves adds or takes, of the contract and of its modules. Charges of these days come or
 * go, whatever the change was about: a cancelation to a later end than the one that was committed adds those up to it.
 */
function listMovedEnds(
  { row }: SignedContract,
  { timeline, modules }: { readonly timeline: Timeline; readonly modules: readonly ModuleTimeline[] },
): Temporal.PlainDate[] {
  const ends = [
    [row.committedEnd, timeline.end] as const,
    ...modules.map(({ sub, end }) => [sub.row.committedEnd ?? row.committedEnd, end ?? timeline.end] as const),
  ]
  return ends.flatMap(([old, moved]) => (old.equals(moved) ? [] : [earlierDate(old, moved).add({ days: 1 })]))
}

async function requireContract(work: UnitOfWork, contractId: number): Promise<SignedContract> {
  const [contract] = await loadContracts(work.tx, [contractId])
  if (!contract) throw new Error(`The contract ${contractId} that was changed is not there.`)
  return contract
}

/** Makes the claims of a contract that wait those that it wants on `today`. Answers whether any has changed. */
export function syncCharges(
  work: UnitOfWork,
  contract: SignedContract,
  days: { readonly today: Temporal.PlainDate; readonly effectiveFrom: Temporal.PlainDate },
): Promise<boolean> {
  const { id: contractId, customerId, studioId } = contract.row
  const claiming = { contractId, customerId, studioId, currency: contract.plan.currency }
  return syncPlannedClaims(work, claiming, listWantedClaims(contract, days.today), days)
}

/** The last day of all contracts of a customer, from which the status follows. */
async function refreshMembership(work: UnitOfWork, customerId: number, isNew: boolean) {
  const ends = (await listLastDays(work.tx, customerId)).map(({ lastDay }) => lastDay)
  const last = ends.toSorted((a, b) => (a ?? '').localeCompare(b ?? '')).at(-1)
  const until = ends.includes(null) ? 'FOREVER' : last ? Temporal.PlainDate.from(last) : null
  await setMembershipUntil(work, customerId, until, { isNew })
}

function record(
  work: UnitOfWork,
  { row, homeStudioId }: SignedContract,
  {
    action,
    event,
    diff,
    timeline,
    hasMoved,
  }: ContractChange & { readonly timeline: Timeline; readonly hasMoved: boolean },
) {
  const { id: contractId, customerId, studioId, committedEnd } = row
  work.audit({
    action,
    entityKind: 'contract',
    entityId: contractId,
    studioId,
    diff: { committedEnd: [committedEnd.toString(), timeline.end.toString()], ...diff },
  })
  const announce = event ?? (hasMoved ? contractUpdated : undefined)
  if (!announce) return
  work.emit(announce({ entityId: customerId, customerId, audienceStudioIds: [homeStudioId], content: { contractId } }))
}
