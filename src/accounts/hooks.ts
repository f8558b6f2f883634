import type { Queryable } from '../platform/database/database.ts'
import type { UnitOfWork } from '../platform/units/work.ts'

/** Customers for whom a billing run is about to book. */
export interface BilledCustomers {
  readonly studioId: number
  /** Ascending. */
  readonly customerIds: readonly number[]
  /** The day of the run. */
  readonly runDate: Temporal.PlainDate
}

/** What modules above bring to the money of customers. */
export interface AccountHooks {
  /**
   * Called before the charges of customers are booked, in the unit that books them and before their accounts are locked:
   * locks their contracts, makes waiting charges that differ from what the contracts want equal to it, and answers how
   * many differed.
   */
  readonly repairCharges: (work: UnitOfWork, billed: BilledCustomers) => Promise<number>
  /** Whether the tenant has this company, which pays for memberships. */
  readonly isCompany: (db: Queryable, companyId: number) => Promise<boolean>
}

let filled: AccountHooks | undefined

/** Called once, by the table of contents of the application. */
export function fillAccountHooks(hooks: AccountHooks) {
  if (filled) throw new Error('The hooks of accounts are filled already.')
  filled = hooks
}

export function accountHooks(): AccountHooks {
  if (!filled) throw new Error('The hooks of accounts are empty: import src/modules.ts first.')
  return filled
}
