import type { UnitOfWork } from '../platform/units/work.ts'
import type { Money } from '../platform/values/money.ts'
import { beginEntry, type NewEntry, writeLines } from './journal/journal.ts'
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
  const key = `bank-cost:payment:${paymentId}`
  if ((await findEntryByKey(work.tx, account.entityId, key)) !== undefined) return
  const entry: NewEntry = { kind: 'BANK_COST', studioId: payment.studioId, description, key }
  const { entryId } = await beginEntry(work, account, entry)
  await writeLines(work, account, { entryId, entry }, [
    { role: 'BANK_FEES', amount: amount.minor },
    { role: clearingRoles[payment.method], amount: -amount.minor, creditItemId: paymentId },
  ])
}
