import type { Sight } from '../../customers/index.ts'
import { inOrder } from '../../platform/database/in-order.ts'
import { notFound } from '../../platform/errors/errors.ts'
import type { UnitOfWork, View } from '../../platform/units/work.ts'
import {
  auditBooking,
  bookingCreated,
  type BookingCustomer,
  type BookingManner,
  type BookingPlan,
  chargeBooking,
  claimHold,
  findHold,
  findBookingCustomer,
  findWantedTrial,
  type HoldReference,
  lockHold,
  readCustomerFacts,
  refuseBooking,
  requireSeat,
  settleInTheWay,
  readySlotAndCustomerLock,
  takeUse,
  toTrialFacts,
  readyTrial,
} from '../../bookings/index.ts'
import { type ClassBookingStatus, judgeClassBooking, planClassBooking } from './booking-rules.ts'
import { seatBooking, seatingPart } from './seating-store.ts'
import { readSlotFacts } from '../slot-facts.ts'
import { type BookingContext, readyBookingContext, type SlotContext } from '../slot-store.ts'
import { drainFirst } from '../upkeep.ts'

/** A wish for a seat. The slot must belong to the studio, if one is named; the sight must see the customer. */
export interface ClassBookingRequest {
  readonly studioId: number | null
  readonly sight: Sight
  readonly customerId: number
  readonly classSlotId: number
  /** Set for a trial, with the config that offers the class, or null when none does. */
  readonly trial?: { readonly configId: number | null }
  /** Set to use a hold, whose seat becomes the booking. */
  readonly hold?: HoldReference
}

const toInquiry = ({ classSlotId, customerId, trial }: ClassBookingRequest) => ({
  classSlotId,
  customerId,
  trialConfigId: trial?.configId ?? null,
})

interface Found<C> {
  readonly context: BookingContext | undefined
  readonly customer: C | undefined
}

/** The slot, which has to be there for the caller: one of another studio is unknown. */
export function requireSlot<S extends SlotContext>(
  context: S | undefined,
  { studioId, classSlotId }: Pick<ClassBookingRequest, 'studioId' | 'classSlotId'>,
): S {
  if (!context || (studioId !== null && context.slot.studioId !== studioId)) throw notFound('classSlot', classSlotId)
  return context
}

/** What decides on the booking; fails unless both the slot and the customer are there for the caller. */
function joinFacts<C extends BookingCustomer>(found: Found<C>, request: ClassBookingRequest, now: Temporal.Instant) {
  const context = requireSlot(found.context, request)
  const { customer: person } = found
  if (!person) throw notFound('customer', request.customerId)
  const slot = readSlotFacts(context, now)
  return { ...slot, person, customer: readCustomerFacts(context, person, slot.studio.studioId) }
}

/** All that decides on a booking at this moment. Nothing is locked or reserved. */
export async function findBookingFacts(view: View, request: ClassBookingRequest) {
  const { db, now } = view
  const { hold: reference, classSlotId } = request
  const [context, customer, trial, hold] = await Promise.all([
    readyBookingContext(toInquiry(request), now).send(db),
    findBookingCustomer(db, request.customerId, request.sight),
    findWantedTrial(view, request),
    reference && findHold(db, reference),
  ])
  const facts = joinFacts({ context, customer }, request, now)
  if (reference) requireSeat(hold, { reference, classSlotId }, now)
  return { ...facts, trial, hasHeldSeat: reference !== undefined }
}

export type CheckedBooking = Awaited<ReturnType<typeof findBookingFacts>>

/** What a booking would meet at this moment. */
export async function checkClassBooking(view: View, request: ClassBookingRequest): Promise<ClassBookingStatus> {
  return judgeClassBooking(await findBookingFacts(view, request), view.now)
}

/** How partners book: they break no rule. */
export const byApi: BookingManner = { channel: 'API', broken: [] }

/** A booking that was just made, as its operation answers it. */
export interface CreatedBooking {
  readonly bookingId: number
  readonly status: BookingPlan['status']
  readonly classSlotId: number
  readonly classId: number
  readonly customerId: number
  /** Its position in the queue, the first one being 1; only of a waiting one. */
  readonly waitingListPosition?: number
}

