import assert from 'node:assert/strict'
import { test } from 'node:test'
import { etagOf, shownPart } from './etags.ts'

const listed = (exp: number, file = 7, text = 'a') =>
  JSON.stringify([{ url: `https://x/files/${file}?exp=${exp}&kid=k1&sig=a-_${exp}`, text }])

test('the tag of an answer changes with every letter of it', () => {
  assert.equal(etagOf('{"a":1}'), etagOf('{"a":1}'))
  assert.notEqual(etagOf('{"a":1}'), etagOf('{"a":2}'))
  assert.match(etagOf('{}'), /^W\/"[\w-]{27}"$/)
})

test('a link that is signed anew changes the tag, but not the part of it that stands for what is shown', () => {
  const [first, later] = [etagOf(listed(1)), etagOf(listed(2))]
  assert.notEqual(first, later)
  assert.equal(shownPart(first), shownPart(later))
  assert.notEqual(shownPart(first), shownPart(etagOf(listed(1, 8))), 'another file')
  assert.notEqual(shownPart(first), shownPart(etagOf(listed(1, 7, 'b'))), 'another text')
})

test('weak and strong tags of one text stand for the same', () => {
  assert.equal(shownPart(etagOf('{}')), shownPart(etagOf('{}').slice(2)))
})
