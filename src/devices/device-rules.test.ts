import assert from 'node:assert/strict'
import { test } from 'node:test'
import { GuessLimiter } from '../platform/entrance/guess-limiter.ts'
import { isOldEnough, planLatePayment, planPayment, priceOfSeconds } from './payment-rules.ts'
import { pinLimit } from './pin-limit.ts'
import { isRepeated } from './card-readers/reader-rules.ts'
import { isAlive, planIdentification, planSale, type Purchase } from './vending/vending-rules.ts'

const on = (time: string) => Temporal.Instant.from(`2026-06-15T${time}+02:00`)
const purchase: Purchase = {
  id: 1,
  deviceId: 7,
  customerId: 9,
  state: 'RESERVED',
  shelf: '1',
  price: 129n,
  expiresAt: on('10:00:42'),
}
const party = { deviceId: 7, customerId: 9 }
const wish = { ...party, shelf: '1', price: 129n, shouldExecute: true }

test('who pays what', () => {
  const facts = { mode: 'CREDIT_ONLY', price: 129n, credit: 640n, overdraft: 0n, accountLimit: undefined } as const
  assert.deepEqual(planPayment(facts), { spend: 129n, charge: 0n })
  assert.deepEqual(planPayment({ ...facts, credit: 100n }), { missing: 29n })
  assert.deepEqual(planPayment({ ...facts, credit: 100n, overdraft: 29n }), { spend: 129n, charge: 0n })
  const joint = { ...facts, mode: 'CREDIT_THEN_ACCOUNT', credit: 100n } as const
  assert.deepEqual(planPayment(joint), { spend: 100n, charge: 29n })
  assert.deepEqual(planPayment({ ...joint, accountLimit: 28n }), { missing: 1n })
  assert.deepEqual(planPayment({ ...joint, credit: -50n }), { spend: 0n, charge: 129n })
  assert.deepEqual(planPayment({ ...facts, mode: 'ACCOUNT_ONLY' }), { spend: 0n, charge: 129n })
  assert.deepEqual(planLatePayment(129n, 100n), { spend: 100n, charge: 29n })
  const euro = (minor: bigint) => ({ minor, currency: 'EUR' })
  assert.equal(priceOfSeconds(euro(67n), 90).minor, 101n)
  assert.equal(priceOfSeconds(euro(50n), 100).minor, 83n)
})

test('alive means before the end; late means at most ten minutes after it', () => {
  assert.ok(isAlive(purchase, on('10:00:41')))
  assert.ok(!isAlive(purchase, on('10:00:42')))
  const sale = (time: string, changes: Partial<typeof wish> = {}) =>
    planSale(purchase, { ...wish, ...changes }, on(time)).kind
  assert.equal(sale('10:00:41'), 'CHECK')
  assert.equal(sale('10:00:42'), 'LATE')
  assert.equal(sale('10:10:42'), 'LATE')
  assert.equal(sale('10:10:43'), 'REFUSE')
  assert.equal(sale('10:01:30', { shouldExecute: false }), 'REFUSE')
  assert.equal(sale('10:01:30', { price: 130n }), 'REFUSE')
  const identified = { ...purchase, state: 'IDENTIFIED', shelf: null, price: null } as const
  assert.equal(planSale(identified, wish, on('10:01:30')).kind, 'REFUSE')
})

test('a purchase belongs to one machine and one customer', () => {
  const now = on('10:00:00')
  const plan = (known: Purchase | undefined, others: readonly Purchase[] = [], who = party) =>
    planIdentification(known, others, { party: who, now })
  assert.deepEqual(plan(purchase), { kind: 'RENEW', purchaseId: 1 })
  assert.deepEqual(plan(purchase, [], { ...party, deviceId: 8 }), { kind: 'REFUSE', refusal: 'transactionMismatch' })
  assert.deepEqual(plan({ ...purchase, state: 'COMPLETED' }), { kind: 'REFUSE', refusal: 'transactionClosed' })
  assert.deepEqual(plan({ ...purchase, state: 'EXPIRED' }), { kind: 'REFUSE', refusal: 'transactionExpired' })
  assert.deepEqual(plan(undefined, [purchase]), { kind: 'LOCKED' })
  assert.deepEqual(plan(undefined, [{ ...purchase, expiresAt: now }]), { kind: 'BEGIN' })
  assert.equal(planSale(purchase, { ...wish, customerId: 8 }, now).kind, 'REFUSE')
})

test('the day of the birthday is old enough; an unknown birthday never is', () => {
  const today = Temporal.PlainDate.from('2026-06-15')
  const born = (date: string) => Temporal.PlainDate.from(date)
  assert.ok(isOldEnough(born('2010-06-15'), 16, today))
  assert.ok(!isOldEnough(born('2010-06-16'), 16, today))
  assert.ok(!isOldEnough(null, 16, today))
  assert.ok(isOldEnough(null, null, today))
})

test('a reading repeats another one for exactly its debounce time', () => {
  const done = on('10:00:00')
  assert.ok(isRepeated(done, on('10:00:09.999'), 10))
  assert.ok(!isRepeated(done, on('10:00:10'), 10))
  assert.ok(!isRepeated(done, done, 0))
  assert.ok(!isRepeated(null, done, 10))
})

test('ten misses within five minutes lock PINs for a minute, then it begins anew', () => {
  let now = 0
  const lock = new GuessLimiter<number>(pinLimit, () => now)
  for (let n = 0; n < 9; n++) lock.recordMiss(1)
  assert.equal(lock.closedMs(1), 0)
  now = 5 * 60_000
  lock.recordMiss(1)
  assert.equal(lock.closedMs(1), 0, 'the nine are forgotten')
  for (let n = 0; n < 9; n++) lock.recordMiss(1)
  assert.equal(lock.closedMs(1), 60_000)
  assert.equal(lock.closedMs(2), 0)
  now += 59_500
  assert.equal(lock.closedMs(1), 500)
  now += 500
  assert.equal(lock.closedMs(1), 0)
})
