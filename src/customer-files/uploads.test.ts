import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import type { TestApp } from '../../test/support/app.ts'
import { makeForm, tinyPdf, tinyPng } from '../../test/support/multipart.ts'
import {
  readCode,
  document,
  grey,
  openUploads,
  type PersonWithFiles,
  picture,
  refused,
  type Uploads,
} from '../../test/support/scenes/upload-scene.ts'

let scene: Uploads
let app: TestApp
let mara: PersonWithFiles

before(async () => {
  scene = await openUploads()
  app = scene.app
})
beforeEach(async () => {
  mara = await scene.addPerson()
})
after(() => scene.close())

test('parts: exactly one is needed, others are passed over, and the address is checked first', async () => {
  const part = picture(tinyPng, 'x.png')
  assert.deepEqual(readCode(await mara.setImage([])), refused('validation.required', 'image'))
  assert.deepEqual(
    readCode(await mara.setImage([{ ...part, name: 'picture' }])),
    refused('validation.required', 'image'),
  )
  assert.deepEqual(readCode(await mara.setImage([part, part])), refused('upload.partDuplicate', 'image'))
  assert.equal((await mara.setImage([{ name: 'note', content: 'hello' }, part])).status, 200)
  const five = ['a', 'b', 'c', 'd'].map((name) => ({ name, content: 'x' }))
  assert.deepEqual(readCode(await mara.setImage([...five, part])), refused('request.malformed'))
  const unknown = await scene.send('PUT', '/v1/customers/999999999/images', [picture('', 'x.exe')])
  assert.deepEqual(readCode(unknown), [404, 'errormessage.customer.notFound', undefined])
  const unreadable = await scene.send('PUT', '/v1/customers/999999999/images', [])
  assert.deepEqual(readCode(unreadable), refused('validation.required', 'image'))
})

test('a body that is no multipart, is broken or too large is refused as such', async () => {
  const path = `/v1/customers/${mara.id}/images`
  const json = await app.put(path, { image: 'x' })
  assert.deepEqual(readCode(json), [415, 'errormessage.request.contentType', undefined])
  assert.deepEqual(json.body.args, ['application/json', 'multipart/form-data'])
  const { headers, payload } = makeForm([picture(tinyPng, 'x.png')])
  const broken = await app.sendRaw('PUT', path, { headers, payload: payload.subarray(0, payload.length - 20) })
  assert.deepEqual(readCode(broken), refused('request.malformed'))
  const unbound = await app.sendRaw('PUT', path, { headers: { 'content-type': 'multipart/form-data' }, payload })
  assert.deepEqual(readCode(unbound), refused('request.malformed'))
  const huge = { name: 'note', content: Buffer.alloc(25 * 1024 * 1024 + 1) }
  const tooLarge = await mara.setImage([huge, picture(tinyPng, 'x.png')])
  assert.deepEqual([tooLarge.status, tooLarge.body.errorCode], [413, 'errormessage.upload.tooLarge'])
  assert.deepEqual(tooLarge.body.args, [25])
})

test('a name that is no text is refused, of a file and of a part', async () => {
  const path = `/v1/customers/${mara.id}/documents`
  const file = document('hello', '@.txt')
  for (const bytes of ['ff', '4dfc', 'c080', 'eda080', 'f09f']) {
    for (const parts of [[file], [{ ...file, name: '@' }, document('hello', 'a.txt')]]) {
      const { headers, payload } = makeForm(parts)
      const bad = Buffer.from(bytes, 'hex').toString('latin1')
      const sent = Buffer.from(payload.toString('latin1').replace('@', bad), 'latin1')
      const answer = await app.sendRaw('POST', path, { headers, payload: sent })
      assert.deepEqual(readCode(answer), refused('request.malformed'), bytes)
    }
  }
  for (const [name, expected] of [
    ["UTF-8''M%FC.txt", 400],
    ["UTF-8''%ED%A0%80.txt", 400],
    ["UTF-8''M%C3%BC.txt", 200],
    ["iso-8859-1''M%FC.txt", 200],
  ] as const) {
    const { headers, payload } = makeForm([file])
    const sent = payload.toString().replace('filename="@.txt"', `filename*=${name}`)
    assert.equal((await app.sendRaw('POST', path, { headers, payload: sent })).status, expected, name)
  }
})

