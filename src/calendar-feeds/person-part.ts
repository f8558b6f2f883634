import type { PersonPart } from '../customers/index.ts'
import { deleteFeedsOfCustomer } from './store.ts'

/** The holder of a link to a booking can no longer read of it. */
export const calendarFeedsOfPerson: PersonPart = {
  async erase({ tx }, { customerId }) {
    await deleteFeedsOfCustomer(tx, customerId)
  },
}
