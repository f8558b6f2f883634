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

test('sentences of the product count like comments; a place is a place of work, and a name says what it finds', () => {
  const count = (file: string, line: string) => judgeWords(file, line).length
  assert.equal(count('src/a/api.ts', "  description: 'The status tells why it was refused.',"), 1)
  assert.equal(count('src/a/a.test.ts', "  const text = 'The status tells why it was refused.'"), 0)
  assert.equal(count('src/classes/a.ts', '// Gives the place back.'), 1)
  assert.equal(count('src/classes/README.md', 'A class takes place in a room.'), 0)
  assert.equal(count('src/platform/a.ts', '// Gives the place back.'), 0)
  assert.equal(count('test/a.ts', 'const stateOf = (id: number) => states.get(id)'), 1)
  assert.equal(count('test/a.ts', '    async eventsOf(call: () => Promise<unknown>) {'), 1)
  assert.equal(count('test/a.ts', 'function noteMiss(key: string) {'), 1)
  assert.equal(count('test/a.ts', '  const look = async () => {'), 1)
  assert.equal(count('test/a.ts', '  #tell(type: string) {'), 1)
  assert.equal(count('test/a.ts', "const note = 'as staff wrote it'"), 0)
  assert.equal(count('test/a.ts', "const at = text.indexOf('x')"), 0)
})
