import type { UnitOfWork } from '../platform/units/work.ts'
import type { Money } from '../platform/values/money.ts'
import type { Account } from './account-lock.ts'
import { beginEntry, type NewEntry, writeLines } from './journal/journal.ts'
import type { AccountRole } from './legal-entities/chart-rules.ts'
import { findEntryByKey } from './journal/journal-store.ts'
import { lockPayment } from './pay.ts'
import { clearingRoles } from './payment-rules.ts'

/** What the bank has charged the studio for a payment that was taken back. */
export interface BankCost {
  readonly paymentId: number
  /** Above 0, in the currency of the books. */
  readonly amount: Money
  readonly description: string
}

/** Books what a payment has cost the studio at its bank, once. The customer does not owe it. */
export async function bookBankCost(work: UnitOfWork, { paymentId, amount, description }: BankCost) {
  const { account, payment } = await lockPayment(work, paymentId)
  const { studioId, method } = payment
  const cost = { amount, description, studioId, role: clearingRoles[method], creditItemId: paymentId }
  await bookCost(work, account, { ...cost, key: `payment:${paymentId}` })
}

interface Cost extends Pick<BankCost, 'amount' | 'description'> {
  readonly studioId: number
  /** The account from which the bank takes it. */
  readonly role: AccountRole
  readonly creditItemId?: number | undefined
  /** The same key books once. For instance `payment:17`. */
  readonly key: string
}

/** As {@link bookBankCost}, for whatever was taken back. The account is locked. */
export async function bookCost(work: UnitOfWork, account: Account, cost: Cost) {
  const { amount, description, studioId, role, creditItemId = null } = cost
  const key = `bank-cost:${cost.key}`
  if ((await findEntryByKey(work.tx, account.entityId, key)) !== undefined) return
  const entry: NewEntry = { kind: 'BANK_COST', studioId, description, key }
  const { entryId } = await beginEntry(work, account, entry)
  await writeLines(work, account, { entryId, entry }, [
    { role: 'BANK_FEES', amount: amount.minor },
    { role, amount: -amount.minor, creditItemId },
  ])
}
