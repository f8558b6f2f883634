import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { partialTax, readRate, splitTax } from './tax-rules.ts'

const rate = (percent: string) => readRate(percent)

test('the tax in a gross price is rounded once, halves away from zero', () => {
  assert.deepEqual(splitTax(2990n, rate('19.0000')), { net: 2513n, tax: 477n })
  assert.deepEqual(splitTax(1000n, rate('7.0000')), { net: 935n, tax: 65n })
  assert.deepEqual(splitTax(5n, rate('19')), { net: 4n, tax: 1n })
  assert.deepEqual(splitTax(9900n, rate('16')), { net: 8534n, tax: 1366n })
  assert.deepEqual(splitTax(2254n, rate('19')), { net: 1894n, tax: 360n })
  assert.deepEqual(splitTax(-1761n, rate('19')), { net: -1480n, tax: -281n })
  assert.deepEqual(splitTax(1000n, rate('8.1')), { net: 925n, tax: 75n })
  assert.deepEqual(splitTax(1000n, rate('0')), { net: 1000n, tax: 0n })
})

test('however a claim is taken back bit by bit, the tax of the parts is the tax of the claim', () => {
  fc.assert(
    fc.property(
      fc.array(fc.bigInt(1n, 99_999n), { minLength: 1, maxLength: 8 }),
      fc.bigInt(0n, 30n),
      (parts, percent) => {
        const amount = parts.reduce((sum, part) => sum + part, 0n)
        const { tax } = splitTax(amount, percent * 10_000n)
        let [reducedAmount, reducedTax] = [0n, 0n]
        for (const part of parts) {
          reducedTax += partialTax({ amount, tax, reducedAmount, reducedTax }, part)
          reducedAmount += part
        }
        assert.equal(reducedTax, tax)
      },
    ),
  )
})
