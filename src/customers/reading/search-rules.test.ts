import assert from 'node:assert/strict'
import { test } from 'node:test'
import { apostrophes } from '../../platform/validation/apostrophes.ts'
import { fold, foldEmail, foldNames, foldTr, type NamePrefix, planSearch, type PrefixRange } from './search-rules.ts'

const names = ['Müller', 'Mueller', 'Muller', 'Łukasiewicz', 'O’Brien', 'Großmann', 'Lüdenscheidt-Meyer', 'Sørensen']

const lies = (text: string, { from, until }: PrefixRange) =>
  Buffer.compare(Buffer.from(text), Buffer.from(from)) >= 0 && Buffer.compare(Buffer.from(text), Buffer.from(until)) < 0
const matches = (name: string, { plain, transliterated }: NamePrefix) =>
  plain.some((range) => lies(fold(name), range)) || lies(foldTr(name), transliterated)

function hits(query: string): string[] {
  const plan = planSearch({ lastName: query })
  assert.ok(typeof plan === 'object' && plan.last, query)
  return names.filter((name) => matches(name, plan.last as NamePrefix))
}

const examples: Readonly<Record<string, readonly string[]>> = {
  mül: ['Müller', 'Mueller', 'Muller'],
  muel: ['Müller', 'Mueller'],
  mul: ['Müller', 'Muller'],
  lukas: ['Łukasiewicz'],
  "O'Br": ['O’Brien'],
  obri: ['O’Brien'],
  GROSSM: ['Großmann'],
  'ludenscheidt m': ['Lüdenscheidt-Meyer'],
  meyer: [],
  Soren: ['Sørensen'],
  Soeren: ['Sørensen'],
  'm%': [],
  m_ller: [],
}

for (const [query, expected] of Object.entries(examples)) {
  test(`a search for ${query} finds ${expected.join(', ') || 'nobody'}`, () => {
    assert.deepEqual(hits(query), expected)
  })
}

test('a name with any apostrophe is found by every other one, and by none', () => {
  const marks = ['', '\u055A', '\u05F3', '\u07F4', '\u1FBD', '\u1FBF', '\uFF40', '\uA78C', ...Array.from(apostrophes)]
  for (const mark of marks) {
    const found = [fold(`Kale${mark}a`), foldTr(`O${mark}Brien`)]
    assert.deepEqual(found, ['kalea', 'obrien'], `U+${mark.codePointAt(0)?.toString(16)}`)
  }
})

test('joiners and other signs that nobody sees do not count', () => {
  for (const sign of ['\u200b', '\u200c', '\u200d', '\u2060', '\ufeff', '\u00ad', '\u034f', '\u202a', '\u200e']) {
    assert.equal(fold(`Mar${sign}tin`), 'martin', JSON.stringify(sign))
  }
})

test('folding is stable and knows the letters that do not decompose', () => {
  assert.equal(fold('  Ærø–Þór   Ðđ ŒIıİ '), 'aero thor dd oeiii')
  assert.equal(fold(fold('Lüdenscheidt-Meyer')), fold('Lüdenscheidt-Meyer'))
  assert.equal(foldTr('Ångström'), 'aangstroem')
  assert.equal(foldTr('Müller'.normalize('NFD')), 'mueller')
  assert.equal(foldEmail(' EXAMPLE@Email.com '), 'example@email.com')
})

test('a second name is part of its column', () => {
  assert.deepEqual(foldNames({ firstName: 'Edgar', secondFirstName: 'Thomas', lastName: 'Bullock' }), {
    firstFold: 'edgar thomas',
    firstFoldTr: 'edgar thomas',
    lastFold: 'bullock',
    lastFoldTr: 'bullock',
  })
})

test('a search needs a criterion, and two letters of a name unless something else narrows it', () => {
  assert.equal(planSearch({}), 'CRITERIA_MISSING')
  assert.equal(planSearch({ firstName: ' ', email: '' }), 'CRITERIA_MISSING')
  assert.equal(planSearch({ lastName: 'M' }), 'TOO_BROAD')
  assert.equal(planSearch({ lastName: 'Mül', firstName: "'" }), 'TOO_BROAD')
  const narrowed = planSearch({ lastName: 'M', dateOfBirth: '1952-05-04' })
  assert.ok(typeof narrowed === 'object' && narrowed.last && narrowed.dateOfBirth === '1952-05-04')
  assert.deepEqual(planSearch({ lastName: "'", email: 'A@B.c' }), { emailFold: 'a@b.c' })
})
