import type { PersonPart } from '../customers/index.ts'
import { blankLeads, deleteLeads } from './person-store.ts'

/** A lead of somebody who became a member stays for the statistics of its campaign, without what was written about it. */
export const leadsOfPerson: PersonPart = {
  async erase({ tx, now }, { customerId, isProspect }) {
    if (isProspect) await deleteLeads(tx, customerId)
    else await blankLeads(tx, customerId, now)
  },
}
