import type { PersonPart } from '../customers/index.ts'
import { deleteRequests } from './privacy-request-store.ts'

/** What a person asked about the own data; of a person who never had a contract nothing of it stays. */
export const requestsOfPerson: PersonPart = {
  async erase({ tx }, { customerId, isProspect }) {
    if (isProspect) await deleteRequests(tx, customerId)
  },
}
