import { diffValues } from '../../platform/units/audit-values.ts'
import { notFound, refuseFields, refuseUnknown, violation } from '../../platform/errors/errors.ts'
import { lockWorking } from '../../employees/index.ts'
import type { UnitOfWork } from '../../platform/units/work.ts'
import { dateIn } from '../../platform/time/zoned-time.ts'
import { findStudioZone, refuseBooking } from '../../bookings/index.ts'
import type { PlanOptions } from '../../resources/index.ts'
import { occupyForSlots } from './slot-resources.ts'
import { findSlotTimeFault, type SlotTime } from './slot-time-rules.ts'
import {
  findClassRow,
  insertSlots,
  insertStaffing,
  isLocation,
  type NewSlot,
  type SlotStaffing,
  type Staffing,
} from './slot-plan-store.ts'

/** A single slot as staff plan one; what is left out follows the class. */
export interface SlotInput {
  readonly classId: number
  readonly start: Temporal.Instant
  readonly durationMin?: number
  readonly locationId?: number | null
  readonly instructors?: readonly Staffing[]
  readonly maxParticipants?: number | null
  readonly maxWaiting?: number | null
  readonly additionalParticipants?: number
}

export async function requireClass(work: UnitOfWork, classId: number) {
  const gymClass = await findClassRow(work.db, classId)
  if (!gymClass) throw notFound('class', classId)
  return gymClass
}

/** A room of the studio; a streamed class has none. */
export async function requireLocation(
  work: UnitOfWork,
  { type, studioId }: { readonly type: 'STUDIO' | 'STREAM'; readonly studioId: number },
  locationId: number | null,
) {
  if (locationId === null) return
  if (type === 'STREAM' || !(await isLocation(work.db, studioId, locationId))) throw refuseUnknown('locationId')
}

/** Employees who do not work in the studio (any more) cannot be planned there. */
export async function requireInstructors(work: UnitOfWork, studioId: number, employeeIds: readonly number[]) {
  const working = new Set(await lockWorking(work.tx, studioId, employeeIds))
  const [first, ...more] = employeeIds.flatMap((id, at) =>
    working.has(id) ? [] : [violation(`instructorIds[${at}]`, 'format', { type: 'STRING', value: 'id' } as const)],
  )
  if (first) throw refuseFields([first, ...more])
}

/** Throws where staff give an impossible time to a slot; `before` is the time that it had, null for a new one. */
export function refuseSlotTime(wanted: SlotTime, before: SlotTime | null, now: Temporal.Instant) {
  const fault = findSlotTimeFault(wanted, before, now)
  if (fault === 'END_NOT_AFTER_START') throw refuseBooking('END_DATE_TIME_NOT_AFTER_START_DATE_TIME')
  if (fault === 'START_IN_PAST') throw refuseBooking('PAST_START_DATE_TIME')
  if (fault === 'END_IN_PAST') throw refuseFields([violation('end', 'mustNotBePast')])
}

/** Plans one slot of a class with its room and staff. Returns its id. */
export async function planSlot(work: UnitOfWork, input: SlotInput, { override = false }: PlanOptions = {}) {
  const gymClass = await requireClass(work, input.classId)
  const { studioId } = gymClass
  const locationId = input.locationId ?? null
  await requireLocation(work, gymClass, locationId)
  await requireInstructors(
    work,
    studioId,
    (input.instructors ?? []).map(({ employeeId }) => employeeId),
  )
  const end = input.start.add({ minutes: input.durationMin ?? gymClass.durationMin })
  refuseSlotTime({ start: input.start, end }, null, work.now)
  const zone = await findStudioZone(work.db, studioId)
  const slot = {
    studioId,
    classId: gymClass.id,
    occurrenceDate: dateIn(input.start, zone),
    startAt: input.start,
    endAt: end,
    status: 'PLANNED' as const,
    locationId,
    maxParticipants: input.maxParticipants === undefined ? gymClass.defaultMax : input.maxParticipants,
    maxWaiting: input.maxWaiting === undefined ? gymClass.defaultMaxWaiting : input.maxWaiting,
    additionalParticipants: input.additionalParticipants ?? 0,
  }
  const [classSlotId] = await storeSlots(work, [slot], { staffing: input.instructors ?? [], locationId, override })
  return classSlotId as number
}

interface SharedPlan {
  readonly staffing: readonly Staffing[]
  readonly locationId: number | null
  readonly override: boolean
}

/** Stores new slots of one class that share room and staff, and occupies both. Returns the ids of the new ones. */
export async function storeSlots(work: UnitOfWork, slots: readonly NewSlot[], plan: SharedPlan): Promise<number[]> {
  const [first] = slots
  if (!first) return []
  const { studioId } = first
  const stored = await insertSlots(work.tx, slots, work.now)
  const staffing: SlotStaffing[] = stored.flatMap(({ classSlotId }) =>
    plan.staffing.map((one) => ({ ...one, classSlotId, studioId })),
  )
  await insertStaffing(work.tx, staffing, work.now)
  const instructorIds = plan.staffing.map(({ employeeId }) => employeeId)
  await occupyForSlots(work, stored, { ...plan, studioId, instructorIds })
  for (const { classSlotId, start, end } of stored) {
    const diff = diffValues({}, { classId: first.classId, start, end, locationId: plan.locationId, instructorIds })
    work.audit({ action: 'classSlot.planned', entityKind: 'classSlot', entityId: classSlotId, studioId, diff })
  }
  return stored.map(({ classSlotId }) => classSlotId)
}
