import type { PersonPart } from '../customers/index.ts'
import { deleteFeedsOfCustomer } from './store.ts'

/** Whoever holds a link to a booking reads of it no more. */
export const calendarFeedsOfPerson: PersonPart = {
  async erase({ tx }, { customerId }) {
    await deleteFeedsOfCustomer(tx, customerId)
  },
}
