import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { parseJson } from './json-input.ts'
import { readText } from './text-file.ts'

test('a file is read as UTF-8, with or without a byte order mark; other bytes are refused, and not read as other signs', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'palestra-text-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const path = join(folder, 'given.json')
  const read = (bytes: Buffer | string) => {
    writeFileSync(path, bytes)
    return readText(path)
  }
  assert.equal(read('{"name":"Müller"}'), '{"name":"Müller"}')
  assert.equal(read('\uFEFF{}'), '{}')
  for (const bytes of [
    Buffer.from('Müller', 'latin1'),
    Buffer.from('\uFEFF{}', 'utf16le'),
    Buffer.from('eda080', 'hex'),
  ])
    assert.throws(() => read(bytes), { name: 'UsageError', message: `${path} is not text in UTF-8.` })
})

test('JSON with half a character or without an end to its levels is refused', () => {
  assert.deepEqual(parseJson('{"a":"\\ud83d\\ude00"}'), { a: '😀' })
  for (const text of ['{"a":"\\ud800"}', '{"\\udc00":1}', '['.repeat(100) + ']'.repeat(100)])
    assert.throws(() => parseJson(text), { name: 'UsageError' })
})
