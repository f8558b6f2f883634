import type { ApiError } from '../platform/errors/errors.ts'
import type { PartnerView } from '../platform/units/work.ts'
import type { ClassSlotBookingValidationResult } from './api-schemas.ts'
import { bookingDetails, BookingRefusal } from '../bookings/index.ts'
import { explainBooking } from './bookings/booking-details.ts'
import { checkClassBooking, type ClassBookingRequest } from './bookings/class-bookings.ts'
import { presentSlot } from './present.ts'

/** The answer of a validation, in full where the caller asks for it. */
export async function answerValidation(
  view: PartnerView,
  request: ClassBookingRequest,
): Promise<ClassSlotBookingValidationResult> {
  if (!view.asks(bookingDetails)) return { validationStatus: await checkClassBooking(view, request) }
  const found = await findDetails(view, request)
  return { validationStatus: found.details[0] ?? 'AVAILABLE', ...found }
}

/** What the answer to a refused booking has besides. What refused it comes first, also if it has passed meanwhile. */
export async function explainRefusal(view: PartnerView, request: ClassBookingRequest, refusal: ApiError) {
  if (!(refusal instanceof BookingRefusal)) return undefined
  const { details, alternatives } = await findDetails(view, request)
  return { details: [...new Set([refusal.verdict, ...details])], alternatives }
}

async function findDetails(view: PartnerView, request: ClassBookingRequest) {
  const { failing, alternatives, trial } = await explainBooking(view, request)
  const form = { print: view.print, zone: view.caller.studio.zone }
  return { details: [...failing], alternatives: alternatives.map((slot) => presentSlot(slot, form, trial)) }
}
