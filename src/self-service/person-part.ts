import type { PersonPart } from '../customers/index.ts'
import { formatActor } from '../platform/units/caller.ts'
import { deleteCustomerAmendments, eraseAmendments } from './amendment-store.ts'

/** Wishes are emptied; those of a customer who never had a contract go altogether. */
export const amendmentsOfPerson: PersonPart = {
  async erase({ tx, now, caller }, { customerId, isProspect }) {
    await eraseAmendments(tx, customerId, formatActor(caller.actor), now)
    if (isProspect) await deleteCustomerAmendments(tx, customerId)
  },
}
