import type { PaymentWay } from '../../payments/index.ts'

/** Who signed a contract and how the contract is paid, as it was then. Kept until its document is printed. */
export interface BuyerSnapshot {
  readonly name: string
  /** One line; empty where nothing is known. */
  readonly address: string
  /** ISO date. */
  readonly birthDate: string | null
  readonly customerNumber: string
  readonly payment: PaymentWay
}
