import type { UnitOfWork } from '../platform/units/work.ts'

/** What modules above add to payments. */
export interface PaymentHooks {
  /** Ends what a customer has asked to change of the way of paying, where that has just changed otherwise. */
  readonly supersedePaymentData: (work: UnitOfWork, customerId: number) => Promise<void>
}

let filled: PaymentHooks | undefined

/** Called once, by the table of contents of the application. */
export function fillPaymentHooks(hooks: PaymentHooks) {
  if (filled) throw new Error('The hooks of payments are filled already.')
  filled = hooks
}

export function paymentHooks(): PaymentHooks {
  if (!filled) throw new Error('The hooks of payments are empty: import src/modules.ts first.')
  return filled
}
