import assert from 'node:assert/strict'
import { test } from 'node:test'
import { chooseContent, readExtension, judgeType, knownExtensions, shortenName, usualDocuments } from './type-rules.ts'

test('content and name must agree, in any case and spelling of the extension', () => {
  for (const name of ['a.jpg', 'a.jpeg', 'a.b.JPEG']) {
    assert.deepEqual(judgeType('jpg', name, usualDocuments), { verdict: 'ALLOWED', mime: 'image/jpeg' })
  }
  assert.deepEqual(judgeType('txt', 'list.csv', usualDocuments), { verdict: 'ALLOWED', mime: 'text/csv' })
  const mismatch = { verdict: 'EXTENSION_MISMATCH', extension: 'png', type: 'jpg' }
  assert.deepEqual(judgeType('jpg', 'a.png', usualDocuments), mismatch)
  assert.deepEqual(judgeType('jpg', 'a', usualDocuments), { ...mismatch, extension: '?' })
})

test('what is not allowed is not supported, however it is called', () => {
  assert.deepEqual(judgeType('exe', 'a.pdf', usualDocuments), { verdict: 'TYPE_NOT_SUPPORTED', type: 'exe' })
  assert.deepEqual(judgeType(undefined, 'a.xyz', usualDocuments), { verdict: 'TYPE_NOT_SUPPORTED', type: 'xyz' })
  assert.deepEqual(judgeType('heic', 'a.heic', usualDocuments).verdict, 'TYPE_NOT_SUPPORTED')
  assert.deepEqual(judgeType('jpg', 'a.jpg', ['pdf']).verdict, 'TYPE_NOT_SUPPORTED')
  // Text is allowed, but only under one of its names.
  assert.deepEqual(judgeType('txt', 'a.csv', ['txt']).verdict, 'EXTENSION_MISMATCH')
})

test('documents have one of fifteen types unless the operator says otherwise; pictures may be HEIC besides', () => {
  const documents = 'pdf jpg jpeg png gif tif tiff txt csv doc docx xls xlsx odt ods'.split(' ')
  assert.deepEqual(usualDocuments.toSorted(), documents.sort())
  assert.equal(knownExtensions.length, documents.length + 2)
})

test('what bytes can be is decided by the name, else it is the likeliest', () => {
  assert.equal(chooseContent(['pdf', 'txt'], 'a.txt'), 'txt')
  assert.equal(chooseContent(['pdf', 'txt'], 'a.csv'), 'txt')
  for (const name of ['a.pdf', 'a.png', 'a']) assert.equal(chooseContent(['pdf', 'txt'], name), 'pdf')
  assert.equal(chooseContent([], 'a.txt'), undefined)
})

test('an extension is what follows the last dot', () => {
  assert.deepEqual(
    ['a.tar.GZ', 'pdf', 'a.', ' x.pdf ', 'a.averyverylongone', 'a.txt\u200B', 'a.doc\u202C'].map(readExtension),
    ['gz', '', '', 'pdf', '', 'txt', 'doc'],
  )
})

test('a name has at most 255 bytes in composed form, and keeps its extension', () => {
  assert.equal(shortenName('Vertra\u0308ge.pdf'), 'Verträge.pdf')
  const long = shortenName(`${'ü'.repeat(300)}.docx`)
  assert.equal(Buffer.byteLength(long), 255)
  assert.ok(long.endsWith('ü.docx'))
  assert.equal(Buffer.byteLength(shortenName('\u{1f600}'.repeat(100))), 252)
  assert.equal(shortenName(`${'x'.repeat(255)}.pdf`), `${'x'.repeat(251)}.pdf`)
  assert.equal(shortenName('no-extension'), 'no-extension')
})
