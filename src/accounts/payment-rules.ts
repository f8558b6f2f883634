import type { AccountRole } from './legal-entities/chart-rules.ts'
import type { paymentMethods } from './claim-tables.ts'

export type PaymentMethod = (typeof paymentMethods)[number]

/** The account on which the money of a payment arrives. */
export const clearingRoles: Readonly<Record<PaymentMethod, AccountRole>> = {
  CASH: 'CASH',
  BANK_TRANSFER: 'BANK_TRANSIT',
  DIRECT_DEBIT: 'BANK_TRANSIT',
  CREDIT_CARD: 'PSP_CLEARING',
  PAYPAL: 'PSP_CLEARING',
  TWINT: 'PSP_CLEARING',
  IDEAL: 'PSP_CLEARING',
  BANCONTACT: 'PSP_CLEARING',
  AGENCY: 'AGENCY_CLEARING',
}

/** A claim that a payment names; minor units. */
export interface NamedClaim {
  readonly state: 'SCHEDULED' | 'POSTED' | 'VOID'
  readonly payer: 'MEMBER' | 'COMPANY'
  readonly amount: bigint
  readonly openAmount: bigint
  readonly collectionState: 'NONE' | 'IN_TRANSFER' | 'AT_AGENCY'
  /** The item of a payment run that collects it just now. */
  readonly inFlightItemId: number | null
}

export type NamedClaimRefusal = 'NOT_PAYABLE' | 'IN_DEBT_COLLECTION' | 'IN_PAYMENT_RUN' | 'ALREADY_SETTLED'

/**
 * Whether a payment may name a claim. What an agency collects is paid to the agency, and what a payment run collects just
 * now would be paid twice.
 */
export function judgeNamedClaim({
  state,
  payer,
  amount,
  openAmount,
  collectionState,
  inFlightItemId,
}: NamedClaim): NamedClaimRefusal | undefined {
  if (state === 'VOID' || payer === 'COMPANY' || amount <= 0n) return 'NOT_PAYABLE'
  if (collectionState !== 'NONE') return 'IN_DEBT_COLLECTION'
  if (inFlightItemId !== null) return 'IN_PAYMENT_RUN'
  return openAmount === 0n ? 'ALREADY_SETTLED' : undefined
}
