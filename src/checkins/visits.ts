import { useVisitOfPass } from '../online-offers/index.ts'
import { brokenConstraint } from '../platform/database/database.ts'
import { inOrder } from '../platform/database/in-order.ts'
import { conflict } from '../platform/errors/errors.ts'
import { isBefore } from '../platform/time/order.ts'
import type { UnitOfWork } from '../platform/units/work.ts'
import { type AccessFacts, type EntranceRules } from './access-facts.ts'
import { type AccessGround, type AccessRefusal, isHere, judgeEntrance } from './access-rules.ts'
import { completeAccessFacts, readyAccessFacts } from './access-loading.ts'
import { checkinHooks } from './hooks.ts'
import { refuseOrder, refuseOverlap } from './refusals.ts'
import {
  readyCapacityLock,
  endVisit,
  findOpenVisit,
  hasVisitAfter,
  type InSource,
  insertVisit,
  lockVisitor,
  type OutSource,
  readyVisitorLock,
} from './visit-store.ts'
import { customerCheckedIn, customerCheckedOut } from './events.ts'

export interface CheckInRequest {
  readonly customerId: number
  readonly studioId: number
  readonly source: InSource
  /** Left out: now. Earlier moments are for what a partner reports afterwards. */
  readonly at?: Temporal.Instant
  readonly deviceId?: number
  readonly accessMediumId?: number
  readonly rules?: EntranceRules
  /** Staff let in whom the checks refuse. */
  readonly override?: boolean
}

export type CheckInResult =
  | { readonly outcome: 'CHECKED_IN'; readonly visitId: number; readonly ground: AccessGround | null }
  /** The visit was open here already: nothing is stored, nothing is used up. */
  | { readonly outcome: 'REENTERED'; readonly visitId: number }
  | { readonly outcome: 'REFUSED'; readonly refusal: AccessRefusal }

export interface CheckOutRequest {
  readonly customerId: number
  readonly studioId: number
  readonly source: Extract<OutSource, 'DEVICE' | 'STAFF' | 'API'>
  /** Left out: now. */
  readonly at?: Temporal.Instant
}

/**
 * Lets a customer in: all checks of the entrance under the locks of studio (where its capacity is enforced) and customer,
 * then the visit. An open visit here goes on, one elsewhere ends at the same moment. A refusal changes nothing.
 */
export async function checkIn(work: UnitOfWork, request: CheckInRequest): Promise<CheckInResult> {
  const facts = await openDoor(work, request)
  return facts ? enter(work, request, facts) : refuseUnknown(request)
}

/** Ends the visit that is open in this studio; undefined when there is none. Nobody is ever kept in. */
export async function checkOut(work: UnitOfWork, request: CheckOutRequest): Promise<number | undefined> {
  const { customerId, studioId, source, at = work.now } = request
  await lockVisitor(work.tx, customerId)
  const visit = await findOpenVisit(work.tx, customerId)
  if (visit?.studioId !== studioId) return undefined
  const isEnded = await leave(work, { ...visit, visitId: visit.id }, { at, outSource: source })
  return isEnded ? visit.id : undefined
}

export type ToggleResult = CheckInResult | { readonly outcome: 'CHECKED_OUT'; readonly visitId: number }

/** A reader for both directions: out when a visit is open here, else in. */
export async function toggleVisit(
  work: UnitOfWork,
  request: CheckInRequest & { readonly source: 'DEVICE' },
): Promise<ToggleResult> {
  const facts = await openDoor(work, request)
  if (!facts) return refuseUnknown(request)
  const { openVisit } = facts
  if (!openVisit || !isHere(facts)) return enter(work, request, facts)
  await leave(work, { ...openVisit, customerId: request.customerId }, { at: facts.at, outSource: request.source })
  return { outcome: 'CHECKED_OUT', visitId: openVisit.visitId }
}

const refuseUnknown = ({ customerId }: CheckInRequest) =>
  ({ outcome: 'REFUSED', refusal: { reason: 'ERASED_OR_UNKNOWN', customerId } }) as const

