import type { StudioFacts } from '../bookings/booking-facts.ts'
import type { BookingPlan } from '../bookings/rules/plan-rules.ts'
import type { ClassBookingFacts, ClassFacts, ClassSlotFacts } from './class-facts.ts'
import { mustPromote } from './waiting-list/promotion-rules.ts'
import { readRule, readTerm, type StoredRule } from '../bookings/stored-rule-facts.ts'
import type { SlotContext, SlotRow } from './slot-store.ts'
import { type Term } from '../bookings/rules/term-rules.ts'
import { isBefore } from '../platform/time/order.ts'

/** A slot with all that its bookings depend on besides the customer. Counts are the effective ones. */
export interface SlotFacts extends Pick<ClassBookingFacts, 'studio' | 'gymClass' | 'slot'> {
  readonly rule: StoredRule
  /** Of the class, as customers read it. */
  readonly title: string
  readonly promotionCutoff: Term | null
  readonly row: SlotRow
  readonly attendanceDefault: SlotContext['gymClass']['attendanceDefault']
  /** Stored as pending although their deadline has passed. */
  readonly expiredCount: number
}

/** The facts of a slot at `now`: what has expired takes no seat any more, and nobody waits for a slot that began. */
export function readSlotFacts(context: SlotContext, now: Temporal.Instant): SlotFacts {
  const { slot: row, gymClass, expiredCount } = context
  const promotionCutoff = readTerm(gymClass.promotionCutoffTermValue, gymClass.promotionCutoffTermUnit)
  const hasBegun = !isBefore(now, row.startAt)
  const stored = { start: row.startAt, waitingCount: hasBegun ? 0 : row.waitingCount }
  const isFreed = expiredCount > 0 && mustPromote(stored, { term: promotionCutoff, zone: context.zone }, now)
  return {
    row,
    expiredCount,
    promotionCutoff,
    title: gymClass.title,
    attendanceDefault: gymClass.attendanceDefault,
    rule: readRule(context.rule),
    studio: readStudio(context),
    gymClass: readClass(context),
    slot: {
      ...readSlot(row),
      ...stored,
      bookedCount: row.bookedCount - expiredCount,
      promotionPending: row.promotionPending || isFreed,
    },
  }
}

/** The slot once a booking has taken a seat of it or a position in its queue, for the next booking. */
export function withBooking(facts: SlotFacts, status: BookingPlan['status']): SlotFacts {
  const [seats, queued] = status === 'WAITING_LIST' ? [0, 1] : [1, 0]
  const after = <S extends { readonly bookedCount: number; readonly waitingCount: number }>(slot: S): S => ({
    ...slot,
    bookedCount: slot.bookedCount + seats,
    waitingCount: slot.waitingCount + queued,
  })
  const row = after({ ...facts.row, nextQueueNo: facts.row.nextQueueNo + queued })
  return { ...facts, row, slot: after(facts.slot) }
}

function readStudio({ slot, zone, closings }: SlotContext): StudioFacts {
  const local = (text: string) => Temporal.PlainDateTime.from(text)
  return {
    studioId: slot.studioId,
    zone,
    openingRows: [],
    closings: (closings ?? []).map(({ from, until }) => ({ from: local(from), until: local(until) })),
  }
}

function readClass({ gymClass }: SlotContext): ClassFacts {
  const { id: classId, serviceId, type, bookable, onlineVisible, active } = gymClass
  return { classId, serviceId, type, isBookable: bookable, isOnlineVisible: onlineVisible, isActive: active }
}

function readSlot(row: SlotRow): ClassSlotFacts {
  return {
    classSlotId: row.id,
    status: row.status,
    start: row.startAt,
    end: row.endAt,
    maxParticipants: row.maxParticipants,
    bookedCount: row.bookedCount,
    additionalParticipants: row.additionalParticipants,
    maxWaiting: row.maxWaiting,
    waitingCount: row.waitingCount,
    promotionPending: row.promotionPending,
    earliestTerm: readTerm(row.earliestTermValue, row.earliestTermUnit),
    latestTerm: readTerm(row.latestTermValue, row.latestTermUnit),
  }
}
