import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { IntlMessageFormat } from 'intl-messageformat'
import { judgeTemplate, longestText, tidyText } from './template-rules.ts'

test('a text fits when it has the placeholders of the English one, in whatever order', () => {
  const english = 'More than {0} requests per minute. Try again in {1} seconds.'
  assert.equal(judgeTemplate('In {1} Sekunden wieder, nach {0}.', english), 'FITS')
  for (const text of [
    'Nach {0}.',
    '{0} {1} {2}',
    '{0} {0} {1}',
    '{0} {1} {',
    "{0} '{1}'",
    '{0, number} {1}',
    '{ 0} {1}',
  ]) {
    assert.equal(judgeTemplate(text, english), 'PLACEHOLDERS_DIFFER', text)
  }
})

test('a text with forms for numbers fits another one, whichever forms its language needs', () => {
  const english = '{count, plural, one {# month} other {# months}}'
  for (const text of ['{count, plural, =1 {o lună} few {# luni} other {# de luni}}', '{count, plural, other {# ay}}']) {
    assert.equal(judgeTemplate(text, english), 'FITS', text)
  }
  for (const text of [
    '{0} months',
    'months',
    '{count, plural, one {# month}}',
    '{count, plural, other {months}}',
    '{count, plural, other {# months} other {# months}}',
    '{count, plural, one {} other {# months}}',
    '{count, plural, one {{0}} other {# months}}',
    "{count, plural, other {# o'months}}",
    '{count, select, other {# months}}',
    '{count, plural, several {#} other {# months}}',
  ]) {
    assert.equal(judgeTemplate(text, english), 'PLACEHOLDERS_DIFFER', text)
  }
  assert.equal(judgeTemplate(english, '{0} months'), 'PLACEHOLDERS_DIFFER')
})

test('a text is something that can be read in one line', () => {
  assert.equal(judgeTemplate(' \u00a0', 'Empty.'), 'EMPTY')
  assert.equal(judgeTemplate('a'.repeat(longestText), 'Empty.'), 'FITS')
  assert.equal(judgeTemplate('a'.repeat(longestText + 1), 'Empty.'), 'TOO_LONG')
  assert.equal(judgeTemplate('Hi\r\nBcc: all@x.example', 'Empty.'), 'CONTROL_CHARACTER')
  assert.equal(judgeTemplate('Hi \u0000', 'Empty.'), 'CONTROL_CHARACTER')
})

test('what people type as an apostrophe is kept as one', () => {
  assert.equal(tidyText("  Can't be. "), 'Can’t be.')
  assert.equal(judgeTemplate(tidyText("Can't be."), 'Empty.'), 'FITS')
})

test('whatever fits can be parsed and filled', () => {
  const piece = fc.oneof(
    fc.constantFrom('{0}', '{1}', '{', '}', "'", "''", '#', '<b>', '</b>', '{0, plural, other {x}}', '|', '\\'),
    fc.string({ unit: 'binary' }),
  )
  const texts = fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join(''))
  let fitting = 0
  fc.assert(
    fc.property(texts, fc.constantFrom('', '{0}', '{0} {1}'), (text, english) => {
      if (judgeTemplate(text, english) !== 'FITS') return
      fitting += 1
      const filled = String(
        new IntlMessageFormat(text, 'de', undefined, { ignoreTag: true }).format({ 0: 'A', 1: 'B' }),
      )
      assert.equal(filled, text.replaceAll('{0}', 'A').replaceAll('{1}', 'B'))
    }),
    { numRuns: 3000 },
  )
  assert.ok(fitting > 300, String(fitting))
})
