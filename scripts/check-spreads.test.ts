import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { checkSpreads } from './check-spreads.ts'

/** What the check says about a module of this text. */
function complaintsAbout(text: string): string[] {
  const root = mkdtempSync(join(tmpdir(), 'palestra-spreads-'))
  try {
    mkdirSync(join(root, 'src'))
    writeFileSync(join(root, 'src', 'a.ts'), text)
    return checkSpreads(root)
  } finally {
    rmSync(root, { recursive: true })
  }
}

const complaint = (line: number) => `src/a.ts:${line} spreads an object literal; write its properties out`

test('an object literal spread into another one is named with its line', () => {
  assert.deepEqual(complaintsAbout(`const a = {\n  ...{ b: 1, c: 2 },\n}\n`), [complaint(2)])
  assert.deepEqual(complaintsAbout(`const a = {\n  ...({ b: 1 } as const),\n}\n`), [complaint(2)])
  assert.deepEqual(complaintsAbout(`// it's\nconst a = {\n  ...\n  { b: '//' },\n}\n`), [complaint(3)])
})

test('spreading a value, a call or a condition is fine', () => {
  assert.deepEqual(complaintsAbout('const a = { ...b, ...defined({ c }), ...(d ? { d } : {}) }\n'), [])
})

test('what only stands in a text or a comment is passed over', () => {
  const spread = `...{ b }`
  assert.deepEqual(complaintsAbout(`/* ${spread} */ const a = '${spread}' // ${spread}\nconst b = \`${spread}\`\n`), [])
})

test('a spread that leaves out one value, and an order of two moments, are the business of a helper', () => {
  assert.deepEqual(complaintsAbout('const a = { ...(b.c === undefined ? {} : { d: b.c }) }\n'), [
    'src/a.ts:1 is what defined does',
  ])
  assert.deepEqual(complaintsAbout('const a = { ...(b === null ? {} : { b }) }\n'), ['src/a.ts:1 is what nonNull does'])
  assert.deepEqual(complaintsAbout('const a = { ...(b === undefined ? {} : { c: read(b) }) }\n'), [])
  assert.deepEqual(complaintsAbout('if (Temporal.PlainDate.compare(a, b) >= 0) return\n'), [
    'src/a.ts:1 is what isBefore or isAfter does',
  ])
  assert.deepEqual(complaintsAbout('days.toSorted((a, b) => Temporal.PlainDate.compare(a, b))\n'), [])
})
