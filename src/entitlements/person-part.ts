import type { PersonPart } from '../customers/index.ts'
import { deleteGrants } from './person-store.ts'

/** Grants of staff go; what a contract entitles to stays with the contract. */
export const entitlementsOfPerson: PersonPart = {
  erase: ({ tx }, { customerId }) => deleteGrants(tx, customerId),
}
