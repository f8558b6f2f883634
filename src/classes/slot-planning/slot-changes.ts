import { diffValues } from '../../platform/units/audit-values.ts'
import { conflict, notFound } from '../../platform/errors/errors.ts'
import type { UnitOfWork } from '../../platform/units/work.ts'
import {
  cancelBookings,
  effectiveSlotStatus,
  listOpenBookings,
  moveBookings,
  refuseBooking,
  type Term,
} from '../../bookings/index.ts'
import { countFreeSeats } from '../bookings/booking-rules.ts'
import { slotCanceled, slotUpdated } from '../events.ts'
import { mustPromote } from '../waiting-list/promotion-rules.ts'
import { openSlot, settleOpenSlot } from '../settling.ts'
import type { SlotFacts } from '../slot-facts.ts'
import type { PlanOptions } from '../../resources/index.ts'
import { refuseSlotTime, requireInstructors, requireLocation } from './slot-planning.ts'
import { deleteStaffing, insertStaffing, listStaffing, type Staffing } from './slot-plan-store.ts'
import { occupyForSlots, vacateSlots } from './slot-resources.ts'
import { freeSeats, type SlotRow, updateSlot } from '../slot-store.ts'
import { drainSlot, isDue } from '../upkeep.ts'

/** What staff change of one slot; what is left out stays as it is. Null ends a limit, or takes back an own term. */
export interface SlotChanges {
  readonly start?: Temporal.Instant
  readonly end?: Temporal.Instant
  readonly locationId?: number | null
  /** The whole final staff. */
  readonly instructors?: readonly Staffing[]
  readonly maxParticipants?: number | null
  readonly maxWaiting?: number | null
  readonly additionalParticipants?: number
  readonly earliestTerm?: Term | null
  readonly latestTerm?: Term | null
}

export interface ChangeOptions extends PlanOptions {
  /** Refuses when another writer has changed the slot since. */
  readonly version?: number
  /** The slot goes on following its series; otherwise an edited slot leaves it. */
  readonly followsSeries?: boolean
}

/** Locks a slot that still lies ahead or runs, and stores what is due on it. */
async function openForStaff(work: UnitOfWork, classSlotId: number): Promise<SlotFacts> {
  const facts = await openSlot(work, classSlotId)
  if (!facts) throw notFound('classSlot', classSlotId)
  if (await settleOpenSlot(work, facts)) work.afterCommit((run) => drainSlot(run, classSlotId))
  return isDue(facts) ? ((await openSlot(work, classSlotId)) as SlotFacts) : facts
}

/**
 * Changes time, room, staff, capacity or own terms of a slot, whose bookings keep their seats. Partners receive one event,
 * and free seats are offered to the waiting list.
 */
export async function changeSlot(
  work: UnitOfWork,
  classSlotId: number,
  changes: SlotChanges,
  options: ChangeOptions = {},
) {
  const facts = await openForStaff(work, classSlotId)
  const { row, gymClass, studio } = facts
  if (options.version !== undefined && options.version !== row.version) {
    throw conflict('errormessage.concurrentModification')
  }
  if (effectiveSlotStatus(facts.slot, work.now) !== 'PLANNED') throw refuseBooking('NOT_AVAILABLE')
  const before = await listStaffing(work.db, classSlotId)
  await requireInstructors(work, row.studioId, newcomers(before, changes))
  const after = planned(row, changes)
  const staffing = sortStaffing(changes.instructors ?? before)
  const diff = diffValues({ ...shown(row), staffing: before }, { ...shown(after), staffing })
  if (Object.keys(diff).length === 0) return
  refuseSlotTime({ start: after.startAt, end: after.endAt }, { start: row.startAt, end: row.endAt }, work.now)
  await requireLocation(work, { ...gymClass, studioId: row.studioId }, after.locationId)
  const detached = row.seriesId !== null && !options.followsSeries ? true : row.detached
  await updateSlot(work.tx, classSlotId, { ...after, detached }, work.now)
  if (diff['staffing']) await replaceStaffing(work, row, staffing)
  if (diff['startAt'] || diff['endAt']) {
    await moveBookings(
      work.tx,
      { kind: 'CLASS', id: classSlotId },
      { from: after.startAt, until: after.endAt },
      work.now,
    )
  }
  if (diff['startAt'] || diff['endAt'] || diff['locationId'] || diff['staffing']) {
    await vacateSlots(work, [classSlotId])
    const instructorIds = staffing.map(({ employeeId }) => employeeId)
    const occupation = {
      studioId: row.studioId,
      locationId: after.locationId,
      instructorIds,
      override: options.override ?? false,
    }
    await occupyForSlots(work, [{ classSlotId, start: after.startAt, end: after.endAt }], occupation)
  }
  work.audit({
    action: 'classSlot.changed',
    entityKind: 'classSlot',
    entityId: classSlotId,
    studioId: row.studioId,
    diff,
  })
  work.emit(slotUpdated({ classSlotId, classId: row.classId, studioId: studio.studioId }))
  await offerFreeSeats(work, facts, after)
}

