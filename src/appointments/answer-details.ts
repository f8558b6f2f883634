import { bookingDetails, BookingRefusal } from '../bookings/index.ts'
import type { ApiError } from '../platform/errors/errors.ts'
import type { PartnerView } from '../platform/units/work.ts'
import type { AppointmentBookingValidationResult } from './api-schemas.ts'
import { explainWish } from './booking-details.ts'
import { checkAppointment } from './bookings.ts'
import { presentInstructors, presentSlots } from './present.ts'
import type { AppointmentWish } from './requests.ts'

/** The answer of a validation, in full where the caller asks for it. */
export async function answerValidation(
  view: PartnerView,
  wish: AppointmentWish,
): Promise<AppointmentBookingValidationResult> {
  if (!view.asks(bookingDetails)) return { validationStatus: await checkAppointment(view, wish) }
  const found = await findDetails(view, wish)
  return { validationStatus: found.details[0] ?? 'AVAILABLE', ...found }
}

/** What the answer to a refused booking has besides. What refused it comes first, also if it has passed meanwhile. */
export async function explainRefusal(view: PartnerView, wish: AppointmentWish, refusal: ApiError) {
  if (!(refusal instanceof BookingRefusal)) return undefined
  const { details, alternatives } = await findDetails(view, wish)
  return { details: [...new Set([refusal.verdict, ...details])], alternatives }
}

async function findDetails(view: PartnerView, wish: AppointmentWish) {
  const { failing, alternatives, instructors } = await explainWish(view, wish)
  return { details: [...failing], alternatives: presentSlots(alternatives, presentInstructors(instructors), view) }
}
