import { nextId } from '../platform/database/next-id.ts'
import {
  auditBooking,
  bookingCreated,
  type BookingManner,
  claimHold,
  findWantedTrial,
  insertBooking,
  lockBookingCustomer,
  refuseBooking,
  settleInTheWay,
  takeUse,
} from '../bookings/index.ts'
import { insertAllocations, lockResources, type NewAllocation } from '../resources/index.ts'
import { notFound } from '../platform/errors/errors.ts'
import type { UnitOfWork, View } from '../platform/units/work.ts'
import { dateIn } from '../platform/time/zoned-time.ts'
import {
  type AppointmentBookingStatus,
  type AppointmentPlan,
  explainAppointment,
  judgeAppointment,
  planAppointment,
} from './appointment-rules.ts'
import { insertAppointment, lockGroups } from './appointment-store.ts'
import type { AppointmentRequest } from './appointment-facts.ts'
import { type BookableRow, lockBookable } from './bookable-store.ts'
import { blockMoments } from './case-rules.ts'
import { loadAppointmentFacts, type LoadedFacts, listResourceIds } from './facts.ts'
import { findHeldTime, lockHeld } from './holds/held-times.ts'
import { listPool, type PoolRow } from './pool-store.ts'
import { type AppointmentWish, type Resolved, resolveInquiry } from './requests.ts'
import { settleOccupying } from './settling.ts'

const byApi: BookingManner = { channel: 'API', broken: [] }

/** What decides on a booking at this start. */
export function loadFactsAround(view: View, resolved: Resolved, { start }: AppointmentRequest): Promise<LoadedFacts> {
  const date = dateIn(start, resolved.studio.zone)
  return loadAppointmentFacts(view, resolved, { fromDate: date, untilDate: date })
}

/** What a booking would meet at this moment. Nothing is locked or reserved. */
export async function checkAppointment(view: View, wish: AppointmentWish): Promise<AppointmentBookingStatus> {
  const { facts } = await findWantedFacts(view, wish)
  return judgeAppointment(facts, wish, view.now)
}

/** A wish with all that decides on it at this moment. */
export async function findWantedFacts(view: View, wish: AppointmentWish) {
  const resolved = await resolveInquiry(view, wish)
  const held = await findHeldTime(view, wish)
  return { resolved, facts: { ...(await loadFactsAround(view, resolved, wish)), held } }
}

/** Everything that stands against a booking, not only the first: for staff who are asked why it cannot be made. */
export async function explainBooking(view: View, wish: AppointmentWish) {
  const { facts } = await findWantedFacts(view, wish)
  return explainAppointment(facts, wish, view.now)
}

/**
 * Books an appointment: joins a group with room, or opens a new one with the resources that the rules assign; with a
 * hold, the time that it keeps. A refusal names the status that a check would answer. Returns the id of the booking.
 */
export async function bookAppointment(
  work: UnitOfWork,
  wish: AppointmentWish,
  manner: BookingManner = byApi,
): Promise<number> {
  const found = await resolveInquiry(work, wish)
  const customer = await lockAll(work, found, wish)
  // Who became a member while this waited for the lock is no prospect any more.
  const resolved = { ...found, customer, trial: await findWantedTrial(work, wish) }
  const held = await lockHeld(work, wish)
  const facts = { ...(await loadFactsAround(work, resolved, wish)), held }
  if (facts.customer) settleInTheWay(facts.customer, wish, work.now)
  const verdict = judgeAppointment(facts, wish, work.now, manner.broken)
  if (verdict !== 'AVAILABLE') throw refuseBooking(verdict)
  const plan = planAppointment(facts, wish, work.now, manner.broken)
  if (plan === null) throw refuseBooking('RESOURCE_NOT_AVAILABLE')
  return storeBooking(work, { resolved, wish, facts, plan, manner })
}

/**
 * Takes the locks in the one order that all units keep: customer, resources ascending, then the groups that could be
 * joined. Where time has freed one of the resources but its rows still occupy it, those are settled first.
 */
