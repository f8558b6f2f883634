import { classSlotInstructors, classSlots } from '../../classes/tables.ts'
import { isAfter } from '../../platform/time/order.ts'
import { resourceAllocations } from '../../resources/tables.ts'
import { farAhead } from './calendar.ts'
import { berlin } from '../house/chain.ts'
import {
  aqua,
  type ClassPlan,
  classPlans,
  cycling,
  HISTORY_DAYS,
  livestream,
  missionBeachBody,
  openGym,
} from './classes.ts'
import { ben } from '../house/employees.ts'
import { momentOn, plant, type Planting, stretch } from '../planting.ts'
import { resource } from './resources.ts'

/** How far classes are planned ahead, as the classes' own daily job does. */
const PLANNED_DAYS = 400

export interface SlotPlan {
  readonly id: number
  readonly plan: ClassPlan
  /** From today. */
  readonly days: number
  readonly at: string
  readonly isInSeries: boolean
  readonly isCanceled?: boolean
  /** Anonymous heads, and who gives the lesson instead. */
  readonly additional?: number
  readonly standIn?: { readonly employeeId: number; readonly resourceId: number }
}

/** The id of the slot of a class, so many days from the day on which the demo was planted. */
export function slotId(classId: number, days: number): number {
  return 30_000 + (classId - 1000) * 1000 + 100 + days
}

/**
 * Slots with ids to be written down, each of them beside the series. They lie so far ahead that what validation
 * answers for them stays true.
 */
export const namedSlot = {
  free: 20334,
  canceled: 20335,
  displayOnly: 20336,
  booked: 20337,
  tooEarly: 20338,
  past: 20339,
  closed: 20340,
  overlapping: 20342,
  aqua: 20343,
  full: 20344,
} as const

const far = { days: farAhead, isInSeries: false } as const

const namedSlots: readonly SlotPlan[] = [
  { id: namedSlot.free, plan: missionBeachBody, at: '15:00', ...far },
  { id: namedSlot.canceled, plan: missionBeachBody, at: '14:00', ...far, isCanceled: true },
  { id: namedSlot.displayOnly, plan: openGym, at: '20:00', ...far },
  { id: namedSlot.booked, plan: missionBeachBody, at: '16:00', ...far },
  { id: namedSlot.tooEarly, plan: livestream, at: '20:00', ...far },
  { id: namedSlot.past, plan: missionBeachBody, at: '15:00', days: -1, isInSeries: false },
  { id: namedSlot.closed, plan: missionBeachBody, at: '15:00', days: farAhead + 1, isInSeries: false },
  { id: namedSlot.overlapping, plan: livestream, at: '15:15', ...far },
  { id: namedSlot.aqua, plan: aqua, at: '14:15', ...far },
  { id: namedSlot.full, plan: cycling, at: '19:00', ...far },
]

const changed: ReadonlyMap<number, Partial<SlotPlan>> = new Map([
  [slotId(missionBeachBody.id, 4), { isCanceled: true }],
  [slotId(missionBeachBody.id, 6), { additional: 3, standIn: { employeeId: ben, resourceId: resource.ben } }],
])

const seriesSlots: readonly SlotPlan[] = classPlans.flatMap((plan) =>
  Array.from({ length: HISTORY_DAYS + PLANNED_DAYS + 1 }, (_, n): SlotPlan => {
    const days = n - HISTORY_DAYS
    const id = slotId(plan.id, days)
    return { id, plan, days, at: plan.at, isInSeries: true, ...changed.get(id) }
  }),
)

export const slotPlans: readonly SlotPlan[] = [...namedSlots, ...seriesSlots]

/** Inserts the slots with the counts that follow from their bookings. */
export async function plantSlots(planting: Planting, bookings: readonly ClassBooking[]) {
  const bookingsBySlot = Map.groupBy(bookings, ({ slotId }) => slotId)
  await plant(
    planting,
    classSlots,
    slotPlans.map((slot) => slotRow(planting, slot, bookingsBySlot.get(slot.id) ?? [])),
  )
  const taught = slotPlans.flatMap((slot) => {
    const planned = slot.plan.instructor
    return planned ? [{ slot, instructor: slot.standIn ?? planned, planned }] : []
  })
  await plant(
    planting,
    classSlotInstructors,
    taught.map(({ slot, instructor, planned }) => ({
      studioId: berlin,
      slotId: slot.id,
      employeeId: instructor.employeeId,
      ...(slot.standIn ? { standInFor: planned.employeeId } : {}),
    })),
  )
  const takenBy = (slot: SlotPlan, resourceId: number) => ({
    studioId: berlin,
    resourceId,
    during: plannedTime(planting, slot),
    source: 'CLASS_SLOT' as const,
    sourceId: slot.id,
    exclusive: true,
    active: !slot.isCanceled,
  })
  await plant(planting, resourceAllocations, [
    ...taught.map(({ slot, instructor }) => takenBy(slot, instructor.resourceId)),
    ...slotPlans.flatMap((slot) => (slot.plan.room === undefined ? [] : [takenBy(slot, slot.plan.room)])),
  ])
}

export function plannedTime(planting: Pick<Planting, 'today'>, { days, at, plan }: SlotPlan) {
  return stretch(momentOn(planting, days, at), plan.minutes)
}

function slotRow(planting: Planting, slot: SlotPlan, bookings: readonly ClassBooking[]) {
  const { id, plan, days, isInSeries, isCanceled = false, additional = 0 } = slot
  const { from: startAt, until: endAt } = plannedTime(planting, slot)
  const queue = bookings.filter(({ status }) => status === 'WAITING_LIST').length
  const hasBegun = !isAfter(startAt, planting.work.now)
  return {
    id,
    studioId: berlin,
    classId: plan.id,
    seriesId: isInSeries ? plan.id : null,
    startAt,
    endAt,
    occurrenceDate: planting.today.add({ days }),
    status: isCanceled ? ('CANCELED' as const) : ('PLANNED' as const),
    locationId: plan.room ?? null,
    maxParticipants: plan.seats ?? null,
    maxWaiting: plan.queueLength ?? null,
    additionalParticipants: additional,
    waitingCount: hasBegun ? 0 : queue,
    nextQueueNo: queue + 1,
    bookedCount: bookings.filter(({ status }) => status === 'BOOKED').length,
    detached: slot.standIn !== undefined || isCanceled,
  }
}

export interface ClassBooking {
  readonly id?: number
  readonly slotId: number
  readonly customerId: number
  readonly status: 'BOOKED' | 'WAITING_LIST' | 'CANCELED'
  readonly queueNo?: number
  readonly isLate?: boolean
}
