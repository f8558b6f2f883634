import type { Queryable } from '../platform/database/database.ts'
import type { UnitOfWork } from '../platform/units/work.ts'
import type { Money } from '../platform/values/money.ts'

/** One movement of a customer's money. The same journal key moves it once. */
export interface Movement {
  readonly customerId: number
  /** Above 0, in the currency of the account. */
  readonly amount: Money
  /** The studio in which it happens. */
  readonly studioId: number
  /** For instance `vending:<transactionId>` or `booking:<bookingId>`. */
  readonly journalKey: string
}

/** What the customer owes for something: a class or an appointment, or what a device sold. */
export interface Charge extends Movement {
  readonly kind: 'BOOKING' | 'SALE'
  /** Local date of the studio on which it falls due; left out: today. */
  readonly dueOn?: Temporal.PlainDate
}

/** What a customer has at hand. `credit` may be spent; `overdraft` is how far below zero it may go. */
export interface Funds {
  readonly credit: Money
  readonly overdraft: Money
}

/**
 * What bookings and devices ask of the ledger. Whatever moves money locks the account of the customer with the home
 * company; that lock comes after those of the customer and of a device's transaction.
 */
export interface LedgerPort {
  /** Adds a claim. Answers its id. */
  charge(work: UnitOfWork, charge: Charge): Promise<number>
  /** Takes a claim back as a whole, for instance of a booking that was canceled in time. */
  reverse(work: UnitOfWork, claimId: number): Promise<void>
  /** Adds prepaid credit that was paid for at a device. Answers the id of the ledger entry. */
  credit(work: UnitOfWork, movement: Movement & { readonly source: 'DEVICE' }): Promise<number>
  /** Uses up prepaid credit. Answers the id of the ledger entry. */
  spend(work: UnitOfWork, movement: Movement): Promise<number>
  balance(db: Queryable, customerId: number): Promise<Money>
  /** Locks the account and says what is there. */
  lockFunds(work: UnitOfWork, customerId: number): Promise<Funds>
}

let filled: LedgerPort | undefined

/** Called once, by the table of contents of the application, when there is a ledger. */
export function fillLedger(port: LedgerPort) {
  if (filled) throw new Error('The ledger is filled already.')
  filled = port
}

/** Undefined as long as there is no ledger: the caller has to refuse what would cost something. */
export function ledger(): LedgerPort | undefined {
  return filled
}
