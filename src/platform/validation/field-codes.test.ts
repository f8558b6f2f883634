import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type TSchema, Type } from 'typebox'
import { date, flag, id, int32, list, choice, text, trimmed } from '../api/schema.ts'
import { listFieldCodes } from './field-codes.ts'
import { validate } from './validation.ts'

/** A schema, the reasons against its values, and values that meet all of them. */
const cases: readonly (readonly [name: string, schema: TSchema, reasons: string, values: readonly unknown[]])[] = [
  ['a flag', flag('Yes or no.'), 'type', ['maybe']],
  ['an id', id('A thing.'), 'type', ['one']],
  ['a number with bounds', int32('Some.', { minimum: 1, maximum: 3 }), 'max min type', [4, 0, 'two']],
  ['one of some words', choice(['A', 'B'], 'A word.'), 'enum type', ['C', {}]],
  ['a text', text('Some text.', { maxLength: 2 }), 'maxLength pattern required type', ['abc', '\u0007', {}, '\u200B']],
  ['a text as it was sent', text('Some text.', { verbatim: true }), 'maxLength type', [{}, 'x'.repeat(10_001)]],
  ['a date', date('A day.'), 'format maxLength pattern type', ['today', '\u0007', {}, 'x'.repeat(10_001)]],
  [
    'a name that must be there',
    Type.Object({ name: trimmed('A name.') }),
    'maxLength pattern required type',
    [{ name: 'x'.repeat(1001) }, { name: 'a\u0007b' }, { name: ' ' }, [], { name: {} }],
  ],
  [
    'a name that may be left out',
    Type.Object({ name: Type.Optional(trimmed('A name.')) }),
    'maxLength pattern type',
    [{ name: 'x'.repeat(1001) }, { name: 'a\u0007b' }, []],
  ],
  ['what has a default', Type.Object({ on: flag('On.', { default: true }) }), 'type', [{ on: 'maybe' }]],
  [
    'a list without repetitions',
    list(int32('A number.'), 'Numbers.', { uniqueItems: true, minItems: 2 }),
    'maxItems minItems type uniqueItems',
    [Array.from({ length: 1001 }, (_, n) => n), [1], {}, [1, 1]],
  ],
]

for (const [name, schema, reasons, values] of cases) {
  test(`${name} is refused for: ${reasons}`, () => {
    const codes = reasons.split(' ').map((reason) => `errormessage.validation.${reason}`)
    assert.deepEqual([...new Set(listFieldCodes(schema))].sort(), codes)
    const met = values.flatMap((value) => validate(schema, value).violations.map(({ code }) => code))
    assert.deepEqual([...new Set(met)].sort(), codes)
  })
}
