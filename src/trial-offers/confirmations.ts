import { confirmAppointmentBooking, type StudioAndZone } from '../appointments/index.ts'
import { type ConfirmationVerdict, findBooking } from '../bookings/index.ts'
import { confirmClassBooking } from '../classes/index.ts'
import { badRequest, notFound } from '../platform/errors/errors.ts'
import type { UnitOfWork } from '../platform/units/work.ts'

/** What confirming comes to: an answer, or the code of a refusal. */
const outcomes = {
  CONFIRM: 'CONFIRMED',
  ALREADY_CONFIRMED: 'CONFIRMED',
  EXPIRE: 'EXPIRED',
  ALREADY_EXPIRED: 'EXPIRED',
  CANCELED: 'errormessage.booking.canceled',
  ON_WAITING_LIST: 'errormessage.booking.onWaitingList',
} as const satisfies Readonly<Record<ConfirmationVerdict, string>>

/**
 * Makes a trial of the studio definite, once. After its deadline the trial is canceled, its seat goes to the waiting
 * list, and the answer is EXPIRED; both answers may be asked for again without effect.
 */
export async function confirmTrialBooking(
  work: UnitOfWork,
  { studio, bookingId }: { readonly studio: StudioAndZone; readonly bookingId: number },
): Promise<'CONFIRMED' | 'EXPIRED'> {
  const { studioId } = studio
  const booking = await findBooking(work.tx, bookingId)
  if (booking?.studioId !== studioId || booking.trialOfferConfigId === null) throw notFound('booking', bookingId)
  const verdict =
    booking.kind === 'CLASS'
      ? await confirmClassBooking(work, { bookingId, studioId })
      : await confirmAppointmentBooking(work, { studio, bookingId })
  const outcome = outcomes[verdict]
  if (outcome !== 'CONFIRMED' && outcome !== 'EXPIRED') throw badRequest(outcome)
  return outcome
}
