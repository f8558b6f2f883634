import { configurePayments, plantAuthorisation, plantCard } from '../../payments/index.ts'
import { berlin, hamburg } from '../house/chain.ts'
import type { Planting } from '../planting.ts'
import { edgar, max } from './people.ts'

const CHARACTERS = 54
/** The creditor identifier that banks have published for tests. */
const creditorId = 'DE98ZZZ09999999999'

/** Tokens of payers for the quick start: everybody knows them, and each works once until the demo is reset. */
export const demoTokens = {
  /** Max pays 29.90. */
  payment: 'demoPaymentOfMax'.padEnd(CHARACTERS, '0'),
  /** A new customer pays in cash from now on. */
  instrument: 'demoInstrumentOfNobody'.padEnd(CHARACTERS, '0'),
} as const

/** Two studios that take payments, a card that Edgar can pay with again, and two tokens. */
export async function plantPayments({ work, today, platform: { secrets } }: Planting) {
  for (const studioId of [berlin, hamburg]) await configurePayments(work, studioId, { active: true, creditorId })
  const expiry = today.add({ years: 3 }).with({ month: 12, day: 31 })
  const card = { customerId: edgar, studioId: berlin, holder: 'Edgar Bullock', expiry }
  await plantCard(work, secrets, { ...card, first6: '424242', last4: '4242' })
  const validUntil = work.now.add({ hours: 24 * 3650 })
  const eur = (minor: bigint) => ({ minor, currency: 'EUR' })
  await plantAuthorisation(work, {
    token: demoTokens.payment,
    studioId: berlin,
    customerId: max,
    scope: 'ECOM',
    amount: eur(2990n),
    method: 'PAYPAL',
    validUntil,
  })
  await plantAuthorisation(work, {
    token: demoTokens.instrument,
    studioId: berlin,
    scope: 'MEMBER_ACCOUNT',
    amount: eur(0n),
    method: 'CASH',
    validUntil,
  })
}
