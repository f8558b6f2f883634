import type { PersonPart } from '../customers/index.ts'
import { blankEntries } from './bank-files/entry-store.ts'
import { blankInstruments, deleteInstruments } from './instruments/instrument-store.ts'

/**
 * Of a bank account or card only the mandate's number and dates stay: payments that went through refer to it. Of what the bank
 * has said of a payment its amounts and references stay.
 */
export const paymentsOfPerson: PersonPart = {
  async erase({ tx, now }, { customerId, isProspect }) {
    await blankEntries(tx, customerId, now)
    if (isProspect) await deleteInstruments(tx, customerId)
    else await blankInstruments(tx, customerId, now)
  },
}
