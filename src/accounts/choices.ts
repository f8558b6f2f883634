import type { UnitOfWork } from '../platform/units/work.ts'
import { lockAccount } from './account-lock.ts'
import { type AccountKey, findDebtorId, savePaymentChoice } from './account-store.ts'
import type { PaymentChoice } from './payment-choices.ts'

/** What a mandate names of the account that it is for. */
export interface PayingAccount extends AccountKey {
  readonly debtorId: string
  readonly homeStudioId: number
}

/** From now on a customer pays like this. Locks the account, and opens one where there is none. */
export async function choosePayment(
  work: UnitOfWork,
  customerId: number,
  choice: PaymentChoice,
): Promise<PayingAccount> {
  const { entityId, homeStudioId } = await lockAccount(work, customerId)
  const key = { customerId, entityId }
  await savePaymentChoice(work.tx, key, choice, work.now)
  return { ...key, homeStudioId, debtorId: await findDebtorId(work.tx, key) }
}
