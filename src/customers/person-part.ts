import { deleteMailsToCustomer } from '../platform/mail/mail-store.ts'
import type { PersonPart } from './person-parts.ts'
import { blankMediums, blankRemarks, deleteOwnRows, deleteStudioHistory } from './person-store.ts'

/** Media, restrictions, fields and mails of a person; the customer's own row is emptied when all parts are done. */
export const customersOfPerson: PersonPart = {
  async erase({ tx, now }, { customerId, isProspect }) {
    await deleteOwnRows(tx, customerId)
    await deleteMailsToCustomer(tx, customerId)
    await blankMediums(tx, customerId, now)
    await blankRemarks(tx, customerId)
    if (isProspect) await deleteStudioHistory(tx, customerId)
  },
}
