import type { PersonPart } from '../customers/index.ts'
import { blankCases } from './cases/case-store.ts'
import { deletePersonBlocks } from './blocks/block-store.ts'

/** Of collected debts the amounts stay for the books; what an agency was given about the person goes. */
export const debtCollectionOfPerson: PersonPart = {
  async erase({ tx, now }, { customerId }) {
    await blankCases(tx, customerId, now)
    await deletePersonBlocks(tx, customerId)
  },
}
