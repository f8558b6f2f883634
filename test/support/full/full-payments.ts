import { composeIBAN } from 'ibantools'
import { sealAccount } from '../../../src/payments/instruments/bank-accounts.ts'
import { ecomMethods, memberMethods } from '../../../src/payments/method-rules.ts'
import { hashToken } from '../../../src/payments/tokens/secret-tokens.ts'
import {
  paymentIdentities,
  paymentInstruments,
  paymentRequests,
  paymentSessions,
  paymentSettings,
  sandboxCharges,
} from '../../../src/payments/tables.ts'
import type { Secrets } from '../../../src/platform/secrets.ts'
import { CREATED, type Fill, FIRST_MEMBER, stamps } from './full-members.ts'

const SESSION = 62
const LATER = Temporal.Instant.from('2099-01-01T00:00:00Z')

const uuid = (firstId: number, kind: number) =>
  `00000000-0000-4000-8000-${String(firstId * 10 + kind).padStart(12, '0')}`

const makeIban = (firstId: number) =>
  composeIBAN({ countryCode: 'DE', bban: `37040044${String(firstId).padStart(10, '0')}` }) ?? ''

export const findPaymentTokens = (mark: string, firstId: number) => ({
  paymentToken: `${mark}payment`,
  instrumentToken: `${mark}instrument`,
  /** Who has authorised it: not the first member, whose request for other payment data waits. */
  changerId: firstId + FIRST_MEMBER + 1,
  paymentIdentity: uuid(firstId, 1),
  iban: makeIban(firstId),
})

/**
 * A studio that takes payments, and a bank account and two tokens of its first member: one pays 20 EUR, one brings a way of
 * paying.
 */
export async function insertPayments(fill: Fill, secrets: Secrets) {
  const { tx, studio, mark, firstId } = fill
  const { studioId } = studio
  const customerId = firstId + FIRST_MEMBER
  const { changerId, paymentIdentity: identity } = findPaymentTokens(mark, firstId)
  const changer = uuid(firstId, 4)
  const taken = { memberMethods: [...memberMethods], ecomMethods: [...ecomMethods] }
  await tx.insert(paymentSettings).values({ studioId, ...taken, createdAt: CREATED, updatedAt: CREATED })
  await tx.insert(paymentIdentities).values([
    { id: identity, studioId, customerId, createdAt: CREATED },
    { id: changer, studioId, customerId: changerId, createdAt: CREATED },
  ])
  await tx.insert(paymentInstruments).values({
    customerId,
    identity,
    type: 'SEPA',
    state: 'ACTIVE',
    isRunDefault: true,
    holder: `${mark}holder`,
    bank: `${mark}bank`,
    bic: 'COBADEFFXXX',
    ...sealAccount(secrets, makeIban(firstId), undefined),
    ...stamps,
  })
  await insertTokens(fill)
}

/** What the first member and the one who changes the way of paying have authorised. */
async function insertTokens({ tx, studio: { studioId }, mark, firstId }: Fill) {
  const customerId = firstId + FIRST_MEMBER
  const { paymentToken, instrumentToken, changerId, paymentIdentity: identity } = findPaymentTokens(mark, firstId)
  const changer = uuid(firstId, 4)
  const session = {
    studioId,
    identity,
    customerId,
    currency: 'EUR',
    referenceText: `${mark}reference`,
    requireSignature: false,
    showExisting: true,
    validUntil: LATER,
    state: 'OPEN',
    ...stamps,
  } as const
  await tx.insert(paymentSessions).values([
    {
      id: firstId + SESSION,
      tokenSha256: hashToken(`${mark}payer`),
      scope: 'ECOM',
      amount: '20',
      methods: ['PAYPAL'],
      ...session,
    },
    {
      id: firstId + SESSION + 1,
      tokenSha256: hashToken(`${mark}changer`),
      scope: 'MEMBER_ACCOUNT',
      amount: '0',
      methods: ['CASH'],
      ...session,
      identity: changer,
      customerId: changerId,
    },
  ])
  const key = uuid(firstId, 2)
  const charge = { behaviour: 'APPROVES', amount: '20', currency: 'EUR', state: 'AUTHORISED' } as const
  await tx.insert(sandboxCharges).values({ key, ...charge, ...stamps })
  await tx.insert(paymentRequests).values([
    {
      sessionId: firstId + SESSION,
      tokenSha256: hashToken(paymentToken),
      method: 'PAYPAL',
      providerKey: key,
      authorised: true,
      state: 'PREAUTHED',
      ...stamps,
    },
    {
      sessionId: firstId + SESSION + 1,
      tokenSha256: hashToken(instrumentToken),
      method: 'CASH',
      providerKey: uuid(firstId, 3),
      state: 'PREAUTHED',
      ...stamps,
    },
  ])
}
