import type { UnitOfWork } from '../platform/units/work.ts'
import type { Money } from '../platform/values/money.ts'
import { findAccountRow } from './account-store.ts'
import { readMinor } from './amounts.ts'
import { findHomeLegalEntity } from './legal-entities/legal-entity-store.ts'
import type { PaymentChoice } from './payment-choices.ts'

/** How a customer pays, and what stands on the account: above zero it is the customer's credit. */
export interface AccountState {
  readonly paymentChoice: PaymentChoice
  readonly balance: Money
}

/** The account of a customer with the home legal entity; a customer without one pays in cash and owes nothing. */
export async function findAccountState({ tx }: UnitOfWork, customerId: number): Promise<AccountState | undefined> {
  const home = await findHomeLegalEntity(tx, customerId)
  const row = home?.entityId ? await findAccountRow(tx, { customerId, entityId: home.entityId }) : undefined
  if (!row) return undefined
  return {
    paymentChoice: row.paymentChoice,
    balance: { minor: readMinor(row.balance, row.currency), currency: row.currency },
  }
}
