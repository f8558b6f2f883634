import type { PersonPart } from '../customers/index.ts'
import { blankRedemptions } from './person-store.ts'

/** That a code was used up stays; by whom is forgotten. */
export const vouchersOfPerson: PersonPart = {
  async erase({ tx }, { customerId }) {
    await blankRedemptions(tx, customerId)
  },
}
