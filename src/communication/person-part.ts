import type { PersonPart } from '../customers/index.ts'
import { deleteConsentLines, deleteConversations, deletePreferences } from './erasure-store.ts'

/** What was said goes; of a customer's consents the lines stay as proof, under the number. */
export const communicationOfPerson: PersonPart = {
  async erase({ tx }, { customerId, isProspect }) {
    await deleteConversations(tx, customerId)
    await deletePreferences(tx, customerId)
    if (isProspect) await deleteConsentLines(tx, customerId)
  },
}
