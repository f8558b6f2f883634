import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type IncomingMessage, request as httpRequest } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, beforeEach, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import type { TestApp } from '../../test/support/app.ts'
import { makeForm, type TestPart, tinyPdf, tinyPng } from '../../test/support/multipart.ts'
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
import { deleteDocument, setDocumentInternal } from './documents.ts'
import { eraseCustomer } from '../privacy/index.ts'

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

test('a document is kept byte for byte, under a name without folders, and shown by a link that ends', async () => {
  const name = 'C:\\\\scans\\\\Vertra\u0308ge.PDF'
  const { status, body } = await mara.fileDocument([document(tinyPdf, name)], '?description=%20Member%20contract%20')
  assert.equal(status, 200)
  const one = await app.get(`/v1/customers/${mara.id}/documents/${body.id}`)
  assert.deepEqual(
    [one.body.id, one.body.fileName, one.body.description],
    [body.id, 'Verträge.PDF'.normalize('NFC'), 'Member contract'],
  )
  const file = await scene.fetchFile(one.body.url)
  assert.ok(file.rawPayload.equals(tinyPdf))
  assert.equal(file.headers['content-type'], 'application/pdf')
  assert.match(String(file.headers['content-disposition']), /^attachment; /)
  assert.deepEqual(await mara.events(), [])
})

test('documents come in the order of their ids, a slice at a time, without internal ones', async () => {
  const ids: number[] = []
  for (const content of ['one', 'two', 'three', 'four']) {
    ids.push((await mara.fileDocument([document(content, `${content}.txt`)])).body.id)
  }
  const [, hidden = 0, , last] = ids
  await app.write((work) => setDocumentInternal(work, hidden, true))
  const path = `/v1/customers/${mara.id}/documents`
  const slice = (await app.get(`${path}?sliceSize=2`)).body
  assert.deepEqual(
    [slice.result.map(({ fileName }: { fileName: string }) => fileName), slice.hasNext, slice.offset],
    [['one.txt', 'three.txt'], true, '2'],
  )
  const next = (await app.get(`${path}?sliceSize=2&offset=${slice.offset}`)).body
  assert.deepEqual([next.result.map(({ id }: { id: number }) => id), next.hasNext], [[last], false])
  for (const id of [hidden, 999999999]) {
    assert.deepEqual(readCode(await app.get(`${path}/${id}`)), [404, 'errormessage.document.notFound', undefined])
  }
  const { id: other } = await scene.addPerson()
  assert.equal((await app.get(`/v1/customers/${other}/documents/${last}`)).status, 404)
})

test('a deleted document is gone, and so is every link to it', async () => {
  const { body } = await mara.fileDocument([document(tinyPdf, 'a.pdf')])
  const path = `/v1/customers/${mara.id}/documents/${body.id}`
  const { url } = (await app.get(path)).body
  assert.equal((await scene.fetchFile(url)).statusCode, 200)
  await app.write((work) => deleteDocument(work, body.id))
  assert.equal((await app.get(path)).status, 404)
  assert.equal((await scene.fetchFile(url)).statusCode, 404)
})

test('documents are refused in the order: empty, too large, type, extension; a description has 1000 characters', async () => {
  const text = 'Name;Stadt\r\nMüller;Köln\r\n'
  const cases: [TestPart, string][] = [
    [document('', 'x.exe'), 'upload.empty'],
    [document(Buffer.alloc(20 * 1024 * 1024 + 1), 'x.exe'), 'upload.fileTooLarge'],
    [document(Buffer.from('4d5a90000300000004000000', 'hex'), 'x.pdf'), 'upload.typeNotSupported'],
    [document('<?xml version="1.0"?><a/>', 'x.xml'), 'upload.typeNotSupported'],
    [document(tinyPdf, 'x.txt'), 'upload.extensionMismatch'],
    [document(text, 'x.pdf'), 'upload.extensionMismatch'],
  ]
  for (const [part, code] of cases) {
    assert.deepEqual(readCode(await mara.fileDocument([part])), refused(code), part.fileName ?? '')
  }
  for (const [content, name] of [
    [text, 'x.csv'],
    [Buffer.from(text, 'latin1'), 'x.TXT'],
    [Buffer.from(`\uFEFF${text}`, 'utf16le'), 'x.csv'],
    [Buffer.from(text, 'utf16le'), 'x.txt'],
  ] as const) {
    assert.equal((await mara.fileDocument([document(content, name)])).status, 200, name)
  }
  const long = await mara.fileDocument([document(tinyPdf, 'a.pdf')], `?description=${'x'.repeat(1001)}`)
  assert.deepEqual(readCode(long), refused('validation.maxLength', 'description'))
})

test('erasing a person ends every link to picture and documents at once', async () => {
  const image = await mara.setImage([picture(tinyPng, 'x.png')])
  const { body } = await mara.fileDocument([document(tinyPdf, 'a.pdf')])
  const { url } = (await app.get(`/v1/customers/${mara.id}/documents/${body.id}`)).body
  for (const link of [image.body.imageUrl, url]) assert.equal((await scene.fetchFile(link)).statusCode, 200)
  await app.write((work) => eraseCustomer(work, mara.id))
  for (const link of [image.body.imageUrl, url]) assert.equal((await scene.fetchFile(link)).statusCode, 404)
})

test('over a real connection: what is too large is refused before it is sent whole, what is cut off leaves nothing', async () => {
  await app.app.server.listen({ port: 0, host: '127.0.0.1' })
  const { port } = app.app.server.server.address() as AddressInfo
  const address = { host: '127.0.0.1', port, path: `/v1/customers/${mara.id}/images`, method: 'PUT' }
  const { headers, payload } = makeForm([{ name: 'note', content: Buffer.alloc(60 * 1024 * 1024) }])
  const sentHeaders = { ...headers, 'x-api-key': app.berlin.key }
  for (const length of [{ 'content-length': String(payload.length) }, { 'transfer-encoding': 'chunked' }]) {
    const request = httpRequest({ ...address, headers: { ...sentHeaders, ...length } })
    request.on('error', () => {})
    request.end(payload)
    const [answer] = (await once(request, 'response')) as [IncomingMessage]
    assert.equal(answer.statusCode, 413, JSON.stringify(length))
    answer.resume()
  }
  const before = await scene.storedFiles()
  const whole = makeForm([picture(await grey(900, 900).toBuffer())])
  const cut = httpRequest({ ...address, headers: { ...sentHeaders, ...whole.headers, 'transfer-encoding': 'chunked' } })
  cut.on('error', () => {})
  cut.write(whole.payload.subarray(0, whole.payload.length - 500))
  await sleep(200)
  cut.destroy()
  await sleep(200)
  assert.equal(await scene.storedFiles(), before)
})

test('a link works for fifteen minutes to the millisecond', async () => {
  const { body } = await mara.fileDocument([document(tinyPdf, 'a.pdf')])
  await app.travelTo('2026-06-15T10:00:00.000Z')
  const { url } = (await app.get(`/v1/customers/${mara.id}/documents/${body.id}`)).body
  await app.travelTo('2026-06-15T10:14:59.999Z')
  assert.equal((await scene.fetchFile(url)).statusCode, 200)
  await app.travelTo('2026-06-15T10:15:00.000Z')
  assert.equal((await scene.fetchFile(url)).statusCode, 403)
})
