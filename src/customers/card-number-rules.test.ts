import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formatCardNumber, parseCardNumber } from './card-number-rules.ts'

const views = [
  { decimal: '1173673668653440', msb: '042b73321a3180', lsb: '80311a32732b04' },
  { decimal: '1290158199', msb: '4ce64077', lsb: '7740e64c' },
  { decimal: '1', msb: '00000001', lsb: '01000000' },
  { decimal: '4294967296', msb: '00000100000000', lsb: '00000000010000' },
  { decimal: '1208925819614629174706175', msb: 'f'.repeat(20), lsb: 'f'.repeat(20) },
  { decimal: '0', msb: '00000000', lsb: '00000000' },
] as const

for (const { decimal, msb, lsb } of views) {
  test(`card ${decimal} is one number in three formats`, () => {
    assert.deepEqual(
      [
        formatCardNumber(decimal, 'DECIMAL'),
        formatCardNumber(decimal, 'HEX_MSB'),
        formatCardNumber(decimal, 'HEX_LSB'),
        parseCardNumber(decimal, 'DECIMAL'),
        parseCardNumber(msb, 'HEX_MSB'),
        parseCardNumber(lsb, 'HEX_LSB'),
      ],
      [decimal, msb, lsb, decimal, decimal, decimal],
    )
  })
}

test('decoration and leading zeros do not count', () => {
  assert.equal(parseCardNumber('77:40:E6:4C', 'HEX_LSB'), '1290158199')
  assert.equal(parseCardNumber('0x4C-E6 40-77', 'HEX_MSB'), '1290158199')
  assert.equal(parseCardNumber(' 0001290158199 ', 'DECIMAL'), '1290158199')
})

test('what is not a card number is refused', () => {
  const refused = [
    ['1208925819614629174706176', 'DECIMAL'],
    ['ABC', 'HEX_MSB'],
    ['12a', 'DECIMAL'],
    ['-1', 'DECIMAL'],
    ['', 'DECIMAL'],
    ['', 'HEX_LSB'],
    ['00'.repeat(11), 'HEX_MSB'],
    ['1234', 'HEX_MSB'],
  ] as const
  assert.deepEqual(
    refused.map(([text, format]) => parseCardNumber(text, format)),
    [undefined, undefined, undefined, undefined, undefined, undefined, undefined, '4660'],
  )
})
