import assert from 'node:assert/strict'
import { test } from 'node:test'
import { judgeWords } from './check-words.ts'

const count = (file: string, text: string) => judgeWords(file, text).length

test('a comment, the name of a test and a page are searched, each line by itself', () => {
  assert.deepEqual(judgeWords('src/a.ts', 'const a = 1\n/** Who is told. */'), [
    'src/a.ts:2: "told"; write send, return, say, name or distinguish',
  ])
  assert.equal(count('src/a.ts', 'send(event) // nobody hears it'), 1)
  assert.equal(count('src/a.ts', '/**\n * What it tells\n * and whoever hears.\n */'), 3)
  assert.equal(count('src/a.test.ts', "test('partners hear of it', () => {"), 1)
  assert.equal(count('src/a/sql/b.sql', 'SELECT 1; -- Nobody is told.'), 1)
  assert.equal(count('docs/a.md', 'Partners are told.'), 1)
})

test('texts of the product, code and parts of other words are not', () => {
  assert.equal(count('src/a.ts', "name: text('How did you hear of us?'),"), 0)
  assert.equal(count('docs/a.md', 'The question is `How did you hear of us?`.'), 0)
  assert.equal(count('src/a.ts', '// A satellite of the heartbeat.'), 0)
})
