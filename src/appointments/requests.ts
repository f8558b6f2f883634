import {
  type BookingCustomer,
  findBookingCustomer,
  findWantedTrial,
  type HoldReference,
  type TrialFacts,
} from '../bookings/index.ts'
import type { Sight } from '../customers/index.ts'
import { notFound } from '../platform/errors/errors.ts'
import type { View } from '../platform/units/work.ts'
import { dateIn } from '../platform/time/zoned-time.ts'
import type { AppointmentRequest } from './appointment-facts.ts'
import { type Audience, type BookableRow, findOfferedBookable } from './bookable-store.ts'

/** Where something is booked. */
export interface StudioAndZone {
  readonly studioId: number
  /** IANA name of the studio's zone. */
  readonly zone: string
}

/** Who asks for which bookable. Without a customer: any person who may book here. */
export interface Inquiry {
  readonly studio: StudioAndZone
  readonly audience: Audience
  readonly bookableId: number
  readonly customerId: number | null
  /** Whose customers may be named. */
  readonly sight: Sight
  /** Set for a trial, with the config that offers the bookable, or null when none does. */
  readonly trial?: { readonly configId: number | null }
}

/** A wish for an appointment of a customer. */
export interface AppointmentWish extends Inquiry, AppointmentRequest {
  readonly customerId: number
  /** Set to use a hold, whose time becomes the booking. */
  readonly hold?: HoldReference
}

/** An inquiry whose names are found. */
export interface Resolved {
  readonly bookable: BookableRow
  readonly studio: StudioAndZone
  readonly customer: BookingCustomer | null
  readonly trial: TrialFacts | null
}

/** Finds what an inquiry names; what the caller may not book or see is answered with 404, the bookable first. */
export async function resolveInquiry(view: View, inquiry: Inquiry): Promise<Resolved> {
  const { studio, customerId, sight } = inquiry
  const [bookable, customer, trial] = await Promise.all([
    findBookableFor(view, inquiry),
    customerId === null ? null : findBookingCustomer(view.db, customerId, sight),
    findWantedTrial(view, inquiry),
  ])
  if (!bookable) throw notFound('bookableAppointment', inquiry.bookableId)
  if (customer === undefined) throw notFound('customer', customerId ?? 0)
  return { bookable, studio, customer, trial }
}

export function findBookableFor({ db, now }: View, { studio: { studioId, zone }, audience, bookableId }: Inquiry) {
  return findOfferedBookable(db, bookableId, { studioId, audience, today: dateIn(now, zone) })
}