/**
 * Books a seat, or a position on the waiting list of a full slot; with a hold, the seat that it keeps. A refusal names the
 * status that a check would answer.
 */
export async function bookClassSlot(
  work: UnitOfWork,
  request: ClassBookingRequest,
  manner: BookingManner = byApi,
): Promise<CreatedBooking> {
  const { tx, now } = work
  const [customer, context, trial] = await inOrder(tx, [
    readySlotAndCustomerLock(request.classSlotId, request.customerId, request.sight),
    readyBookingContext(toInquiry(request), now),
    readyTrial(request),
  ])
  const facts = joinFacts({ context, customer }, request, now)
  const { hold: reference, classSlotId } = request
  if (reference) requireSeat(await lockHold(tx, reference), { reference, classSlotId }, now)
  drainFirst(facts)
  return bookByFacts(work, {
    bookingId: reference?.holdId ?? facts.person.nextBookingId,
    request,
    facts: { ...facts, trial: toTrialFacts(request, trial), hasHeldSeat: reference !== undefined },
    manner,
  })
}

/** A wish with all that decides on it: slot and customer are locked, and what was due on the slot is settled. */
export interface OpenWish {
  readonly bookingId: number
  readonly request: ClassBookingRequest
  readonly facts: CheckedBooking
  readonly manner: BookingManner
}

/** Judges a wish, and stores the booking or refuses it. */
export function bookByFacts(work: UnitOfWork, wish: OpenWish): Promise<CreatedBooking> {
  const { facts, manner } = wish
  settleInTheWay(facts.customer, facts.slot, work.now)
  const verdict = judgeClassBooking(facts, work.now, manner.broken)
  if (verdict !== 'AVAILABLE') throw refuseBooking(verdict)
  return storeBooking(work, { ...wish, plan: planClassBooking(facts, work.now, manner.broken) })
}

interface NewSeat extends OpenWish {
  readonly plan: BookingPlan
}

async function storeBooking(work: UnitOfWork, seat: NewSeat): Promise<CreatedBooking> {
  const { bookingId, request, facts, plan, manner } = seat
  const { studio, gymClass } = facts
  const { customerId, classSlotId } = request
  const booking = { bookingId, kind: 'CLASS', studioId: studio.studioId, customerId } as const
  const use = plan.use.kind === 'ENTITLEMENT' ? plan.use : null
  const row = toRow(seat)
  const seated = { booking: row, use, force: manner.broken.includes('CAPACITY') }
  if (request.hold) {
    await claimHold(work.tx, row, work.now)
    await takeUse(work, { ...booking, title: facts.title }, plan.use, facts.rule)
  } else if (plan.use.kind === 'CHARGE') {
    await seatBooking(work.tx, seated, work.now)
    await chargeBooking(work, { ...booking, title: facts.title }, plan.use, facts.rule)
  } else {
    work.writeLast(seatingPart(seated, work.now))
  }
  const broken = manner.broken.length > 0 ? { broken: [null, manner.broken] as const } : {}
  auditBooking(work, booking, 'created', { status: [null, plan.status], classSlotId: [null, classSlotId], ...broken })
  if (plan.confirmation === null) work.emit(bookingCreated(booking))
  const queued = plan.status === 'WAITING_LIST' ? { waitingListPosition: facts.slot.waitingCount + 1 } : {}
  return { bookingId, status: plan.status, classSlotId, classId: gymClass.classId, customerId, ...queued }
}

function toRow({ bookingId, request, facts, plan, manner }: NewSeat) {
  const { row, studio } = facts
  return {
    id: bookingId,
    studioId: studio.studioId,
    customerId: request.customerId,
    classSlotId: row.id,
    during: { from: row.startAt, until: row.endAt },
    status: plan.status,
    customerExclusive: !manner.broken.includes('OTHER_BOOKING'),
    trialOfferConfigId: request.trial?.configId ?? null,
    confirmKind: plan.confirmation?.kind ?? 'NONE',
    confirmDeadline: plan.confirmation?.deadline ?? null,
    queueNo: plan.status === 'WAITING_LIST' ? row.nextQueueNo : null,
    channel: manner.channel,
  } as const
}
