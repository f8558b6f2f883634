import { effectiveBookingStatus, effectiveSlotStatus, isActiveBooking } from '../bookings/effective-state.ts'
import { isAfter } from '../platform/time/order.ts'
import type { BookedFacts, CalendarEvent, SlotFacts, TakenFacts } from './content-facts.ts'

/** A date of a class, in the calendar of the class or of an instructor who gives it. */
export function eventOfSlot(slot: SlotFacts, of: 'CLASS' | 'INSTRUCTOR', now: Temporal.Instant): CalendarEvent {
  const isCanceled = effectiveSlotStatus(slot, now) === 'CANCELED'
  const isOwn = of === 'INSTRUCTOR'
  const when = {
    ...eventTimes('class-slot', slot, isCanceled),
    status: isCanceled ? 'CANCELLED' : 'CONFIRMED',
    doubt: null,
    takesTime: isOwn && !isCanceled,
  } as const
  if (!slot.isShown) return { ...when, title: null, instructors: [], description: null, venue: null }
  const { title, description, instructors } = slot
  return { ...when, title, description, instructors: isOwn ? [] : instructors, venue: eventVenue(slot) }
}

/** The time that an appointment takes of its instructor; undefined when it takes none any more. */
export function eventOfAppointment(taken: TakenFacts, now: Temporal.Instant): CalendarEvent | undefined {
  if (!taken.bookings.some((booking) => isActiveBooking(booking, now))) return undefined
  return {
    ...eventTimes('appointment', taken, false),
    status: 'CONFIRMED',
    doubt: null,
    takesTime: true,
    title: null,
    instructors: [],
    description: null,
    venue: null,
  }
}

/** A booking as its customer has to expect it at `now`, whatever has been stored of it. */
export function eventOfBooking(booked: BookedFacts, now: Temporal.Instant): CalendarEvent {
  const status = effectiveBookingStatus(booked, now)
  const date = effectiveSlotStatus({ status: booked.dateStatus, end: booked.end }, now)
  const isCanceled = status === 'CANCELED' || date === 'CANCELED'
  const doubt = isCanceled ? null : judgeDoubt(status)
  const { title, description, instructors } = booked
  return {
    ...eventTimes('booking', { ...booked, changedAt: lastChange(booked, now) }, isCanceled),
    status: isCanceled ? 'CANCELLED' : doubt === null ? 'CONFIRMED' : 'TENTATIVE',
    title,
    description,
    instructors,
    doubt,
    venue: eventVenue(booked),
    takesTime: !isCanceled,
  }
}

function judgeDoubt(status: BookedFacts['status']): CalendarEvent['doubt'] {
  if (status === 'WAITING_LIST') return 'waiting'
  return status === 'BOOKED_WITH_CONFIRMATION_REQUIRED' ? 'pending' : null
}

/** What time alone has canceled was changed at that time, and not when its row was written. */
function lastChange({ status, confirmDeadline, start, changedAt, ...booked }: BookedFacts, now: Temporal.Instant) {
  if (status === effectiveBookingStatus({ ...booked, status, confirmDeadline, start }, now)) return changedAt
  const due = status === 'WAITING_LIST' ? start : (confirmDeadline ?? start)
  return isAfter(due, changedAt) ? due : changedAt
}

interface Dated {
  readonly id: number
  readonly start: Temporal.Instant
  readonly end: Temporal.Instant
  readonly version: number
  readonly changedAt: Temporal.Instant
}

/** A calendar takes over what has a greater sequence; canceling is final, and always counts as one more change. */
function eventTimes(kind: string, { id, start, end, version, changedAt }: Dated, isCanceled: boolean) {
  return { uid: `${kind}-${id}`, start, end, changedAt, sequence: version + Number(isCanceled) }
}

function eventVenue({ isStream, room }: { readonly isStream: boolean; readonly room: string | null }) {
  return isStream ? null : { room }
}
