import { bookings } from '../../bookings/tables.ts'
import { isAfter } from '../../platform/time/order.ts'
import { defined } from '../../platform/values/defined.ts'
import { berlin } from '../house/chain.ts'
import { aqua, cycling, missionBeachBody, yoga } from './classes.ts'
import { regulars } from '../people/members.ts'
import { max, nora, otto } from '../people/people.ts'
import { plant, type Planting, type Stretch } from '../planting.ts'
import { type ClassBooking, namedSlot, slotId, type SlotPlan, slotPlans, plannedTime } from './slots.ts'

/** Ids of bookings with a story; those of appointments stand beside them. */
export const classBooking = {
  maxTomorrow: 2041,
  maxPast: 2042,
  maxWaiting: 2043,
  maxCanceled: 2044,
  maxLate: 2045,
  maxFar: 2047,
  ottoFar: 2053,
  noraAqua: 2058,
} as const

const storyBookings: readonly ClassBooking[] = [
  { id: classBooking.maxTomorrow, slotId: slotId(missionBeachBody.id, 1), customerId: max, status: 'BOOKED' },
  { id: classBooking.maxPast, slotId: slotId(missionBeachBody.id, -2), customerId: max, status: 'BOOKED' },
  { id: classBooking.maxWaiting, slotId: slotId(yoga.id, 2), customerId: max, status: 'WAITING_LIST', queueNo: 2 },
  { id: classBooking.maxCanceled, slotId: slotId(missionBeachBody.id, 3), customerId: max, status: 'CANCELED' },
  { id: classBooking.maxLate, slotId: slotId(aqua.id, -1), customerId: max, status: 'CANCELED', isLate: true },
  { id: classBooking.maxFar, slotId: namedSlot.booked, customerId: max, status: 'BOOKED' },
  { id: classBooking.ottoFar, slotId: namedSlot.overlapping, customerId: otto, status: 'BOOKED' },
  { id: classBooking.noraAqua, slotId: slotId(aqua.id, -12), customerId: nora, status: 'BOOKED' },
]

/** Days from today up to which popular classes are filled; a daily job goes on with it. */
export const FILLED_DAYS = 15

const filledFrom = -2

const waitingForYoga = 2

/** Who comes to a class, by its day: another group each day, so that nobody is always there. */
export function crowd(plan: typeof yoga, day: number, waiting: number): Omit<ClassBooking, 'slotId'>[] {
  const seats = plan.seats ?? 0
  const first = Math.abs(day) * (seats + waiting) + plan.id * 7
  return Array.from({ length: seats + waiting }, (_, n) => {
    const customerId = regulars[(first + n) % regulars.length] as number
    if (n < seats) return { customerId, status: 'BOOKED' }
    return { customerId, status: 'WAITING_LIST', queueNo: n - seats + 1 }
  })
}

/** Yoga is full with two waiting, Cycling full with a full waiting list, Mission Beach body half full. */
function crowdsOn(days: number): ClassBooking[] {
  const inSlot = (id: number, people: readonly Omit<ClassBooking, 'slotId'>[]) =>
    people.map((booking) => ({ slotId: id, ...booking }))
  const maxIsWaiting = days === 2
  return [
    ...inSlot(slotId(yoga.id, days), crowd(yoga, days, maxIsWaiting ? waitingForYoga - 1 : waitingForYoga)),
    ...inSlot(slotId(cycling.id, days), crowd(cycling, days, cycling.queueLength ?? 0)),
    ...(days === 4 ? [] : inSlot(slotId(missionBeachBody.id, days), crowd({ ...missionBeachBody, seats: 6 }, days, 0))),
  ]
}

const filledDays = Array.from({ length: FILLED_DAYS - filledFrom }, (_, n) => n + filledFrom)

export const classBookings: readonly ClassBooking[] = [
  ...storyBookings,
  ...filledDays.flatMap(crowdsOn),
  ...crowd(cycling, 0, cycling.queueLength ?? 0).map((booking) => ({ slotId: namedSlot.full, ...booking })),
]

const slotById: ReadonlyMap<number, SlotPlan> = new Map(slotPlans.map((slot) => [slot.id, slot]))

export async function plantClassBookings(planting: Planting) {
  await plant(
    planting,
    bookings,
    classBookings.map((booking) => toRow(planting, booking)),
  )
}

function toRow(planting: Planting, booking: ClassBooking) {
  const { id, slotId, customerId, queueNo } = booking
  const slot = slotById.get(slotId)
  if (!slot) throw new Error(`The demo has no class slot ${slotId}.`)
  const during = plannedTime(planting, slot)
  return {
    studioId: berlin,
    kind: 'CLASS' as const,
    customerId,
    classSlotId: slotId,
    during,
    channel: 'API' as const,
    ...defined({ id, queueNo }),
    ...plannedOutcome(planting, booking, during),
  }
}

/** What time has made of a booking: those who waited in vain are canceled, the others took part. */
function plannedOutcome({ work: { now } }: Planting, { status, isLate = false }: ClassBooking, during: Stretch) {
  const canceled = { status: 'CANCELED' as const, settledAt: now }
  if (status === 'CANCELED') {
    return { ...canceled, canceledAt: now.subtract({ hours: 24 }), lateCancel: isLate, cancelReason: 'CUSTOMER' }
  }
  // Nobody is promoted any more once the class has begun.
  if (status === 'WAITING_LIST' && !isAfter(during.from, now)) {
    return { ...canceled, canceledAt: during.from, cancelReason: 'WAITING_LIST_EXPIRED' }
  }
  if (isAfter(during.until, now)) return { status }
  return { status, participantStatus: 'PARTICIPATING' as const, settledAt: during.until }
}
