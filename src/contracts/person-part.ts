import type { PersonPart } from '../customers/index.ts'
import { blankContractRemarks, listLivingContractIds } from './person-store.ts'

/** Contracts keep a person from being erased until they are over; afterwards only what was written beside them goes. */
export const contractsOfPerson: PersonPart = {
  async listBlockers(db, { customerId, today }) {
    const ids = await listLivingContractIds(db, customerId, today)
    return ids.map((entityId) => ({ kind: 'CONTRACT', entityId }))
  },
  erase: ({ tx }, { customerId }) => blankContractRemarks(tx, customerId),
}
