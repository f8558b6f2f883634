import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseBic, parseIban } from './bank-numbers.ts'

test('an IBAN is read as it stands on invoices and cards', () => {
  const written = ['DE02120300000000202051', 'de02 1203 0000 0000 2020 51', 'DE02-1203-0000-0000-2020-51']
  const labelled = ['IBAN: DE02 1203 0000 0000 2020 51', 'IBAN DE02120300000000202051', 'iban:DE02120300000000202051']
  for (const text of [...written, ...labelled])
    assert.deepEqual(parseIban(text), { iban: 'DE02120300000000202051', countryCode: 'DE' }, text)
})

test('what has other check digits, another length, or more than an IBAN is none', () => {
  const wrong = [
    'DE03120300000000202051',
    'DE0212030000000020205',
    'DEO2120300000000202051',
    'IBAN',
    '',
    'XX02120300000000202051',
  ]
  for (const text of wrong) assert.equal(parseIban(text), undefined, text)
})

test('a BIC is read in any case, with blanks, and behind its name', () => {
  for (const text of [
    'BYLADEM1001',
    'byladem1001',
    'BYLA DE M1 001',
    'BIC: BYLADEM1001',
    'SWIFT-BIC BYLADEM1001',
    'BIC/SWIFT: byladem1001',
  ])
    assert.equal(parseBic(text), 'BYLADEM1001', text)
  assert.equal(parseBic('BICIBJBJ'), 'BICIBJBJ', 'a bank whose code begins like the name')
  for (const text of ['BYLADEM', 'BIC', '', 'BYLADEM10011']) assert.equal(parseBic(text), undefined, text)
})
