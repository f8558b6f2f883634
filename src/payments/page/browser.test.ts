import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { isValidIBAN } from 'ibantools'
import { readDrawing } from '../../platform/uploads/drawing.ts'

/** The browser gets these files as they are; they know nothing of a page. */
const load = (name: string) => import(new URL(`browser/${name}.js`, import.meta.url).href)
const { isIban } = await load('iban')
const { readExpiry } = await load('expiry')
const { printSignature } = await load('signature-svg')
const { Voice } = await load('voice')

test('an IBAN is known by its check digits, with blanks and in small letters, too', () => {
  for (const good of [
    'DE89 3704 0044 0532 0130 00',
    'gb29nwbk60161331926819',
    'NO9386011117947',
    'MT84MALT011000012345MTLCAST001S',
  ]) {
    assert.equal(isIban(good), true, good)
  }
  for (const bad of ['', 'DE', 'DE88370400440532013000', '89DE370400440532013000', 'DE89 3704 0044 0532 0130 0ß']) {
    assert.equal(isIban(bad), false, bad)
  }
})

test('what is an IBAN for the gateway is one for the page', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^\d{18}$/), fc.integer({ min: 2, max: 98 }), (number, digits) => {
      const iban = `DE${String(digits).padStart(2, '0')}${number}`
      assert.equal(isIban(iban), isValidIBAN(iban))
    }),
  )
})

test('an expiry is read as people type it', () => {
  for (const text of ['12/30', '12 / 30', '12.2030', '1230', '12-30', ' 12/2030 ']) {
    assert.deepEqual(readExpiry(text), { expiryMonth: 12, expiryYear: 2030 }, text)
  }
  assert.deepEqual(readExpiry('1/31'), { expiryMonth: 1, expiryYear: 2031 })
  for (const text of ['', '13/30', '0/30', '12/3', '12/1930', 'soon']) assert.equal(readExpiry(text), undefined, text)
})

test('a drawn signature is a drawing that the gateway takes, even a dot', () => {
  const size = { width: 480, height: 160 }
  for (const strokes of [
    [[[10.4, 20.6]]],
    [
      [
        [0, 0],
        [480, 160],
        [3, 4],
      ],
      [
        [7, 7],
        [8, 8],
      ],
    ],
  ]) {
    const svg = printSignature(strokes, size)
    const kept = readDrawing(Buffer.from(svg).toString('base64'), 'signature').toString()
    assert.equal(kept.match(/<path /g)?.length, strokes.length)
  }
})

test('the page speaks in the words of its website where that has some, and writes amounts as the country does', () => {
  const facts = { language: 'de-CH', texts: { pay: '{0} zahlen', cash: 'Bar' } }
  const voice = new Voice(facts, {
    i18n: { de: { cash: 'Cash' }, fr: { pay: 'Payer' } },
    locale: 'de',
    countryCode: 'CH',
  })
  assert.equal(voice.say('cash'), 'Cash')
  assert.match(voice.say('pay', voice.money({ amount: 1234.5, currency: 'CHF' })), /^CHF\s1['’]234\.50 zahlen$/)
  const plain = new Voice(facts, { locale: 'no such locale!' })
  assert.match(plain.money({ amount: 5, currency: 'EUR' }), /5\.00/)
})
