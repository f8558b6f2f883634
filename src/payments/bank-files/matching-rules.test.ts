import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formatAmount } from '../../platform/values/money.ts'
import type { BankEntry } from './bank-entry.ts'
import { fingerprintEntry } from './fingerprints.ts'
import { isReturn, judgeEntry } from './matching-rules.ts'

const entry: BankEntry = {
  direction: 'DEBIT',
  isBooked: true,
  amount: '29.90',
  currency: 'EUR',
  instructed: null,
  charges: null,
  bookedOn: Temporal.PlainDate.from('2026-06-04'),
  bankRef: 'B1',
  endToEndId: 'P17',
  reasonCode: 'AM04',
  family: 'IDDT/UPDD',
  name: 'Mara Lindner',
  account: null,
  text: null,
}
const booked = { paymentId: 5, amount: '29.9000', currency: 'EUR' }

test('a return is money that leaves with a reason, as a direct debit that came back, or for one of our collections', () => {
  const other = { ...entry, reasonCode: null, family: 'ICDT/ESCT', endToEndId: 'RENT' }
  assert.ok(isReturn(entry))
  assert.ok(isReturn({ ...other, reasonCode: 'MD06' }))
  assert.ok(isReturn({ ...other, family: 'IDDT/UPDD' }))
  assert.ok(isReturn({ ...other, endToEndId: 'P17' }))
  assert.ok(!isReturn(other))
  assert.ok(!isReturn({ ...entry, direction: 'CREDIT' }))
})

test('a return is matched when its amount is that of the collection; what the bank charges is known or the rest', () => {
  const judge = (changes: Partial<BankEntry>) => {
    const { state, unmatchedReason, cost } = judgeEntry({ ...entry, ...changes }, booked)
    return [unmatchedReason ?? state, cost && formatAmount(cost)]
  }
  assert.deepEqual(judge({}), ['MATCHED', null])
  assert.deepEqual(judge({ charges: '3.20' }), ['MATCHED', '3.20'])
  assert.deepEqual(judge({ amount: '33.10', charges: '3.20' }), ['MATCHED', '3.20'])
  assert.deepEqual(judge({ amount: '33.10', instructed: '29.90' }), ['MATCHED', '3.20'])
  assert.deepEqual(judge({ amount: '33.10' }), ['AMOUNT_DIFFERS', null])
  assert.deepEqual(judge({ amount: '9.90' }), ['AMOUNT_DIFFERS', null])
  assert.deepEqual(judge({ currency: 'CHF' }), ['AMOUNT_DIFFERS', null])
  assert.deepEqual(judge({ isBooked: false }), ['ANNOUNCED', null])
})

test('whatever is not certain is left to staff with the reason', () => {
  const reason = (changes: Partial<BankEntry>, collection?: typeof booked | { paymentId: null }) => {
    const { state, unmatchedReason } = judgeEntry({ ...entry, ...changes }, collection && { ...booked, ...collection })
    return unmatchedReason ?? state
  }
  assert.equal(reason({}), 'UNKNOWN_COLLECTION')
  assert.equal(reason({}, { paymentId: null }), 'NOT_COLLECTED_YET')
  assert.equal(reason({ direction: 'CREDIT', reasonCode: null }), 'INCOMING')
  assert.equal(reason({ direction: 'CREDIT', reasonCode: null }, booked), 'COLLECTED')
  assert.equal(reason({ direction: 'CREDIT', reasonCode: null, amount: '1.00' }, booked), 'INCOMING')
  assert.equal(reason({ direction: 'CREDIT' }, booked), 'INCOMING')
  assert.equal(reason({ reasonCode: null, family: 'ICDT/ESCT', endToEndId: null }), 'OUTGOING')
})

test('a return is known by bank reference, collection and reason; other movements by all that distinguishes them', () => {
  const same = (a: Partial<BankEntry>, b: Partial<BankEntry>) =>
    fingerprintEntry({ ...entry, ...a }).equals(fingerprintEntry({ ...entry, ...b }))
  assert.ok(same({}, { text: 'Another text', name: null, amount: '33.10' }))
  for (const other of [{ bankRef: 'B2' }, { endToEndId: 'P18' }, { reasonCode: 'AC04' }]) assert.ok(!same({}, other))
  const credit = { direction: 'CREDIT', reasonCode: null, endToEndId: null } as const
  assert.ok(same(credit, { ...credit, text: 'Another text' }))
  assert.ok(!same(credit, { ...credit, amount: '30.00' }))
  assert.ok(!same({ ...credit, bankRef: null }, { ...credit, bankRef: null, text: 'Another text' }))
})
