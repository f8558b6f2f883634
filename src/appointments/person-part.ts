import { listOpenBookingIds } from '../bookings/index.ts'
import type { PersonPart } from '../customers/index.ts'
import { removeForErasure } from './cancelations.ts'

/** Appointments are canceled; what is over stays under the number. */
export const appointmentsOfPerson: PersonPart = {
  async listEndings(db, customerId, now) {
    const ids = await listOpenBookingIds(db, { customerId, kind: 'APPOINTMENT' }, now)
    return ids.map((bookingId) => (work) => removeForErasure(work, bookingId))
  },
}
