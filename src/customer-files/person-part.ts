import type { PersonPart } from '../customers/index.ts'
import { deleteDocumentRows } from './document-store.ts'

/** The entries of documents go; their files expire with those of the person. */
export const filesOfPerson: PersonPart = {
  erase: ({ tx }, { customerId }) => deleteDocumentRows(tx, customerId),
}
