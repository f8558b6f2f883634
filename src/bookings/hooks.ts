import type { Queryable, Ready } from '../platform/database/database.ts'
import type { UnitOfWork } from '../platform/units/work.ts'
import type { TrialFacts } from './booking-facts.ts'

/** Who tries what; null = nobody in particular, and what no config offers. */
export interface TrialQuestion {
  readonly customerId: number | null
  readonly configId: number | null
}

/** What modules above bring to bookings. */
export interface BookingHooks {
  /** Stores what time has brought about on the bookings of a class slot. */
  readonly settleClassSlot: (work: UnitOfWork, classSlotId: number) => Promise<void>
  /** The same for the bookings of an appointment. */
  readonly settleAppointment: (work: UnitOfWork, appointmentId: number) => Promise<void>
  readonly findTrial: (question: TrialQuestion) => Ready<TrialFacts, Queryable>
}

let filled: BookingHooks | undefined

/** Called once, by the table of contents of the application. */
export function fillBookingHooks(hooks: BookingHooks) {
  if (filled) throw new Error('The hooks of bookings are filled already.')
  filled = hooks
}

export function bookingHooks(): BookingHooks {
  if (!filled) throw new Error('The hooks of bookings are empty: import src/modules.ts first.')
  return filled
}
