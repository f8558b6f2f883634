import type { PersonPart } from '../customers/index.ts'
import { blankInstruments, deleteInstruments } from './instruments/instrument-store.ts'

/** Of a bank account or card only the mandate's number and dates stay: payments that went through refer to it. */
export const paymentsOfPerson: PersonPart = {
  async erase({ tx, now }, { customerId, isProspect }) {
    if (isProspect) await deleteInstruments(tx, customerId)
    else await blankInstruments(tx, customerId, now)
  },
}
