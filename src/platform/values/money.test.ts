import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { decimalText } from './decimal-text.ts'
import {
  add,
  amountNumber,
  currencyDigits,
  divideHalfUp,
  formatAmount,
  type Money,
  multiply,
  parseMoney,
  readMoney,
  requireCurrency,
  split,
  subtract,
} from './money.ts'

const eur = (minor: bigint): Money => ({ minor, currency: 'EUR' })
const currencies = fc.constantFrom('EUR', 'JPY', 'TND', 'CLF', 'HUF')
const amounts = fc.bigInt(-99_999_999_999n, 99_999_999_999n).map(eur)

test('a currency has the decimals of ISO 4217, also where everyday use has none', () => {
  const digits = ['EUR', 'JPY', 'TND', 'CLF', 'HUF', 'RSD', 'IQD', 'CHF', 'GBP'].map(currencyDigits)
  assert.deepEqual(digits, [2, 0, 3, 4, 2, 2, 3, 2, 2])
})

test('an amount is read exactly, from text and from a JSON number', () => {
  assert.deepEqual(parseMoney(29.9, 'EUR'), eur(2990n))
  assert.deepEqual(parseMoney('29.9000', 'EUR'), eur(2990n))
  assert.deepEqual(parseMoney(-0.05, 'EUR'), eur(-5n))
  assert.deepEqual(parseMoney(1.005, 'TND'), { minor: 1005n, currency: 'TND' })
  assert.deepEqual(parseMoney('10.00', 'JPY'), { minor: 10n, currency: 'JPY' })
  assert.deepEqual(parseMoney(-0, 'EUR'), eur(0n))
  for (const text of ['', '.5', '5.', '1e3', '+1', ' 1', '1,5', 'NaN']) {
    assert.equal(parseMoney(text, 'EUR'), 'notDecimal', text)
  }
  assert.equal(parseMoney(Number.NaN, 'EUR'), 'notDecimal')
})

test('more decimals than the currency has are refused, not rounded', () => {
  assert.equal(parseMoney(1.005, 'EUR'), 'tooPrecise')
  assert.equal(parseMoney(0.1, 'JPY'), 'tooPrecise')
  assert.equal(parseMoney(1e-7, 'EUR'), 'tooPrecise')
  assert.throws(() => readMoney(1.005, 'EUR', 'price.amount'), {
    status: 400,
    code: 'errormessage.validation.moneyScale',
    details: {
      args: [
        { type: 'STRING', value: 'price.amount' },
        { type: 'INTEGER', value: 2 },
      ],
      reference: 'price.amount',
    },
  })
})

test('no amount is larger than 999 999 999.99 either way', () => {
  assert.deepEqual(parseMoney('999999999.99', 'EUR'), eur(99_999_999_999n))
  assert.equal(parseMoney('1000000000', 'EUR'), 'tooLarge')
  assert.equal(parseMoney(1e21, 'EUR'), 'tooLarge')
  assert.equal(parseMoney('-1000000000', 'JPY'), 'tooSmall')
  assert.equal(parseMoney('999999999.991', 'TND'), 'tooLarge')
  assert.throws(() => readMoney(1e9, 'EUR', 'amount'), { code: 'errormessage.validation.max' })
  assert.throws(() => readMoney(-1e9, 'EUR', 'amount'), { code: 'errormessage.validation.min' })
})

test('a currency other than the studio’s is refused', () => {
  requireCurrency('EUR', 'EUR', 'currency')
  assert.throws(() => requireCurrency('USD', 'EUR', 'price.currency'), {
    status: 400,
    code: 'errormessage.validation.currencyMismatch',
  })
})

test('amounts survive being written and read, with exactly the decimals of their currency', () => {
  assert.equal(formatAmount(eur(-5n)), '-0.05')
  assert.equal(formatAmount({ minor: 1234n, currency: 'JPY' }), '1234')
  fc.assert(
    fc.property(fc.bigInt(-999_999_999n, 999_999_999n), currencies, (minor, currency) => {
      const money = { minor, currency }
      const text = formatAmount(money)
      assert.equal(text.split('.')[1]?.length ?? 0, currencyDigits(currency))
      assert.deepEqual(parseMoney(text, currency), money)
      assert.deepEqual(parseMoney(amountNumber(money), currency), money)
    }),
  )
})

test('adding and subtracting are each other’s inverse and refuse to mix currencies', () => {
  fc.assert(fc.property(amounts, amounts, (a, b) => assert.deepEqual(subtract(add(a, b), b), a)))
  assert.throws(() => add(eur(1n), { minor: 1n, currency: 'CHF' }), RangeError)
  assert.throws(() => subtract(eur(1n), { minor: 1n, currency: 'CHF' }), RangeError)
})

test('halves round away from zero', () => {
  assert.deepEqual(
    [5n, -5n, 4n, -4n, 15n].map((n) => divideHalfUp(n, 10n)),
    [1n, -1n, 0n, 0n, 2n],
  )
  assert.equal(divideHalfUp(5n, -10n), -1n)
  assert.deepEqual(multiply(eur(2990n), { numerator: 17n, denominator: 30n }), eur(1694n))
  assert.throws(() => divideHalfUp(1n, 0n), RangeError)
  fc.assert(
    fc.property(fc.bigInt(-1_000_000n, 1_000_000n), fc.bigInt(1n, 1000n), (n, d) => {
      const error = n - divideHalfUp(n, d) * d
      assert.ok(2n * (error < 0n ? -error : error) <= d)
      assert.equal(divideHalfUp(-n, d), -divideHalfUp(n, d))
    }),
  )
})

test('the parts of a split add up, and none is off by a whole unit', () => {
  const weights = fc.array(fc.bigInt(0n, 1000n), { minLength: 1, maxLength: 20 }).filter((w) => w.some((x) => x > 0n))
  fc.assert(
    fc.property(amounts, weights, (money, shares) => {
      const parts = split(money, shares)
      assert.deepEqual(parts.reduce(add), money)
      const total = shares.reduce((a, b) => a + b)
      for (const [index, part] of parts.entries()) {
        const off = part.minor * total - money.minor * (shares[index] ?? 0n)
        assert.ok((off < 0n ? -off : off) < total)
      }
    }),
  )
})

test('the largest remainders get the odd units, the earlier part first', () => {
  const minors = (money: Money, weights: readonly bigint[]) => split(money, weights).map((part) => part.minor)
  assert.deepEqual(minors(eur(100n), [1n, 1n, 1n]), [34n, 33n, 33n])
  assert.deepEqual(minors(eur(-100n), [1n, 1n, 1n]), [-34n, -33n, -33n])
  assert.deepEqual(minors(eur(10n), [1n, 5n]), [2n, 8n])
  assert.deepEqual(minors(eur(1n), [0n, 1n]), [0n, 1n])
  assert.throws(() => split(eur(1n), []), RangeError)
  assert.throws(() => split(eur(1n), [2n, -1n]), RangeError)
})

test('decimal text has no exponent and reads back as the same number', () => {
  assert.deepEqual([1e21, -1.5e-7, 1.5e22, 0.1, -0].map(decimalText), [
    '1000000000000000000000',
    '-0.00000015',
    '15000000000000000000000',
    '0.1',
    '0',
  ])
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      const text = decimalText(value)
      assert.match(text, /^-?\d+(\.\d+)?$/)
      assert.equal(Number(text), value === 0 ? 0 : value)
    }),
  )
})
