import type { Queryable } from '../platform/database/database.ts'
import type { Money } from '../platform/values/money.ts'
import type { UnitOfWork } from '../platform/units/work.ts'

/** One movement of a customer's money. The same journal key moves it once. */
export interface Movement {
  readonly customerId: number
  /** Above 0, in the currency of the account. */
  readonly amount: Money
  /** Where it happened. */
  readonly studioId: number
  /** For instance `vending:<transactionId>`. */
  readonly journalKey: string
}

/** What a customer has at hand. `credit` may be spent; `overdraft` is how far below zero it may go. */
export interface Funds {
  readonly credit: Money
  readonly overdraft: Money
}

/**
 * Prepaid credit and what goes to the account instead, with the home company of the customer. What moves money takes the
 * lock of the account, which comes after the customer and the transaction of a device; each answers the id of its ledger
 * entry.
 */
export interface ConsumptionCredit {
  balance(db: Queryable, customerId: number): Promise<Money>
  /** Locks the account and says what is there. */
  lockFunds(work: UnitOfWork, customerId: number): Promise<Funds>
  spend(work: UnitOfWork, movement: Movement): Promise<number>
  topUp(work: UnitOfWork, movement: Movement & { readonly source: 'DEVICE' }): Promise<number>
  /** A claim of the kind SALE, due today. */
  charge(work: UnitOfWork, movement: Movement): Promise<number>
}

let filled: ConsumptionCredit | undefined

/** Called once, by the table of contents of the application, when there is a ledger. */
export function fillConsumptionCredit(credit: ConsumptionCredit) {
  if (filled) throw new Error('The consumption credit is filled already.')
  filled = credit
}

/** Undefined as long as there is no ledger: whoever needs credit has to refuse then. */
export function consumptionCredit(): ConsumptionCredit | undefined {
  return filled
}
