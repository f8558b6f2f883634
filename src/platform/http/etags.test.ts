import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeEtag, hashedPart } from './etags.ts'

const listed = (exp: number, file = 7, text = 'a') =>
  JSON.stringify([{ url: `https://x/files/${file}?exp=${exp}&kid=k1&sig=a-_${exp}`, text }])

test('the tag of an answer changes with every letter of it', () => {
  assert.equal(makeEtag('{"a":1}'), makeEtag('{"a":1}'))
  assert.notEqual(makeEtag('{"a":1}'), makeEtag('{"a":2}'))
  assert.match(makeEtag('{}'), /^W\/"[\w-]{27}"$/)
})

test('a link that is signed anew changes the tag, but not the part of it that stands for the content', () => {
  const [first, later] = [makeEtag(listed(1)), makeEtag(listed(2))]
  assert.notEqual(first, later)
  assert.equal(hashedPart(first), hashedPart(later))
  assert.notEqual(hashedPart(first), hashedPart(makeEtag(listed(1, 8))), 'another file')
  assert.notEqual(hashedPart(first), hashedPart(makeEtag(listed(1, 7, 'b'))), 'another text')
})

test('weak and strong tags of one text stand for the same', () => {
  assert.equal(hashedPart(makeEtag('{}')), hashedPart(makeEtag('{}').slice(2)))
})
