import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readMoney } from '../../platform/values/money.ts'
import { judgeToken, type TokenContext, type TokenFacts, type TokenRefusal, type TokenWish } from './token-rules.ts'

const now = Temporal.Instant.from('2026-06-15T07:00:00Z')
const eur = (amount: string) => readMoney(amount, 'EUR', 'amount')
const good: TokenFacts = {
  requestState: 'PREAUTHED',
  sessionState: 'OPEN',
  sessionStudioId: 1,
  validUntil: now.add({ minutes: 1 }),
  scope: 'ECOM',
  amount: eur('20.00'),
  method: 'CREDIT_CARD',
  failure: null,
  identity: 'a',
  sessionCustomerId: 7,
  identityCustomerId: 7,
}
const pays: TokenWish = { purpose: 'PAYMENT', customerId: 7, expected: [eur('20.00')] }
const context: TokenContext = { now, studioIds: [1], isRepeated: false, sharedIdentity: undefined }
const nobody = { sessionCustomerId: null, identityCustomerId: null }
const instrument = { scope: 'MEMBER_ACCOUNT', amount: eur('0.00') } as const
const brings: TokenWish = { purpose: 'INSTRUMENT', customerId: 7 }

interface Case {
  readonly name: string
  readonly facts?: Partial<TokenFacts> | undefined
  readonly wish?: TokenWish
  readonly context?: Partial<TokenContext>
  readonly refusal?: TokenRefusal
}

const cases: readonly Case[] = [
  { name: 'a good token pays' },
  { name: 'a session of a studio that the key does not see', context: { studioIds: [2] }, refusal: 'UNKNOWN' },
  { name: 'a token that was used', facts: { requestState: 'CONSUMED' }, refusal: 'ALREADY_USED' },
  {
    name: 'a token whose sibling was used',
    facts: { sessionState: 'CONSUMED', requestState: 'CANCELLED' },
    refusal: 'ALREADY_USED',
  },
  { name: 'a session that ends this instant', facts: { validUntil: now }, refusal: 'EXPIRED' },
  { name: 'a session that lasts a nanosecond longer', facts: { validUntil: now.add({ nanoseconds: 1 }) } },
  { name: 'a token that was not authorised', facts: { requestState: 'AUTHENTICATED' }, refusal: 'NOT_AUTHORISED' },
  { name: 'the same token in two fields', context: { isRepeated: true }, refusal: 'DUPLICATE' },
  { name: 'a token of another customer', facts: { sessionCustomerId: 8 }, refusal: 'CUSTOMER_MISMATCH' },
  { name: 'a token of nobody', facts: nobody, refusal: 'CUSTOMER_MISMATCH' },
  { name: 'a token of nobody after one that the customer takes over', facts: nobody, context: { sharedIdentity: 'a' } },
  {
    name: 'a customer for a new customer',
    wish: { ...pays, customerId: 'NEW' },
    refusal: 'CUSTOMER_MISMATCH',
  },
  { name: 'nobody for a new customer', facts: nobody, wish: { ...pays, customerId: 'NEW' } },
  {
    name: 'another nobody for a new customer',
    facts: nobody,
    wish: { ...pays, customerId: 'NEW' },
    context: { sharedIdentity: 'b' },
    refusal: 'CUSTOMER_MISMATCH',
  },
  { name: 'a purchase that stores a card', facts: { amount: eur('0.00') }, wish: brings, refusal: 'WRONG_SCOPE' },
  { name: 'an instrument', facts: instrument, wish: brings },
  { name: 'an instrument of nobody', facts: { ...instrument, ...nobody }, wish: brings },
  { name: 'an instrument with an amount', facts: { scope: 'MEMBER_ACCOUNT' }, wish: brings, refusal: 'WRONG_SCOPE' },
  { name: 'an instrument that shall pay', facts: instrument, refusal: 'WRONG_SCOPE' },
  { name: 'a membership that shall pay', facts: { scope: 'MEMBER_ACCOUNT' }, refusal: 'WRONG_SCOPE' },
  {
    name: 'a membership that may pay',
    facts: { scope: 'MEMBER_ACCOUNT' },
    wish: { ...pays, takesMemberScope: true },
  },
  { name: 'a cent less', facts: { amount: eur('19.99') }, refusal: 'AMOUNT_MISMATCH' },
  {
    name: 'the other amount',
    facts: { amount: eur('5.00') },
    wish: { ...pays, expected: [eur('20.00'), eur('5.00')] },
  },
  {
    name: 'another currency',
    facts: { amount: readMoney('20.00', 'CHF', 'amount') },
    refusal: 'AMOUNT_MISMATCH',
  },
  { name: 'a method that is not sold', wish: { ...pays, allowedMethods: ['SEPA'] }, refusal: 'METHOD_NOT_ALLOWED' },
]

for (const { name, facts, wish = pays, context: changed, refusal } of cases) {
  test(`${name}: ${refusal ?? 'accepted'}`, () => {
    assert.equal(judgeToken({ ...good, ...facts }, wish, { ...context, ...changed }), refusal)
  })
}

test('an earlier reason comes before a later one', () => {
  const facts = { ...good, requestState: 'CONSUMED', validUntil: now, sessionCustomerId: 8 } as const
  assert.equal(judgeToken(facts, pays, context), 'ALREADY_USED')
  assert.equal(judgeToken({ ...facts, requestState: 'FAILED' }, pays, context), 'EXPIRED')
  assert.equal(judgeToken(undefined, pays, context), 'UNKNOWN')
})
