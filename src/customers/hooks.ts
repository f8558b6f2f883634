import type { Placeholder, SQL } from 'drizzle-orm'
import type { UnitOfWork } from '../platform/units/work.ts'
import type { MembershipSignupCustomer } from './signup-schema.ts'

/** An accepted pause of a contract; unlimited ones end with the contract. Dates are ISO text. */
export interface IdlePeriodPart {
  readonly id: number
  readonly startDate: string
  readonly endDate: string
  readonly reason: string | null
  readonly unlimited: boolean
  readonly contractId: number
  readonly rateName: string
}

export interface BankAccountPart {
  readonly holder: string | null
  readonly bank: string | null
  readonly bic: string | null
  /** The sealed IBAN in Base64; null for accounts that have none. */
  readonly sealedIban: string | null
}

/** What a new customer brings for other modules. */
export interface Creation {
  readonly studioId: number
  readonly communicationPreferences: MembershipSignupCustomer['communicationPreferences'] | undefined
  readonly paymentRequestToken: string | undefined
}

/** Refuses, or answers how to store its part once the customer exists; both happen in the unit of the creation. */
export type CreationHook = (work: UnitOfWork, creation: Creation) => Promise<(customerId: number) => Promise<void>>

/** A customer who has just moved; `switchDate` is the first day in the new studio. */
export interface StudioSwitch {
  readonly customerId: number
  readonly fromStudioId: number
  readonly toStudioId: number
  readonly switchDate: Temporal.PlainDate
}

/** Moves what a module keeps by studio along with the customer, in the unit of the switch; it may refuse. */
export type StudioSwitchHook = (work: UnitOfWork, move: StudioSwitch) => Promise<void>

/**
 * What modules above add to customers: how to find one by an id of theirs, and what a new one brings them.
 */
export interface CustomerHooks {
  readonly customerIdOfDebtor: (debtorId: Placeholder) => SQL<number>
  /** In the order in which they may refuse. */
  readonly onCreate: readonly CreationHook[]
  readonly onStudioSwitch: readonly StudioSwitchHook[]
}

let filled: CustomerHooks | undefined

/** Called once, by the table of contents of the application. */
export function fillCustomerHooks(hooks: CustomerHooks) {
  if (filled) throw new Error('The hooks of customers are filled already.')
  filled = hooks
}

export function customerHooks(): CustomerHooks {
  if (!filled) throw new Error('The hooks of customers are empty: import src/modules.ts first.')
  return filled
}
