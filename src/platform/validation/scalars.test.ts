import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Type } from 'typebox'
import { validate } from './validation.ts'

const text = Type.String()

test('lines end with LF or CR LF and stay as they were sent; a CR alone is refused', () => {
  for (const lines of ['a\nb', 'a\r\nb', 'a\r\n\r\nb\r\n', 'a\n\r\nb']) {
    assert.deepEqual(validate(text, lines), { value: lines, violations: [] })
  }
  for (const lone of ['a\rb', 'a\r\r\nb', 'a\n\rb', 'a\r\nb\r', 'a\r\tb']) {
    assert.deepEqual(
      validate(text, lone).violations.map(({ code }) => code),
      ['errormessage.validation.pattern'],
      JSON.stringify(lone),
    )
  }
})
