import { badRequest, conflict } from '../platform/errors/errors.ts'
import { printer } from '../platform/time/zoned-time.ts'

/** A visit that would end before it began. */
export function refuseOrder(checkedInAt: Temporal.Instant, checkedOutAt: Temporal.Instant) {
  const args = [checkedInAt, checkedOutAt].map(
    (at) => ({ type: 'TIMESTAMP', value: printer('CONTRACT').dateTime(at, 'UTC') }) as const,
  )
  return badRequest('errormessage.validation.dateOrder', { args, reference: 'checkOutDateTime' })
}

/** The same person cannot be in two studios at once. */
export const refuseOverlap = () => conflict('errormessage.visit.overlap')
