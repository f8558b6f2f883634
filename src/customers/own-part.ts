import { deleteMailsOf } from '../platform/mail/mail-store.ts'
import { blankMediums, blankRemarks, deleteOwnRows, deleteRemains } from './erasure-store.ts'
import { formatActor } from '../platform/caller.ts'
import { eraseAmendments } from './amendment-store.ts'
import type { PersonPart } from './person-parts.ts'
import { deleteRequests } from './privacy-request-store.ts'

/** What this module itself keeps about a person besides the customer's own row. */
export const ownPart: PersonPart = {
  async erase({ tx, now, caller }, { customerId, isProspect }) {
    await deleteOwnRows(tx, customerId)
    await deleteMailsOf(tx, customerId)
    await blankMediums(tx, customerId, now)
    await eraseAmendments(tx, customerId, formatActor(caller.actor), now)
    await blankRemarks(tx, customerId)
    if (!isProspect) return
    await deleteRemains(tx, customerId)
    await deleteRequests(tx, customerId)
  },
}
