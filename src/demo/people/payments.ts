import { configurePayments, plantAuthorisation, plantCard } from '../../payments/index.ts'
import { berlin, hamburg } from '../house/chain.ts'
import { defined } from '../../platform/values/defined.ts'
import type { Planting } from '../planting.ts'
import { memberIds } from './members.ts'
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
  /** Edgar pays 15.00 for a day pass. */
  pass: 'demoPassOfEdgar'.padEnd(CHARACTERS, '0'),
  /** The first month of Premium, 49.90, of a member who switches to it. */
  upgrade: 'demoUpgradeToPremium'.padEnd(CHARACTERS, '0'),
} as const

/** A member of Basic who pays by token for the way to Premium. */
export const upgrader = memberIds[72]

/** Two studios that take payments, a card that Edgar can pay with again, and tokens. */
export async function plantPayments({ work, today, platform: { secrets } }: Planting) {
  for (const studioId of [berlin, hamburg]) await configurePayments(work, studioId, { active: true, creditorId })
  const expiry = today.add({ years: 3 }).with({ month: 12, day: 31 })
  const card = { customerId: edgar, studioId: berlin, holder: 'Edgar Bullock', expiry }
  await plantCard(work, secrets, { ...card, first6: '424242', last4: '4242' })
  const payer = { studioId: berlin, validUntil: work.now.add({ hours: 24 * 3650 }) }
  const pays = (minor: bigint) => ({ ...payer, scope: 'ECOM', amount: { minor, currency: 'EUR' } }) as const
  await plantAuthorisation(work, { ...pays(2990n), token: demoTokens.payment, customerId: max, method: 'PAYPAL' })
  await plantAuthorisation(work, { ...pays(1500n), token: demoTokens.pass, customerId: edgar, method: 'PAYPAL' })
  const member = defined({ customerId: upgrader })
  await plantAuthorisation(work, { ...pays(4990n), token: demoTokens.upgrade, ...member, method: 'CREDIT_CARD' })
  const nothing = { minor: 0n, currency: 'EUR' }
  const inCash = { ...payer, scope: 'MEMBER_ACCOUNT', amount: nothing, method: 'CASH' } as const
  await plantAuthorisation(work, { ...inCash, token: demoTokens.instrument })
}
