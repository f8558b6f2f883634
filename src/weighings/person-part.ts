import type { PersonPart } from '../customers/index.ts'
import { deleteCustomerWeighings } from './store.ts'

/** Measurements are about the person and about nothing else. */
export const weighingsOfPerson: PersonPart = {
  erase: ({ tx }, { customerId }) => deleteCustomerWeighings(tx, customerId),
}
