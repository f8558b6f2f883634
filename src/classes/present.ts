import type { Instructor } from '../employees/index.ts'
import { publicFileLink } from '../platform/files/links.ts'
import type { Printer } from '../platform/time/zoned-time.ts'
import {
  effectiveBookingStatus,
  effectiveParticipantStatus,
  effectiveSlotStatus,
  latestBookingAt,
  opensAt,
  readTerm,
  type TrialFacts,
} from '../bookings/index.ts'
import { nonNull } from '../platform/values/defined.ts'
import type { Class, ClassSlot, ClassSlotBookingResult } from './api-schemas.ts'
import { countFreeSeats } from './bookings/booking-rules.ts'
import type { ListedBooking } from './booking-list-store.ts'
import type { ClassRow } from './class-store.ts'
import type { ListedSlot } from './slot-list-store.ts'

export function presentClass(row: ClassRow, publicUrl: string): Class {
  const latestCancelTerm = readTerm(row.cancelTermValue, row.cancelTermUnit)
  return nonNull({
    id: row.classId,
    title: row.title,
    type: row.type,
    duration: row.durationMin,
    category: row.category,
    description: row.description,
    imgUrl: row.image && publicFileLink(publicUrl, row.image),
    bookable: row.isBookable,
    cancelCondition: latestCancelTerm && { cancelationAfterLatestPossible: row.cancelAfterLatest, latestCancelTerm },
  })
}

/** How the times of an answer are written. */
export interface TimeForm {
  readonly print: Printer
  readonly zone: string
}

/** A slot as members see it; given a trial offer, its latest booking is that of a trial. */
export function presentSlot(slot: ListedSlot, { print, zone }: TimeForm, trial: TrialFacts | null = null): ClassSlot {
  const { start, end, location, maxParticipants, maxWaiting, status } = slot
  const earliest = readTerm(slot.earliestTermValue, slot.earliestTermUnit)
  const latestTerm = readTerm(slot.latestTermValue, slot.latestTermUnit)
  return nonNull({
    id: slot.classSlotId,
    startDateTime: print.dateTime(start, zone),
    endDateTime: print.dateTime(end, zone),
    instructors: slot.instructors.map(presentInstructor),
    location: location && presentLocation(location),
    earliestBookingDateTime: earliest && print.dateTime(opensAt(start, earliest, zone), zone),
    latestBookingDateTime: print.dateTime(latestBookingAt({ latestTerm }, trial, { start, zone }), zone),
    maxParticipants,
    maxWaitingListParticipants: maxWaiting,
    bookedParticipants: slot.bookedCount,
    additionalParticipants: slot.additionalParticipants,
    waitingListParticipants: slot.waitingCount,
    classInformation: { id: slot.classId, title: slot.title },
    status,
    freePlaces: status && shownFreeSeats(slot, status),
  })
}

/** Nobody can take a seat any more where the slot was canceled or is over. */
function shownFreeSeats(slot: ListedSlot, status: NonNullable<ListedSlot['status']>): number | undefined {
  const free = status === 'PLANNED' ? Math.max(0, countFreeSeats(slot)) : 0
  return Number.isFinite(free) ? free : undefined
}

/** A person as members see one beside a class. */
function presentInstructor({ id, firstName, lastName, publicName }: ListedSlot['instructors'][number]): Instructor {
  return nonNull({ id, firstName, lastName, publicName })
}

function presentLocation({ id, name, description }: NonNullable<ListedSlot['location']>) {
  return nonNull({ id, name: name ?? '', description })
}

/** A booking as it is at `now`, whatever has been stored of it. */
export function presentBooking(booking: ListedBooking, now: Temporal.Instant): ClassSlotBookingResult {
  const bookingStatus = effectiveBookingStatus(booking, now)
  const { waitingListPosition } = booking
  const waits = bookingStatus === 'WAITING_LIST' && waitingListPosition !== null
  return {
    bookingId: booking.bookingId,
    bookingStatus,
    ...(waits ? { waitingListPosition } : {}),
    classSlotId: booking.classSlotId,
    classId: booking.classId,
    customerId: booking.customerId,
    classSlotStatus: effectiveSlotStatus({ status: booking.slotStatus, end: booking.end }, now),
    participantStatus: effectiveParticipantStatus(booking, now),
  }
}
