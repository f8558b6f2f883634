import { conflict, notFound } from '../../platform/errors/errors.ts'
import { isAfter, isBefore } from '../../platform/time/order.ts'
import type { UnitOfWork } from '../../platform/units/work.ts'
import { lockContract } from '../changing/loading.ts'
import { idlePeriodCancelled, idlePeriodCreated } from '../events.ts'
import { addPause } from './create-idle.ts'
import { openFacts } from './idle-loading.ts'
import { requireReason } from './idle-files.ts'
import { findContractOfPause } from './idle-store.ts'
import { updateIdlePeriodRow } from './idle-writes.ts'
import { type IdleChange, readWished } from './pending-change.ts'
import { findWishEnd, type IdleFacts, type IdleWish, isWaiting, judgeLength, overlapsOther } from './request-rules.ts'
import { settlePause } from './settle-idle.ts'
import { refuseIdle } from './statuses.ts'
import { applyStaffChange, type StaffPauseChange } from './staff-change-rules.ts'
import { changePause } from './update-idle.ts'
import { dropChange, dropRequest, requirePause } from './withdraw-idle.ts'
import { defined } from '../../platform/values/defined.ts'

/** A contract under its locks, by the settings of its own studio; an unknown one is refused (404). */
async function lockFacts(work: UnitOfWork, contractId: number): Promise<IdleFacts> {
  const contract = await lockContract(work, contractId)
  return openFacts(work, contract, contract.row.studioId)
}

/** A live pause with its contract under its locks; an unknown one is refused (404). */
async function lockPause(work: UnitOfWork, idlePeriodId: number) {
  const contractId = await findContractOfPause(work.tx, idlePeriodId)
  if (contractId === undefined) throw notFound('idlePeriod', idlePeriodId)
  const facts = await lockFacts(work, contractId)
  return { facts, row: requirePause(facts, idlePeriodId) }
}

/** What even staff cannot do: pause where the contract is over or not begun, or twice on one day. */
function refuseImpossible(facts: IdleFacts, days: Pick<IdleChange, 'startDate' | 'endDate'>, own?: IdleFacts['own']) {
  const { contract, timeline } = facts
  const isOver = timeline.isFinal && isAfter(days.startDate, timeline.end)
  if (isOver || isBefore(days.startDate, contract.plan.start)) throw refuseIdle('IDLEPERIOD_DEACTIVATED_FOR_CONTRACT')
  if (overlapsOther(days, { contract, ...defined({ own }) })) throw refuseIdle('IDLEPERIOD_OVERLAPPING')
}

/** Staff pause a contract; limits, notice and alignment of its rules do not bind them. */
export async function pauseByStaff(
  work: UnitOfWork,
  { contractId, wish, reasonId }: { readonly contractId: number; readonly wish: IdleWish; readonly reasonId: number },
): Promise<number> {
  const facts = await lockFacts(work, contractId)
  const { snapshot, studioId } = facts.contract.row
  if (!snapshot.idlePolicy) throw notFound('idlePolicy', contractId)
  const refusal = judgeLength(wish, snapshot.idlePolicy)
  if (refusal) throw refuseIdle(refusal)
  refuseImpossible(facts, { startDate: wish.startDate, endDate: findWishEnd(wish, snapshot.idlePolicy) })
  const reason = await requireReason(work, studioId, reasonId)
  return addPause(work, facts, { wish, reason, documentId: null, isDecided: true })
}

/**
 * Staff shorten a pause that was accepted, lengthen it or move it, also one that has begun; limits, notice and alignment of
 * its rules do not bind them. What waits is decided first (400).
 */
export async function changeByStaff(work: UnitOfWork, idlePeriodId: number, wish: StaffPauseChange) {
  const { facts, row } = await lockPause(work, idlePeriodId)
  if (isWaiting(row)) throw refuseIdle('IDLEPERIOD_PENDING_VERIFICATION')
  const { reasonId = row.reasonId } = wish
  const days = applyStaffChange(wish, row, facts)
  refuseImpossible(facts, days, row)
  if (wish.reasonId !== undefined) await requireReason(work, facts.contract.row.studioId, wish.reasonId)
  await changePause(work, facts, row, { ...days, reasonId, documentId: row.documentId })
}

/** Lets what waits come true. Only days that others have taken, and the state of the contract, are judged again. */
export async function acceptIdlePeriod(work: UnitOfWork, idlePeriodId: number) {
  const { facts, row } = await lockPause(work, idlePeriodId)
  if (!isWaiting(row)) throw conflict('errormessage.amendment.notPending')
  const wished = readWished(row)
  refuseImpossible(facts, wished, row)
  if (row.pendingChange !== null) {
    const { startDate, endDate, unlimited, unit, value, reasonId, documentId } = wished
    return changePause(work, facts, row, { startDate, endDate, unlimited, unit, value, reasonId, documentId })
  }
  await updateIdlePeriodRow(work.tx, row.id, { state: 'ACCEPTED' }, work.now)
  work.audit({
    action: 'idlePeriod.accepted',
    entityKind: 'idlePeriod',
    entityId: row.id,
    studioId: facts.contract.row.studioId,
  })
  const { startDate: effectiveFrom } = row
  await settlePause(work, facts, { idlePeriodId, action: 'contract.paused', effectiveFrom, event: idlePeriodCreated })
}

/** Turns down what waits; a pause whose change is turned down stays as it is. */
export async function rejectIdlePeriod(work: UnitOfWork, idlePeriodId: number, text: string | undefined) {
  const { facts, row } = await lockPause(work, idlePeriodId)
  if (!isWaiting(row)) throw conflict('errormessage.amendment.notPending')
  const more = text ? { note: text } : {}
  if (row.pendingChange !== null) return dropChange(work, facts, row, { action: 'idlePeriod.changeRejected', ...more })
  return dropRequest(work, facts, row, { state: 'REJECTED', ...more })
}

/** Takes a pause back, also one that has begun: all of it is charged again, and its fee credited. */
export async function withdrawByStaff(work: UnitOfWork, idlePeriodId: number) {
  const { facts, row } = await lockPause(work, idlePeriodId)
  if (row.state === 'PENDING_VERIFICATION') return dropRequest(work, facts, row, { state: 'WITHDRAWN' })
  await updateIdlePeriodRow(work.tx, row.id, { state: 'WITHDRAWN', pendingChange: null }, work.now)
  await settlePause(work, facts, {
    idlePeriodId,
    action: 'contract.pauseWithdrawn',
    effectiveFrom: row.startDate,
    event: idlePeriodCancelled,
  })
}
