import { findAccountState, type PaymentChoice } from '../../accounts/index.ts'
import { nonNull } from '../../platform/values/defined.ts'
import type { UnitOfWork } from '../../platform/units/work.ts'
import { lastDigits, openAccount } from './bank-accounts.ts'
import { findRunDefault } from './instrument-store.ts'

/** How a customer pays, without the whole number of an account or card. */
export interface PaymentWay {
  readonly choice: PaymentChoice
  /** Country and last digits of an IBAN, or the last digits of a card. */
  readonly masked?: string
  readonly holder?: string
}

/** How a customer pays from now on. */
export async function findPaymentWay(work: UnitOfWork, customerId: number): Promise<PaymentWay> {
  const { secrets } = work.installation
  const [account, instrument] = await Promise.all([
    findAccountState(work, customerId),
    findRunDefault(work.tx, customerId),
  ])
  const choice = account?.paymentChoice ?? 'CASH'
  if (!instrument) return { choice }
  const { last4, brand, holder } = instrument
  const iban = openAccount(secrets, instrument)
  const card = last4 === null ? undefined : [brand, mask(last4)].filter(Boolean).join(' ')
  return { choice, ...nonNull({ holder, masked: iban === undefined ? card : `${iban.slice(0, 2)}${mask(iban)}` }) }
}

const mask = (number: string) => `•••• ${lastDigits(number)}`
