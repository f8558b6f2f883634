import {
  effectiveBookingStatus,
  effectiveParticipantStatus,
  effectiveSlotStatus,
  isActiveBooking,
} from '../bookings/index.ts'
import type { Instructor } from '../employees/index.ts'
import { fileLink, type LinkSigner } from '../platform/files/links.ts'
import type { PartnerView } from '../platform/units/work.ts'
import { nonNull } from '../platform/values/defined.ts'
import type {
  AppointmentBookingResultWithCustomerId,
  BookableAppointment,
  BookableAppointmentSlot,
} from './api-schemas.ts'
import type { AppointmentBookingRow, InstructorName } from './booking-store.ts'
import type { AppointmentSlot } from './free-times/slot-rules.ts'

type Reader = Pick<PartnerView, 'caller' | 'now' | 'print'>

interface ServiceTexts {
  readonly title: string
  readonly category: string | null
  readonly description: string | null
  readonly imageId: number | null
}

export function presentBookable(
  row: ServiceTexts & { readonly id: number; readonly durationMin: number },
  view: Reader,
  signer: LinkSigner,
): BookableAppointment {
  return { id: row.id, ...presentService(row, row.durationMin, { view, signer }) }
}

export function presentInstructor({ id, firstName, lastName, publicName }: InstructorName): Instructor {
  return nonNull({ id, firstName, lastName, publicName })
}

/** Each instructor once, by id. */
export function presentInstructors(names: ReadonlyMap<number, InstructorName>): ReadonlyMap<number, Instructor> {
  return new Map([...names].map(([id, name]) => [id, presentInstructor(name)]))
}

/** Slots in the caller's form. Those of one start follow each other and share its text. */
export function presentSlots(
  slots: readonly AppointmentSlot[],
  instructors: ReadonlyMap<number, Instructor>,
  { caller, print }: Reader,
): BookableAppointmentSlot[] {
  const { zone } = caller.studio
  let last: Temporal.Instant | undefined
  let [startDateTime, endDateTime] = ['', '']
  return slots.map(({ start, end, instructorIds }) => {
    if (last !== start) {
      last = start
      startDateTime = print.dateTime(start, zone)
      endDateTime = print.dateTime(end, zone)
    }
    return { startDateTime, endDateTime, instructors: instructorIds.flatMap((id) => instructors.get(id) ?? []) }
  })
}

/** A booking as it reads at this moment, whether or not what time has brought about is stored already. */
export function presentBooking(
  row: AppointmentBookingRow,
  view: Reader,
  signer: LinkSigner,
): AppointmentBookingResultWithCustomerId {
  const { caller, now, print } = view
  const { from: start, until } = row.during
  const end = until ?? start
  const state = { ...row, start, end, attendanceDefault: row.bookable.attendanceDefault }
  const isAlone = !isActiveBooking(state, now) && !row.hasOthers
  const bookingStatus = effectiveBookingStatus(state, now)
  return {
    bookingId: row.id,
    customerId: row.customerId,
    bookingStatus: bookingStatus === 'WAITING_LIST' ? 'CANCELED' : bookingStatus,
    startDateTime: print.dateTime(start, caller.studio.zone),
    endDateTime: print.dateTime(end, caller.studio.zone),
    ...presentService(row.bookable, minutesBetween(start, end), { view, signer }),
    instructors: row.instructors.map(presentInstructor),
    appointmentStatus: isAlone ? 'CANCELED' : effectiveSlotStatus({ status: row.appointment.status, end }, now),
    participantStatus: effectiveParticipantStatus(state, now),
  }
}

function presentService(
  { title, category, description, imageId }: ServiceTexts,
  duration: number,
  { view: { caller, now }, signer }: { readonly view: Reader; readonly signer: LinkSigner },
) {
  const file = { tenantSlug: caller.tenant.slug, disposition: 'inline' as const }
  return nonNull({
    title,
    duration,
    category,
    description,
    imgUrl: imageId === null ? null : fileLink(signer, { ...file, fileId: imageId }, now),
  })
}

function minutesBetween(start: Temporal.Instant, end: Temporal.Instant): number {
  return Math.round((end.epochMilliseconds - start.epochMilliseconds) / 60_000)
}
