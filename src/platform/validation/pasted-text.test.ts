import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type TSchema, Type } from 'typebox'
import { cleanPasted, plainSigns, showsNothing } from './pasted-text.ts'
import { validate } from './validation.ts'

test('what comes along unseen when text is pasted is left out', () => {
  const cases: [string, string][] = [
    ['\u202A+49 30 5550117\u202C', '+49 30 5550117'],
    ['\u2066+49 151\u2069', '+49 151'],
    ['anna\u200B@example.org\uFEFF', 'anna@example.org'],
    ['an\u200Dna@exam\u200Cple.org', 'anna@example.org'],
    ['CHVB1\u00AD-YL29\u2060-MYVA', 'CHVB1-YL29-MYVA'],
    ['\u200B', ''],
    [' \u200E Mara \u200F ', 'Mara'],
    ['Zoe\u0308', 'Zo\u00EB'],
    ['4\uFE0F', '4'],
    // Fillers of Hangul, the empty cell of Braille, a joiner of marks, tags, and variants of nothing.
    ['\u3164', ''],
    ['\u115F\u1160', ''],
    ['\u2800', ''],
    ['\u2800 Mara \u2800', 'Mara'],
    ['\uFFA0\u034F', ''],
    ['\u{E0041}\u{E0100}', ''],
    ['\u180B', ''],
  ]
  for (const [pasted, meant] of cases) assert.equal(cleanPasted(pasted), meant)
})

test('a million blanks within a text are walked over once', () => {
  for (const blank of [' ', '\n', '\u2800', '\u3000']) {
    const text = `\u00E9${blank.repeat(1_000_000)}\u00E9`
    assert.equal(cleanPasted(` ${text} `), text)
    assert.equal(showsNothing(text), false)
  }
})

test('joiners stay between the letters of scripts that write with them, and nowhere else', () => {
  for (const name of ['\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645', '\u0915\u094D\u200D\u0937'])
    assert.equal(cleanPasted(name), name)
  assert.equal(cleanPasted('\u0645\u200C'), '\u0645')
  assert.equal(cleanPasted('\u200D\u0645'), '\u0645')
  assert.equal(cleanPasted('\u0645\u200C\u200C\u062E'), '\u0645\u062E')
})

test('variants of letters stay behind the letter that they belong to', () => {
  for (const name of ['葛\u{E0100}城', 'ᠮ\u180Bᠣ', '한글', '\u1780\u17B4']) assert.equal(cleanPasted(name), name)
})

test('numbers and codes are read in the signs of a keyboard', () => {
  const cases: [string, string][] = [
    ['+49\u201130\u20115550117', '+49-30-5550117'],
    ['＋49 30 5550117', '+49 30 5550117'],
    ['ＤＥ８９ 3704', 'DE89 3704'],
    ['CHVB1\u2013YL29\u2212MYVA', 'CHVB1-YL29-MYVA'],
    ['1\u00A0000', '1 000'],
    ['tel:+49305550117', '+49305550117'],
    ['TEL: +49\u201130', '+49-30'],
    ['hotel:7', 'hotel:7'],
  ]
  for (const [pasted, meant] of cases) assert.equal(plainSigns(pasted), meant)
})

test('a text of unseen signs shows nothing; blanks, signs and letters are left alone', () => {
  for (const text of ['\u200B', '\u3164', ' \u202A\u202C ', '\u2800'])
    assert.equal(showsNothing(text), true, JSON.stringify(text))
  for (const text of ['', ' ', '\n', 'a', '-', 'é', '👩\u200D🏫', '\u200B!'])
    assert.equal(showsNothing(text), false, text)
})

test('a required text of unseen signs alone counts as missing, also where texts are kept as they came', () => {
  const codes = (schema: TSchema, value: unknown) => validate(schema, value).violations.map(({ code }) => code)
  const schema = Type.Object({ v: Type.String(), w: Type.Optional(Type.String()) })
  assert.deepEqual(codes(schema, { v: '\u200B\u3164' }), ['errormessage.validation.required'])
  assert.deepEqual(codes(schema, { v: ' ', w: '\u200B' }), [])
  assert.deepEqual(codes(Type.Object({ v: Type.String({ verbatim: true }) }), { v: '\u200B' }), [])
  const digits = Type.Object({ v: Type.String({ pattern: '^[0-9]+$' }) })
  assert.deepEqual(codes(digits, { v: '\u200B' }), ['errormessage.validation.pattern'])
})
