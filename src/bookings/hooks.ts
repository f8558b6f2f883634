import type { Queryable } from '../platform/database/database.ts'
import type { Money } from '../platform/values/money.ts'
import type { UnitOfWork } from '../platform/units/work.ts'
import type { TrialFacts } from './booking-facts.ts'

/** The price of a booking that no entitlement covers. */
export interface BookingCharge {
  readonly bookingId: number
  readonly customerId: number
  readonly studioId: number
  readonly price: Money
  readonly dueOn: Temporal.PlainDate
}

/** Who tries what; null = nobody in particular, and what no config offers. */
export interface TrialQuestion {
  readonly customerId: number | null
  readonly configId: number | null
}

/** What modules above bring to bookings. Each is left out until its module is there. */
export interface BookingHooks {
  /** Stores what time has brought about on the bookings of a class slot. */
  readonly settleClassSlot?: (work: UnitOfWork, classSlotId: number) => Promise<void>
  /** The same for the bookings of an appointment. */
  readonly settleAppointment?: (work: UnitOfWork, appointmentId: number) => Promise<void>
  /** Money. Without it a booking that would have to be paid is refused, as its price could not be recorded. */
  readonly charges?: {
    /** Returns the id of the claim. */
    charge(work: UnitOfWork, charge: BookingCharge): Promise<number>
    reverse(work: UnitOfWork, claimId: number): Promise<void>
  }
  readonly findTrial?: (db: Queryable, question: TrialQuestion) => Promise<TrialFacts>
}

let filled: BookingHooks = {}

/** Called by the table of contents of the application. */
export function fillBookingHooks(hooks: BookingHooks) {
  filled = hooks
}

export function bookingHooks(): BookingHooks {
  return filled
}
