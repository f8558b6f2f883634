import type { PersonPart } from '../customers/index.ts'
import { listOpenBookingIds } from '../bookings/index.ts'
import { cancelForErasure } from './staff-bookings.ts'

/** Seats in classes are given back; what is over stays under the number. */
export const classBookingsOfPerson: PersonPart = {
  async listEndings(db, customerId, now) {
    const ids = await listOpenBookingIds(db, { customerId, kind: 'CLASS' }, now)
    return ids.map((bookingId) => (work) => cancelForErasure(work, bookingId))
  },
}
