import { badRequest } from '../../platform/errors/errors.ts'
import { isAfter, isBefore } from '../../platform/time/order.ts'

/** Refuses (400) to cancel to a day that lies outside of what is canceled, from its first to its last day. */
export function refuseOutside(toDate: Temporal.PlainDate, first: Temporal.PlainDate, last: Temporal.PlainDate) {
  if (!isBefore(toDate, first) && !isAfter(toDate, last)) return
  const args = [first, last].map((date) => ({ type: 'DATE', value: date.toString() }) as const)
  throw badRequest('errormessage.contract.cancelationDateInvalid', { args, reference: 'toDate' })
}
