import { ApiError, badRequest } from '../platform/errors/errors.ts'
import { type Printer, printer } from '../platform/time/zoned-time.ts'
import type { CancelationVerdict } from './cancel-rules.ts'

/** A refused booking, with the status that a validation would answer. */
export class BookingRefusal extends ApiError {
  readonly verdict: string

  constructor(verdict: string) {
    const name = verdict.toLowerCase().replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase())
    super(400, `errormessage.booking.${name}`, { args: [{ type: 'ENUM', value: verdict }] })
    this.verdict = verdict
  }
}

/** The refusal of a booking by the status that a validation would answer: the loser of a race gets the same. */
export function refuseBooking(status: string): BookingRefusal {
  return new BookingRefusal(status)
}

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