test('what is text as a whole is filed as text, and a PDF under the name of one', async () => {
  for (const [content, name, status] of [
    ['%PDF-1.4 is how a PDF begins', 'a.txt', 200],
    ['%PDF-;Name\n1;Anna', 'list.csv', 200],
    ['<?xml version="1.0"?><a/>', 'a.txt', 200],
    ['{\\rtf1 hello}', 'a.txt', 200],
    ['{\\rtf1 hello}', 'a.doc', 400],
    [tinyPdf, 'a.txt', 400],
    [tinyPdf, 'a.pdf\u202C', 200],
  ] as const) {
    assert.equal((await mara.fileDocument([document(content, name)])).status, status, `${content} ${name}`)
  }
})

test('a picture sends one event; the same one again changes nothing; a replaced one stays for sixteen minutes', async () => {
  const path = `/v1/customers/${mara.id}`
  const first = await mara.setImage([picture(await grey(20, 10).toBuffer())])
  assert.deepEqual(await mara.events(), ['CUSTOMER_UPDATED'])
  const again = await mara.setImage([picture(await grey(20, 10).toBuffer(), 'other-name.jpg')])
  assert.equal(again.body.imageUrl, first.body.imageUrl)
  assert.deepEqual(await mara.events(), ['CUSTOMER_UPDATED'])
  assert.equal((await mara.files('customerImage')).length, 1)
  assert.equal((await app.get(path)).body.imageUrl, first.body.imageUrl)

  const second = await mara.setImage([picture(await grey(10, 20).toBuffer())])
  assert.deepEqual(await mara.events(), ['CUSTOMER_UPDATED', 'CUSTOMER_UPDATED'])
  assert.equal((await app.get(path)).body.imageUrl, second.body.imageUrl)
  assert.equal((await scene.fetchFile(first.body.imageUrl)).statusCode, 200)
  const [old, current] = await mara.files('customerImage')
  assert.equal(String(old?.deleteAfter), '2026-06-15T07:16:00Z')
  assert.equal(current?.deleteAfter, null)
})

test('whatever is refused leaves no bytes behind, and nothing stays of an upload but its file', async () => {
  const before = await scene.storedFiles()
  await mara.setImage([picture(tinyPdf, 'x.jpg')])
  await mara.setImage([picture(tinyPng, 'x.png'), picture(tinyPng, 'x.png')])
  await mara.setImage([{ name: 'note', content: Buffer.alloc(26 * 1024 * 1024) }])
  assert.equal(await scene.storedFiles(), before)
  await mara.setImage([picture(tinyPng, 'x.png')])
  assert.equal(await scene.storedFiles(), before + 1)
  await mara.setImage([picture(tinyPng, 'x.png')])
  assert.equal(await scene.storedFiles(), before + 1, 'the same picture is not kept twice')
})

test('an upload under a key has one effect; other contents under it are refused, another boundary is not', async () => {
  const headers = { 'idempotency-key': `upload-${mara.id}` }
  const first = await mara.fileDocument([document(tinyPdf, 'a.pdf')], '', { headers })
  const before = await scene.storedFiles()
  const again = await mara.fileDocument([document(tinyPdf, 'a.pdf')], '', { headers, boundary: 'another' })
  assert.deepEqual([again.status, again.text], [200, first.text])
  assert.equal(again.headers['idempotency-replayed'], 'true')
  assert.equal(await scene.storedFiles(), before)
  for (const other of [document(`${tinyPdf}%`, 'a.pdf'), document(tinyPdf, 'b.pdf')]) {
    assert.deepEqual(readCode(await mara.fileDocument([other], '', { headers })), refused('idempotency.mismatch'))
  }
  assert.equal((await mara.files('customerDocument')).length, 1)
})