/** An employee who is planned already may stay, also after leaving the studio. */
function newcomers(before: readonly Staffing[], { instructors = [] }: SlotChanges): number[] {
  const known = new Set(before.map(({ employeeId }) => employeeId))
  return instructors.map(({ employeeId }) => employeeId).filter((employeeId) => !known.has(employeeId))
}

const sortStaffing = (staffing: readonly Staffing[]) =>
  staffing
    .map(({ employeeId, standInFor = null }) => ({ employeeId, standInFor }))
    .toSorted((a, b) => a.employeeId - b.employeeId)

async function replaceStaffing(work: UnitOfWork, { id, studioId }: SlotRow, staffing: readonly Staffing[]) {
  await deleteStaffing(work.tx, id)
  await insertStaffing(
    work.tx,
    staffing.map((one) => ({ ...one, classSlotId: id, studioId })),
    work.now,
  )
}

type PlannedSlot = Pick<
  SlotRow,
  | 'startAt'
  | 'endAt'
  | 'locationId'
  | 'maxParticipants'
  | 'maxWaiting'
  | 'additionalParticipants'
  | 'earliestTermValue'
  | 'earliestTermUnit'
  | 'latestTermValue'
  | 'latestTermUnit'
>

/** The columns that a change is about. A new start without an end keeps the length. */
function shown(row: PlannedSlot): PlannedSlot {
  const { startAt, endAt, locationId, maxParticipants, maxWaiting, additionalParticipants } = row
  const { earliestTermValue, earliestTermUnit, latestTermValue, latestTermUnit } = row
  const terms = { earliestTermValue, earliestTermUnit, latestTermValue, latestTermUnit }
  return { startAt, endAt, locationId, maxParticipants, maxWaiting, additionalParticipants, ...terms }
}

function planned(row: SlotRow, changes: SlotChanges): PlannedSlot {
  const { start, end, earliestTerm, latestTerm, instructors: _, ...same } = changes
  const startAt = start ?? row.startAt
  return {
    ...shown(row),
    ...same,
    startAt,
    endAt: end ?? startAt.add(row.endAt.since(row.startAt)),
    ...(earliestTerm === undefined
      ? {}
      : { earliestTermValue: earliestTerm?.value ?? null, earliestTermUnit: earliestTerm?.unit ?? null }),
    ...(latestTerm === undefined
      ? {}
      : { latestTermValue: latestTerm?.value ?? null, latestTermUnit: latestTerm?.unit ?? null }),
  }
}

async function offerFreeSeats(work: UnitOfWork, facts: SlotFacts, after: PlannedSlot) {
  const { row, promotionCutoff: term, studio } = facts
  const slot = { ...row, ...after }
  if (countFreeSeats(slot) <= Math.max(0, countFreeSeats(row))) return
  const waiting = { start: after.startAt, waitingCount: row.waitingCount }
  if (!mustPromote(waiting, { term, zone: studio.zone }, work.now)) return
  await freeSeats(work.tx, row.id, { seats: 0, waiting: 0, promote: true })
  work.afterCommit((run) => drainSlot(run, row.id))
}

/** Cancels a slot with all its bookings; contingents, room and staff are free again. Doing it again changes nothing. */
export async function cancelSlot(work: UnitOfWork, classSlotId: number) {
  const facts = await openForStaff(work, classSlotId)
  const { row } = facts
  const { studioId, classId } = row
  if (row.status === 'CANCELED') return
  if (effectiveSlotStatus(facts.slot, work.now) !== 'PLANNED') throw refuseBooking('NOT_AVAILABLE')
  const empty = { bookedCount: 0, waitingCount: 0, promotionPending: false }
  await updateSlot(work.tx, classSlotId, { status: 'CANCELED', ...empty }, work.now)
  await vacateSlots(work, [classSlotId])
  const diff = { status: ['PLANNED', 'CANCELED'] } as const
  work.audit({ action: 'classSlot.canceled', entityKind: 'classSlot', entityId: classSlotId, studioId, diff })
  work.emit(slotCanceled({ classSlotId, classId, studioId }))
  const open = await listOpenBookings(work.tx, { kind: 'CLASS', id: classSlotId })
  await cancelBookings(work, open, { reason: 'SLOT_CANCELED' })
}
