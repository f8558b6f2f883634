import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { readMoney } from '../../platform/values/money.ts'
import { fromStripeAmount, toStripeAmount } from './stripe-amounts.ts'

const send = (amount: string, currency: string) => toStripeAmount(readMoney(amount, currency, 'amount'))

test('amounts are whole numbers of the smallest unit that Stripe counts in', () => {
  assert.equal(send('19.99', 'EUR'), 1999)
  assert.equal(send('1250', 'JPY'), 1250)
  assert.equal(send('1.250', 'KWD'), 1250)
  assert.equal(send('500', 'ISK'), 50_000)
  assert.equal(send('500', 'UGX'), 50_000)
  assert.equal(send('500.00', 'MGA'), 500)
})

test('an amount that Stripe cannot express is no other amount', () => {
  assert.equal(send('1.255', 'KWD'), undefined)
  assert.equal(send('500.50', 'MGA'), undefined)
})

test('every amount that can be sent is read back as the same amount', () => {
  const currencies = fc.constantFrom('EUR', 'JPY', 'KWD', 'ISK', 'UGX', 'MGA', 'HUF', 'TND')
  fc.assert(
    fc.property(fc.bigInt(0n, 10n ** 10n), currencies, (minor, currency) => {
      const sent = toStripeAmount({ minor, currency })
      if (sent === undefined) return
      assert.ok(Number.isSafeInteger(sent))
      assert.deepEqual(fromStripeAmount(sent, currency.toLowerCase()), { minor, currency })
    }),
  )
})
