import type { PersonPart } from '../customers/index.ts'
import { findOpenVisitId } from './store.ts'

/** A customer who is in the studio is not erased; past visits stay under the number. */
export const visitsOfPerson: PersonPart = {
  async listBlockers(db, { customerId }) {
    const entityId = await findOpenVisitId(db, customerId)
    return entityId === undefined ? [] : [{ kind: 'OPEN_VISIT', entityId }]
  },
}
