import type { ErrorCode } from '../platform/errors/error-code.ts'
import { ApiError, badRequest } from '../platform/errors/errors.ts'
import { type Printer, printer } from '../platform/time/zoned-time.ts'
import type { CancelationVerdict } from './rules/cancel-rules.ts'

/** The code of each status that refuses a booking. */
const codes = {
  BOOKABLE_APPOINTMENT_RESTRICTIONS_NOT_FULFILLED: 'errormessage.booking.bookableAppointmentRestrictionsNotFulfilled',
  BOOKING_LIMIT_REACHED: 'errormessage.booking.bookingLimitReached',
  CUSTOMER_ALREADY_BOOKED: 'errormessage.booking.customerAlreadyBooked',
  CUSTOMER_IDLE: 'errormessage.booking.customerIdle',
  CUSTOMER_IN_OTHER_BOOKING: 'errormessage.booking.customerInOtherBooking',
  DATE_TIME_AFTER_LATEST_BOOKING_DATE_TIME: 'errormessage.booking.dateTimeAfterLatestBookingDateTime',
  DATE_TIME_BEFORE_EARLIEST_BOOKING_DATE_TIME: 'errormessage.booking.dateTimeBeforeEarliestBookingDateTime',
  DISPLAY_ONLY: 'errormessage.booking.displayOnly',
  END_DATE_TIME_NOT_AFTER_START_DATE_TIME: 'errormessage.booking.endDateTimeNotAfterStartDateTime',
  NO_CONTINGENT: 'errormessage.booking.noContingent',
  NOT_AVAILABLE: 'errormessage.booking.notAvailable',
  PAST_START_DATE_TIME: 'errormessage.booking.pastStartDateTime',
  PERIOD_DOES_NOT_MATCH: 'errormessage.booking.periodDoesNotMatch',
  RESOURCE_NOT_AVAILABLE: 'errormessage.booking.resourceNotAvailable',
  STUDIO_CLOSED: 'errormessage.booking.studioClosed',
} as const satisfies Readonly<Record<string, ErrorCode>>

/** A status of a validation that refuses a booking. */
export type RefusedStatus = keyof typeof codes

/** The codes of those statuses of a validation that refuse a booking. */
export function refusalCodes(statuses: readonly (RefusedStatus | 'AVAILABLE')[]): readonly ErrorCode[] {
  return statuses.flatMap((status) => (status === 'AVAILABLE' ? [] : [codes[status]]))
}

/** A refused booking, with the status that a validation would answer. */
export class BookingRefusal extends ApiError {
  readonly verdict: RefusedStatus

  constructor(verdict: RefusedStatus) {
    super(400, codes[verdict], { args: [{ type: 'ENUM', value: verdict }] })
    this.verdict = verdict
  }
}

/** The refusal of a booking by the status that a validation would answer: the loser of a race gets the same. */
export function refuseBooking(status: RefusedStatus): BookingRefusal {
  return new BookingRefusal(status)
}

/** What {@link refuseLateCancelation} refuses with. */
export const lateCancelationCodes: readonly ErrorCode[] = [
  'errormessage.booking.alreadyStarted',
  'errormessage.booking.cancelationDeadlineExceeded',
]

/** Throws unless the verdict lets the booking be canceled, or it is canceled already. */
export function refuseLateCancelation(
  verdict: CancelationVerdict,
  zone: string,
  print: Printer = printer('CONTRACT'),
): asserts verdict is Exclude<CancelationVerdict, { outcome: 'DEADLINE_EXCEEDED' }> {
  if (verdict.outcome === 'ALREADY_STARTED') throw badRequest('errormessage.booking.alreadyStarted')
  if (verdict.outcome !== 'DEADLINE_EXCEEDED') return
  throw badRequest('errormessage.booking.cancelationDeadlineExceeded', {
    args: [{ type: 'TIMESTAMP', value: print.dateTime(verdict.deadline, zone) }],
  })
}
