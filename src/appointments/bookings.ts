import {
  type BookingManner,
  type BookingPlan,
  type BreakableRule,
  auditBooking,
  bookingCreated,
  insertAllocations,
  insertBooking,
  lockReachableCustomer,
  lockResources,
  nextBookingId,
  refuseBooking,
  settleInTheWay,
  takeUse,
} from '../classes/index.ts'
import { notFound } from '../platform/errors.ts'
import { StartOver, type UnitOfWork, type View } from '../platform/work.ts'
import { dateIn } from '../platform/zoned-time.ts'
import { type AppointmentBookingStatus, judgeAppointment, planAppointment } from './appointment-rules.ts'
import { insertAppointment, listExpiredAppointments, lockGroups } from './appointment-store.ts'
import { lockBookable } from './bookable-store.ts'
import { blockOf } from './case-rules.ts'
import { type LoadedFacts, loadAppointmentFacts, resourceIdsOf } from './facts.ts'
import type { AppointmentPlace } from './place-rules.ts'
import { listPool } from './pool-store.ts'
import { type AppointmentWish, type Resolved, resolveInquiry } from './requests.ts'
import { settleAppointment } from './settling.ts'

const byApi: BookingManner = { channel: 'API', broken: [] }

function loadFactsOf(view: View, resolved: Resolved, { start }: AppointmentWish): Promise<LoadedFacts> {
  const date = dateIn(start, resolved.place.zone)
  return loadAppointmentFacts(view, resolved, { fromDate: date, untilDate: date })
}

/** What a booking would meet at this moment. Nothing is locked or reserved. */
export async function checkAppointment(view: View, wish: AppointmentWish): Promise<AppointmentBookingStatus> {
  const resolved = await resolveInquiry(view, wish)
  return judgeAppointment(await loadFactsOf(view, resolved, wish), wish, view.now)
}

/**
 * Books an appointment: joins a group with room, or opens a new one with the resources that the rules assign. A refusal
 * names the status that a check would answer. Returns the id of the booking.
 */
export async function bookAppointment(
  work: UnitOfWork,
  wish: AppointmentWish,
  manner: BookingManner = byApi,
): Promise<number> {
  const resolved = await resolveInquiry(work, wish)
  await lockAll(work, resolved, wish)
  const facts = await loadFactsOf(work, resolved, wish)
  if (facts.customer) settleInTheWay(facts.customer, wish, work.now)
  const verdict = judgeAppointment(facts, wish, work.now, manner.broken)
  if (verdict !== 'AVAILABLE') throw refuseBooking(verdict)
  const plan = planAppointment(facts, wish, work.now)
  if (plan.place === null) throw refuseBooking('RESOURCE_NOT_AVAILABLE')
  return storeBooking(work, { resolved, wish, facts, plan, place: plan.place, manner })
}

/**
 * Takes the locks in the order of the platform chapter: customer, resources ascending, then the groups that could be
 * joined. Where time has freed one of the resources but its rows still occupy it, those are settled first.
 */
async function lockAll(work: UnitOfWork, { bookable }: Resolved, wish: AppointmentWish) {
  const { tx, now } = work
  const [customer, pool] = await Promise.all([
    lockReachableCustomer(tx, wish.customerId, wish.reach),
    listPool(tx, bookable.id),
  ])
  if (!customer) throw notFound('customer', wish.customerId)
  const resourceIds = resourceIdsOf(pool)
  await lockResources(tx, resourceIds)
  if (bookable.maxParticipants > 1) {
    // Without resources nothing else would keep two groups from being opened at once, or one from being overfilled.
    await lockBookable(tx, bookable.studioId, bookable.id)
    await lockGroups(tx, bookable.id, wish.start)
  }
  const expired = await listExpiredAppointments(tx, resourceIds, { ...momentsOf(wish, bookable), now })
  if (expired.length > 0) throw settleFirst(expired)
}

function settleFirst(appointmentIds: readonly number[]): StartOver {
  return new StartOver(async (run) => {
    for (const id of appointmentIds) await run((work) => settleAppointment(work, id))
  })
}

/** The block of an appointment as moments. */
export function momentsOf({ start }: Pick<AppointmentWish, 'start'>, bookable: Resolved['bookable']) {
  const block = blockOf(start.epochMilliseconds, { ...bookable, bookableId: bookable.id })
  return {
    from: Temporal.Instant.fromEpochMilliseconds(block.from),
    until: Temporal.Instant.fromEpochMilliseconds(block.until),
  }
}

interface NewPlace {
  readonly resolved: Resolved
  readonly wish: AppointmentWish
  readonly facts: LoadedFacts
  readonly plan: BookingPlan
  readonly place: AppointmentPlace
  readonly manner: BookingManner
}

/** Rules whose breaking lets allocations or a customer's bookings overlap: such rows are left out of the constraints. */
function isForced({ manner }: NewPlace, rule: BreakableRule): boolean {
  return manner.broken.includes(rule)
}

async function storeBooking(work: UnitOfWork, place: NewPlace): Promise<number> {
  const { tx, now } = work
  const { wish, facts, plan } = place
  const { studioId } = wish.place
  const [bookingId, appointmentId] = await Promise.all([nextBookingId(tx), openAppointment(work, place)])
  const booking = { bookingId, kind: 'APPOINTMENT', studioId, customerId: wish.customerId } as const
  await insertBooking(tx, rowOf(place, bookingId, appointmentId), now)
  await takeUse(work, booking, plan.use, facts.rule)
  auditBooking(work, booking, 'created', { status: [null, plan.status], appointmentId: [null, appointmentId] })
  if (plan.confirmation === null) work.emit(bookingCreated(booking))
  return bookingId
}

/** The appointment that is joined, or a new one with its allocations. */
async function openAppointment(work: UnitOfWork, place: NewPlace): Promise<number> {
  const { resolved, wish, facts, place: found } = place
  if (found.joins !== null) return found.joins
  const { bookable } = resolved
  const { id: bookableId, studioId } = bookable
  const end = wish.start.add({ minutes: bookable.durationMin })
  const appointment = { studioId, bookableId, startAt: wish.start, endAt: end }
  const appointmentId = await insertAppointment(work.tx, appointment, work.now)
  const allocations = found.resourceIds.map((resourceId) => ({
    studioId,
    resourceId,
    during: momentsOf(wish, bookable),
    source: 'APPOINTMENT' as const,
    sourceId: appointmentId,
    exclusive: facts.capacities.get(resourceId) === 1 && !isForced(place, 'RESOURCE'),
  }))
  await insertAllocations(work.tx, allocations, work.now)
  return appointmentId
}

function rowOf(place: NewPlace, bookingId: number, appointmentId: number) {
  const { resolved, wish, plan, manner } = place
  const { bookable } = resolved
  return {
    id: bookingId,
    studioId: bookable.studioId,
    kind: 'APPOINTMENT',
    customerId: wish.customerId,
    classSlotId: null,
    appointmentId,
    during: { from: wish.start, until: wish.start.add({ minutes: bookable.durationMin }) },
    status: plan.status,
    customerExclusive: !bookable.allowParallel && !isForced(place, 'OTHER_BOOKING'),
    trialOfferConfigId: wish.trial?.configId ?? null,
    confirmKind: plan.confirmation?.kind ?? 'NONE',
    confirmDeadline: plan.confirmation?.deadline ?? null,
    queueNo: null,
    channel: manner.channel,
  } as const
}
