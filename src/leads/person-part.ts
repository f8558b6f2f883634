import type { PersonPart } from '../customers/index.ts'
import { deleteLeads } from './person-store.ts'
import { eraseNotes } from './store.ts'

/** A lead who became a member stays for the statistics of its campaign, without what was written about it. */
export const leadsOfPerson = {
  async erase({ tx, now }, { customerId, isProspect }) {
    if (isProspect) await deleteLeads(tx, customerId)
    else await eraseNotes(tx, customerId, now)
  },
} satisfies PersonPart