/** Takes the locks, then reads what the winners before us committed. */
async function openDoor({ tx, now }: UnitOfWork, request: CheckInRequest): Promise<AccessFacts | undefined> {
  const { customerId, studioId, at = now, rules = {} } = request
  const question = { customerId, studioId, at }
  const [, , plain, hours] = await inOrder(tx, [
    rules.enforceCapacity === false ? undefined : readyCapacityLock(studioId, rules.enforceCapacity ?? null),
    readyVisitorLock(customerId),
    ...readyAccessFacts(question, rules),
  ])
  return plain && completeAccessFacts(tx, question, { plain, hours: hours ?? null }, rules)
}

async function enter(work: UnitOfWork, request: CheckInRequest, facts: AccessFacts): Promise<CheckInResult> {
  const verdict = judgeEntrance(facts)
  if (!verdict.granted && request.override !== true) return { outcome: 'REFUSED', refusal: verdict.refusal }
  if (facts.openVisit && isHere(facts)) return { outcome: 'REENTERED', visitId: facts.openVisit.visitId }
  const isLate = isBefore(facts.at, work.now)
  if (isLate && (await hasVisitAfter(work.tx, request.customerId, facts.at))) throw refuseOverlap()
  const ground = verdict.granted ? verdict.ground : null
  if (ground?.kind === 'PASS' && !(await useVisitOfPass(work, ground.passId, facts.at))) {
    return enter(work, request, { ...facts, passId: null })
  }
  return { outcome: 'CHECKED_IN', visitId: await beginVisit(work, request, facts, ground), ground }
}

async function beginVisit(
  work: UnitOfWork,
  request: CheckInRequest,
  { at, openVisit }: AccessFacts,
  ground: AccessGround | null,
): Promise<number> {
  const { customerId, studioId, source } = request
  if (openVisit) await leave(work, { ...openVisit, customerId }, { at, outSource: 'SUPERSEDED' })
  const through = { deviceId: request.deviceId ?? null, accessMediumId: request.accessMediumId ?? null }
  const paidBy = {
    passId: ground?.kind === 'PASS' ? ground.passId : null,
    contractId: ground?.kind === 'CONTRACT' ? ground.contractId : null,
  }
  const visit = { customerId, studioId, checkedInAt: at, inSource: source, ...through, ...paidBy }
  const visitId = await insertVisit(work.tx, visit, work.now).catch((error: unknown) => {
    // The lock keeps this from happening; should a writer ever forget it, the index still holds.
    throw brokenConstraint(error) === 'check_ins_one_open_visit'
      ? conflict('errormessage.access.alreadyCheckedIn')
      : error
  })
  const broken = ground === null ? { checks: [null, 'overridden'] as const } : {}
  work.audit({
    action: 'visit.begun',
    entityKind: 'visit',
    entityId: visitId,
    studioId,
    diff: { customerId: [null, customerId], checkedInAt: [null, at.toString()], inSource: [null, source], ...broken },
  })
  work.emit(customerCheckedIn({ entityId: customerId, customerId, audienceStudioIds: [studioId] }))
  await checkinHooks().onCheckIn(work, { customerId, studioId, at })
  return visitId
}

interface Leaving {
  readonly visitId: number
  readonly customerId: number
  readonly studioId: number
  readonly checkedInAt: Temporal.Instant
  readonly passId: number | null
}

/** Ends a visit with its event; false when it has ended meanwhile. The customer must be locked. */
export async function leave(
  work: UnitOfWork,
  { visitId, customerId, studioId, checkedInAt, passId }: Leaving,
  { at, outSource }: { readonly at: Temporal.Instant; readonly outSource: OutSource },
): Promise<boolean> {
  if (isBefore(at, checkedInAt)) {
    throw refuseOrder(checkedInAt, at)
  }
  if (!(await endVisit(work.tx, visitId, { checkedOutAt: at, outSource }))) return false
  work.audit({
    action: 'visit.ended',
    entityKind: 'visit',
    entityId: visitId,
    studioId,
    diff: { checkedOutAt: [null, at.toString()], outSource: [null, outSource] },
  })
  work.emit(customerCheckedOut({ entityId: customerId, customerId, audienceStudioIds: [studioId] }))
  if (passId !== null) await checkinHooks().onPassVisitEnded(work, [passId])
  return true
}
