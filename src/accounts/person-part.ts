import type { ErasureBlocker, PersonPart } from '../customers/index.ts'
import { deleteEmptyAccounts, listAccounts } from './store.ts'

/** Money keeps a person from being erased until nothing is owed either way; what was booked stays for the books. */
export const accountsOfPerson: PersonPart = {
  async listBlockers(db, { customerId }) {
    const accounts = await listAccounts(db, customerId)
    return accounts.flatMap(({ entityId, ...account }): ErasureBlocker[] => [
      ...(Number(account.balance) !== 0 ? [{ kind: 'BALANCE', entityId } as const] : []),
      ...(Number(account.consumptionCredit) !== 0 ? [{ kind: 'CONSUMPTION_CREDIT', entityId } as const] : []),
      ...(account.dunningLevelId !== null ? [{ kind: 'DUNNING', entityId } as const] : []),
      ...(account.openCases > 0 || account.collectionHold ? [{ kind: 'COLLECTION', entityId } as const] : []),
    ])
  },
  async erase({ tx }, { customerId, isProspect }) {
    if (isProspect) await deleteEmptyAccounts(tx, customerId)
  },
}