async function lockAll(work: UnitOfWork, { bookable }: Resolved, wish: AppointmentWish) {
  const { tx } = work
  const [customer, pool] = await Promise.all([
    lockBookingCustomer(tx, wish.customerId, wish.sight),
    listPool(tx, bookable.id),
  ])
  if (!customer) throw notFound('customer', wish.customerId)
  await lockResourcesAndCustomer(work, { bookable, pool }, wish)
  return customer
}

/** Takes the locks of {@link lockAll} that come after the customer. */
export async function lockResourcesAndCustomer(
  work: UnitOfWork,
  { bookable, pool }: { readonly bookable: BookableRow; readonly pool: readonly PoolRow[] },
  wish: Pick<AppointmentRequest, 'start'>,
) {
  const { tx } = work
  const resourceIds = listResourceIds(pool)
  await lockResources(tx, resourceIds)
  if (bookable.maxParticipants > 1) {
    // Without resources nothing else would keep two groups from being opened at once, or one from being overfilled.
    await lockBookable(tx, bookable.studioId, bookable.id)
    await lockGroups(tx, bookable.id, wish.start)
  }
  await settleOccupying(work, resourceIds, blockMoments(wish.start, bookable))
}

interface NewAppointment {
  readonly resolved: Resolved
  readonly wish: AppointmentRequest
  readonly facts: LoadedFacts
  readonly plan: AppointmentPlan
}

interface NewBookedTime extends NewAppointment {
  readonly wish: AppointmentWish
  readonly manner: BookingManner
}

async function storeBooking(work: UnitOfWork, booked: NewBookedTime): Promise<number> {
  const { tx, now } = work
  const { wish, facts, plan, resolved } = booked
  const { studioId } = wish.studio
  const [bookingId, appointmentId] = await Promise.all([wish.hold?.holdId ?? nextId(tx), openAppointment(work, booked)])
  const booking = { bookingId, kind: 'APPOINTMENT', studioId, customerId: wish.customerId } as const
  await (wish.hold ? claimHold : insertBooking)(tx, toRow(booked, bookingId, appointmentId), now)
  await takeUse(work, { ...booking, title: resolved.bookable.title }, plan.use, facts.rule)
  auditBooking(work, booking, 'created', { status: [null, plan.status], appointmentId: [null, appointmentId] })
  if (plan.confirmation === null) work.emit(bookingCreated(booking))
  return bookingId
}

/** The appointment that is joined, or a new one with its allocations. */
export async function openAppointment(
  work: UnitOfWork,
  { resolved, wish, facts, plan }: NewAppointment,
): Promise<number> {
  if (plan.assigned.joins !== null) return plan.assigned.joins
  const { id: bookableId, studioId, durationMin } = resolved.bookable
  const endAt = wish.start.add({ minutes: durationMin })
  const appointmentId = await insertAppointment(work.tx, { studioId, bookableId, startAt: wish.start, endAt }, work.now)
  const during = blockMoments(wish.start, facts.bookable)
  await insertAllocations(work.tx, planAllocations({ appointmentId, during, facts, plan }), work.now)
  return appointmentId
}

interface Occupation {
  readonly appointmentId: number
  /** The block. */
  readonly during: { readonly from: Temporal.Instant; readonly until: Temporal.Instant }
  readonly facts: LoadedFacts
  readonly plan: AppointmentPlan
}

/** Where resources serve several at once, or staff forced the time, blocks may overlap. */
export function planAllocations({ appointmentId, during, facts, plan }: Occupation): NewAllocation[] {
  return plan.assigned.resourceIds.map((resourceId) => ({
    studioId: facts.studio.studioId,
    resourceId,
    during,
    source: 'APPOINTMENT',
    sourceId: appointmentId,
    exclusive: facts.capacities.get(resourceId) === 1 && !plan.isForced,
  }))
}

function toRow(booked: NewBookedTime, bookingId: number, appointmentId: number) {
  const { resolved, wish, plan, manner } = booked
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
    customerExclusive: !bookable.allowParallel && !manner.broken.includes('OTHER_BOOKING'),
    trialOfferConfigId: wish.trial?.configId ?? null,
    confirmKind: plan.confirmation?.kind ?? 'NONE',
    confirmDeadline: plan.confirmation?.deadline ?? null,
    queueNo: null,
    channel: manner.channel,
  } as const
}
