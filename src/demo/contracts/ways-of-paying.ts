import { composeIBAN } from 'ibantools'
import type { PaymentChoice, PlantedPayer } from '../../accounts/index.ts'
import { accountPartLabel, findAccountPart, sealAccount } from '../../payments/instruments/bank-accounts.ts'
import { nameInstrument } from '../../payments/sandbox/sandbox-rules.ts'
import { paymentInstruments } from '../../payments/tables.ts'
import { legalEntity } from '../house/chain.ts'
import { memberIds } from '../people/members.ts'
import { type Planting, plant } from '../planting.ts'

/** How a customer pays, and what the payments of the past are called. */
export interface WayOfPaying {
  readonly choice: PaymentChoice
  readonly payment: Pick<PlantedPayer, 'method' | 'description'>
}

const byDebit: WayOfPaying = { choice: 'SEPA', payment: { method: 'DIRECT_DEBIT', description: 'Lastschrift' } }
const byCard: WayOfPaying = { choice: 'CREDIT_CARD', payment: { method: 'CREDIT_CARD', description: 'Kreditkarte' } }
const inCash: WayOfPaying = { choice: 'CASH', payment: { method: 'CASH', description: 'Barzahlung' } }
/** Of four members two are debited, one pays by card and one at the desk. */
const inTurn = [byDebit, byCard, byDebit, inCash] as const

const edgar = 1001
const named: Readonly<Record<number, WayOfPaying>> = {
  [edgar]: byDebit,
  1003: byDebit,
  1008: { choice: 'BACS', payment: byDebit.payment },
  1010: byCard,
}

export function payingBy(customerId: number): WayOfPaying {
  const n = memberIds.indexOf(customerId)
  return named[customerId] ?? (n < 0 ? undefined : inTurn[n % inTurn.length]) ?? inCash
}

const firstInstrument = 6100
const BANK_CODE = '10010010'
const LAST4 = '4242'

/** Bank accounts with mandates and cards of the sandbox, for the members who do not pay in cash. */
export async function plantInstruments(planting: Planting) {
  const rows = memberIds.flatMap((customerId, n) => {
    const { choice } = payingBy(customerId)
    const instrument =
      choice === 'SEPA' ? bankAccount(planting, n) : choice === 'CREDIT_CARD' ? card(planting, n) : null
    if (!instrument) return []
    const shared = { customerId, entityId: legalEntity, state: 'ACTIVE' as const, isRunDefault: true }
    return [{ id: firstInstrument + n, ...shared, ...instrument }]
  })
  await plant(planting, paymentInstruments, rows)
}

function bankAccount({ platform: { secrets }, today }: Planting, n: number) {
  const account = String(500_000_000 + n * 11).padStart(10, '0')
  const iban = composeIBAN({ countryCode: 'DE', bban: `${BANK_CODE}${account}` }) ?? ''
  return {
    type: 'SEPA' as const,
    holder: `Member ${n + 1}`,
    bank: 'Postbank',
    bic: 'PBNKDEFFXXX',
    mandateRef: `MANDATE-${memberIds[n]}`,
    signedOn: today.subtract({ days: 37 + n * 5 }),
    ...sealAccount(secrets, iban, findAccountPart(iban)),
  }
}

function card({ platform: { secrets }, today }: Planting, n: number) {
  return {
    type: 'CREDIT_CARD' as const,
    holder: `Member ${n + 1}`,
    brand: 'Visa',
    last4: LAST4,
    expiry: today.add({ years: 3 }).with({ month: 12, day: 31 }),
    usableInShop: true,
    providerRef: nameInstrument('APPROVES', `member-${n + 1}`),
    accountPartHmac: secrets.hash('blind-index', accountPartLabel(LAST4)),
  }
}
