import { notFound } from '../platform/errors.ts'
import type { UnitOfWork, View } from '../platform/work.ts'
import { auditBooking, takeUse } from './booking-changes.ts'
import type { TrialFacts } from './booking-facts.ts'
import { type ClassBookingStatus, judgeClassBooking, planClassBooking } from './booking-rules.ts'
import { insertBooking } from './booking-store.ts'
import type { BreakableRule } from './check-rules.ts'
import { findCustomerFacts, findReachableCustomer, lockReachableCustomer, type Reach } from './customer-facts-store.ts'
import { bookingCreated } from './events.ts'
import { bookingHooks } from './hooks.ts'
import type { BookingPlan } from './place-rules.ts'
import { questionOf } from './promotion.ts'
import { refuseBooking } from './refusal.ts'
import { openSlot } from './settling.ts'
import { type SlotFacts, slotFactsOf } from './slot-facts.ts'
import { findSlotContext, joinQueue, takeSeat } from './slot-store.ts'
import { drainFirst, settleInTheWay } from './upkeep.ts'

/** A wish for a place. The slot must belong to the studio, if one is named; the customer must be within reach. */
export interface ClassBookingRequest {
  readonly studioId: number | null
  readonly reach: Reach
  readonly customerId: number
  readonly classSlotId: number
  /** Set for a trial, with the config that offers the class, or null when none does. */
  readonly trial?: { readonly configId: number | null }
}

/** What a trial asks about its config; null for a booking that is no trial. */
export async function findTrialOf(
  { db }: View,
  { trial, customerId }: { readonly trial?: ClassBookingRequest['trial']; readonly customerId: number | null },
): Promise<TrialFacts | null> {
  if (!trial || customerId === null) return null
  const { configId } = trial
  const found = configId === null ? undefined : await bookingHooks().findTrial?.(db, { customerId, configId })
  return found ?? { config: null, isProspect: false, leadConfigId: null }
}

function requireSlot(facts: SlotFacts | undefined, { studioId, classSlotId }: ClassBookingRequest): SlotFacts {
  if (facts && (studioId === null || facts.studio.studioId === studioId)) return facts
  throw notFound('classSlot', classSlotId)
}

/** What a booking would meet at this moment. Nothing is locked or reserved. */
export async function checkClassBooking(view: View, request: ClassBookingRequest): Promise<ClassBookingStatus> {
  const { db, now } = view
  const [context, customer] = await Promise.all([
    findSlotContext(db, request.classSlotId, now),
    findReachableCustomer(db, request.customerId, request.reach),
  ])
  const slot = context && slotFactsOf(context, now, bookingHooks().charges !== undefined)
  const facts = requireSlot(slot, request)
  if (!customer) throw notFound('customer', request.customerId)
  const [stored, trial] = await Promise.all([
    findCustomerFacts(db, customer, questionOf(facts, request.trial?.configId ?? null), now),
    findTrialOf(view, request),
  ])
  return judgeClassBooking({ ...facts, customer: stored, trial }, now)
}

/** How a booking is made: by whom, and which rules staff break on purpose. */
export interface BookingManner {
  readonly channel: 'API' | 'STAFF' | 'TRIAL_OFFER'
  readonly broken: readonly BreakableRule[]
}

const byApi: BookingManner = { channel: 'API', broken: [] }

/** A booking that was just made, as its operation answers it. */
export interface MadeBooking {
  readonly bookingId: number
  readonly status: BookingPlan['status']
  readonly classSlotId: number
  readonly classId: number
  readonly customerId: number
}

/** Books a seat, or a place on the waiting list of a full slot. A refusal names the status that a check would answer. */
export async function bookClassSlot(
  work: UnitOfWork,
  request: ClassBookingRequest,
  manner: BookingManner = byApi,
): Promise<MadeBooking> {
  const { tx, now } = work
  const [opened, customer] = await Promise.all([
    openSlot(work, request.classSlotId),
    lockReachableCustomer(tx, request.customerId, request.reach),
  ])
  const facts = requireSlot(opened, request)
  if (!customer) throw notFound('customer', request.customerId)
  drainFirst(facts)
  const [stored, trial] = await Promise.all([
    findCustomerFacts(tx, customer, questionOf(facts, request.trial?.configId ?? null), now),
    findTrialOf(work, request),
  ])
  const all = { ...facts, customer: stored, trial }
  settleInTheWay(stored, facts.slot, now)
  const verdict = judgeClassBooking(all, now, manner.broken)
  if (verdict !== 'AVAILABLE') throw refuseBooking(verdict)
  const plan = planClassBooking(all, now, manner.broken)
  return storeBooking(work, { bookingId: customer.nextBookingId, request, facts, plan, manner })
}

interface NewPlace {
  readonly bookingId: number
  readonly request: ClassBookingRequest
  readonly facts: SlotFacts
  readonly plan: BookingPlan
  readonly manner: BookingManner
}

async function storeBooking(work: UnitOfWork, place: NewPlace): Promise<MadeBooking> {
  const { bookingId, request, facts, plan, manner } = place
  const { row, studio, gymClass } = facts
  const { customerId, classSlotId } = request
  const isWaiting = plan.status === 'WAITING_LIST'
  const booking = { bookingId, kind: 'CLASS', studioId: studio.studioId, customerId } as const
  const [isPlaced] = await Promise.all([
    isWaiting
      ? joinQueue(work.tx, classSlotId)
      : takeSeat(work.tx, classSlotId, { fromQueue: false, force: manner.broken.includes('CAPACITY') }),
    insertBooking(work.tx, rowOf(place), work.now),
    takeUse(work, booking, plan.use, facts.rule),
  ])
  // The last line of defence: under the lock of the slot it never comes to this.
  if (!isPlaced) throw refuseBooking('BOOKING_LIMIT_REACHED')
  const broken = manner.broken.length > 0 ? { broken: [null, manner.broken] as const } : {}
  auditBooking(work, booking, 'created', { status: [null, plan.status], classSlotId: [null, row.id], ...broken })
  if (plan.confirmation === null) work.emit(bookingCreated(booking))
  return { bookingId, status: plan.status, classSlotId, classId: gymClass.classId, customerId }
}

function rowOf({ bookingId, request, facts, plan, manner }: NewPlace) {
  const { row, studio } = facts
  return {
    id: bookingId,
    studioId: studio.studioId,
    kind: 'CLASS',
    customerId: request.customerId,
    classSlotId: row.id,
    appointmentId: null,
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
