import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { type IncomingMessage, request as httpRequest } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, beforeEach, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { and, asc, eq } from 'drizzle-orm'
import sharp, { type Sharp } from 'sharp'
import { openTestApp, type TestAnswer, type TestApp } from '../../test/support/app.ts'
import { addCustomer } from '../../test/support/customers.ts'
import { formOf, type TestPart, tinyPdf, tinyPng } from '../../test/support/multipart.ts'
import { files } from '../platform/tables.ts'
import { eventsOf } from '../../test/support/records.ts'
import { deleteDocument, eraseCustomer, setDocumentInternal } from './index.ts'

let app: TestApp
let folder: string
let mara: number

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'palestra-uploads-'))
  const environment = { PALESTRA_STORAGE: 'fs', PALESTRA_DATA_DIR: folder, PALESTRA_RATELIMIT_DEFAULT: '100000' }
  app = await openTestApp({ environment })
})
beforeEach(async () => {
  mara = await addCustomer(app)
})
after(async () => {
  await app.close()
  await rm(folder, { recursive: true })
})

interface Sending {
  readonly headers?: Readonly<Record<string, string>>
  readonly boundary?: string
}

const send = (method: string, path: string, parts: readonly TestPart[], { headers, boundary }: Sending = {}) => {
  const form = formOf(parts, boundary)
  return app.sendRaw(method, path, { ...form, headers: { ...form.headers, ...headers } })
}
const picture = (content: Buffer | string, fileName = 'photo.jpg') => ({ name: 'image', content, fileName })
const setImage = (parts: readonly TestPart[], sending?: Sending) =>
  send('PUT', `/v1/customers/${mara}/images`, parts, sending)
const document = (content: Buffer | string, fileName: string) => ({ name: 'file', content, fileName })
const fileDocument = (parts: readonly TestPart[], query = '', sending?: Sending) =>
  send('POST', `/v1/customers/${mara}/documents${query}`, parts, sending)
const fetchFile = (url: string) => app.app.server.inject({ method: 'GET', url: url.replace(/^https?:\/\/[^/]+/, '') })
const codeOf = ({ status, body }: TestAnswer) => [status, body?.errorCode, body?.reference]
const refused = (code: string, reference?: string) => [400, `errormessage.${code}`, reference]

const grey = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#808080' } }).jpeg()
const shown = async ({ status, body, text }: TestAnswer) => {
  assert.equal(status, 200, text)
  return sharp((await fetchFile(body.imageUrl)).rawPayload).metadata()
}
const events = async () =>
  (await eventsOf(app))
    .filter(({ entityId, type }) => entityId === mara && type !== 'CUSTOMER_CREATED')
    .map(({ type }) => type)
const filesOf = (kind: string) =>
  app.read(({ db }) =>
    db
      .select({ deleteAfter: files.deleteAfter })
      .from(files)
      .where(and(eq(files.ownerKind, kind), eq(files.ownerId, mara)))
      .orderBy(asc(files.id)),
  )
const storedFiles = async () =>
  (await readdir(join(folder), { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile()).length

const sizes: [string, () => Sharp, [number, number]][] = [
  ['4000×3000', () => grey(4000, 3000), [1200, 900]],
  ['3000×4000', () => grey(3000, 4000), [900, 1200]],
  ['4000×3000 with orientation 6', () => grey(4000, 3000).withMetadata({ orientation: 6 }), [900, 1200]],
  ['640×480', () => grey(640, 480), [640, 480]],
  ['5000×10', () => grey(5000, 10), [1200, 2]],
  ['5000×1', () => grey(5000, 1), [1200, 1]],
]
for (const [name, make, [width, height]] of sizes) {
  test(`E12: a picture of ${name} becomes ${width}×${height}, a JPEG without metadata`, async () => {
    const kept = await shown(await setImage([picture(await make().toBuffer())]))
    assert.deepEqual([kept.format, kept.width, kept.height, kept.exif], ['jpeg', width, height, undefined])
  })
}

test('what a picture says about its place and its maker does not stay', async () => {
  const told = await grey(300, 200)
    .withExif({ IFD0: { Copyright: 'Mara' }, IFD3: { GPSLatitude: '52/1 31/1 0/1' } })
    .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/"/>')
    .toBuffer()
  assert.ok((await sharp(told).metadata()).exif, 'the control carries it')
  const kept = await shown(await setImage([picture(told)]))
  assert.deepEqual([kept.exif, kept.xmp, kept.icc, kept.space], [undefined, undefined, undefined, 'srgb'])
})

test('what shines through becomes white', async () => {
  const clear = await sharp({ create: { width: 8, height: 8, channels: 4, background: '#00000000' } })
    .png()
    .toBuffer()
  const { body } = await setImage([picture(clear, 'clear.png')])
  const [red, green, blue] = await sharp((await fetchFile(body.imageUrl)).rawPayload)
    .raw()
    .toBuffer()
  assert.deepEqual([red, green, blue], [255, 255, 255])
})

test('pictures are refused in the order: empty, too large, type, extension, pixels, content', async () => {
  const jpeg = await grey(10, 10).toBuffer()
  const svg = '<svg xmlns="http://www.w3.org/2000/svg"/>'
  const large = await sharp({ create: { width: 7101, height: 7101, channels: 3, background: 'white' } })
    .png()
    .toBuffer()
  const cases: [TestPart, string][] = [
    [picture('', 'x.exe'), 'upload.empty'],
    [picture(Buffer.alloc(10 * 1024 * 1024 + 1), 'x.exe'), 'upload.fileTooLarge'],
    [picture(Buffer.alloc(10 * 1024 * 1024), 'x.jpg'), 'upload.typeNotSupported'],
    [picture(tinyPdf, 'x.jpg'), 'upload.typeNotSupported'],
    [picture(svg, 'x.svg'), 'upload.typeNotSupported'],
    [picture(jpeg, 'x.png'), 'upload.extensionMismatch'],
    [picture(jpeg, 'x'), 'upload.extensionMismatch'],
    [{ name: 'image', content: jpeg }, 'upload.extensionMismatch'],
    [picture(large, 'x.jpg'), 'upload.extensionMismatch'],
    [picture(large, 'x.png'), 'upload.tooManyPixels'],
    [picture(jpeg.subarray(0, 200), 'x.jpeg'), 'upload.imageInvalid'],
  ]
  for (const [part, code] of cases) assert.deepEqual(codeOf(await setImage([part])), refused(code), part.fileName ?? '')
  assert.deepEqual(await filesOf('customerImage'), [])
  assert.deepEqual(await events(), [])
})

test('HEIC is a type of its own, refused where nothing can decode it', async () => {
  const heic = Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypheic\0\0\0\0mif1heic'), Buffer.alloc(64)])
  const { body } = await setImage([picture(heic, 'x.heic')])
  assert.equal(body.errorCode, 'errormessage.upload.typeNotSupported')
  assert.deepEqual(body.args.slice(0, 1), ['heic'])
})

test('parts: exactly one is needed, others are passed over, and the address is looked at first', async () => {
  const part = picture(tinyPng, 'x.png')
  assert.deepEqual(codeOf(await setImage([])), refused('validation.required', 'image'))
  assert.deepEqual(codeOf(await setImage([{ ...part, name: 'picture' }])), refused('validation.required', 'image'))
  assert.deepEqual(codeOf(await setImage([part, part])), refused('upload.partDuplicate', 'image'))
  assert.equal((await setImage([{ name: 'note', content: 'hello' }, part])).status, 200)
  const five = ['a', 'b', 'c', 'd'].map((name) => ({ name, content: 'x' }))
  assert.deepEqual(codeOf(await setImage([...five, part])), refused('request.malformed'))
  const unknown = await send('PUT', '/v1/customers/999999999/images', [picture('', 'x.exe')])
  assert.deepEqual(codeOf(unknown), [404, 'errormessage.customer.notFound', undefined])
  const unreadable = await send('PUT', '/v1/customers/999999999/images', [])
  assert.deepEqual(codeOf(unreadable), refused('validation.required', 'image'))
})

test('a body that is no multipart, is broken or too large is refused as such', async () => {
  const path = `/v1/customers/${mara}/images`
  const json = await app.put(path, { image: 'x' })
  assert.deepEqual(codeOf(json), [415, 'errormessage.request.contentType', undefined])
  assert.deepEqual(json.body.args, ['application/json', 'multipart/form-data'])
  const { headers, payload } = formOf([picture(tinyPng, 'x.png')])
  const broken = await app.sendRaw('PUT', path, { headers, payload: payload.subarray(0, payload.length - 20) })
  assert.deepEqual(codeOf(broken), refused('request.malformed'))
  const unbound = await app.sendRaw('PUT', path, { headers: { 'content-type': 'multipart/form-data' }, payload })
  assert.deepEqual(codeOf(unbound), refused('request.malformed'))
  const huge = { name: 'note', content: Buffer.alloc(25 * 1024 * 1024 + 1) }
  const tooLarge = await setImage([huge, picture(tinyPng, 'x.png')])
  assert.deepEqual([tooLarge.status, tooLarge.body.errorCode], [413, 'errormessage.upload.tooLarge'])
  assert.deepEqual(tooLarge.body.args, [25])
})

test('a picture is told once; the same one again changes nothing; a replaced one stays for sixteen minutes', async () => {
  const path = `/v1/customers/${mara}`
  const first = await setImage([picture(await grey(20, 10).toBuffer())])
  assert.deepEqual(await events(), ['CUSTOMER_UPDATED'])
  const again = await setImage([picture(await grey(20, 10).toBuffer(), 'other-name.jpg')])
  assert.equal(again.body.imageUrl, first.body.imageUrl)
  assert.deepEqual(await events(), ['CUSTOMER_UPDATED'])
  assert.equal((await filesOf('customerImage')).length, 1)
  assert.equal((await app.get(path)).body.imageUrl, first.body.imageUrl)

  const second = await setImage([picture(await grey(10, 20).toBuffer())])
  assert.deepEqual(await events(), ['CUSTOMER_UPDATED', 'CUSTOMER_UPDATED'])
  assert.equal((await app.get(path)).body.imageUrl, second.body.imageUrl)
  assert.equal((await fetchFile(first.body.imageUrl)).statusCode, 200)
  const [old, current] = await filesOf('customerImage')
  assert.equal(String(old?.deleteAfter), '2026-06-15T07:16:00Z')
  assert.equal(current?.deleteAfter, null)
})

test('whatever is refused leaves no bytes behind, and nothing stays of an upload but its file', async () => {
  const before = await storedFiles()
  await setImage([picture(tinyPdf, 'x.jpg')])
  await setImage([picture(tinyPng, 'x.png'), picture(tinyPng, 'x.png')])
  await setImage([{ name: 'note', content: Buffer.alloc(26 * 1024 * 1024) }])
  assert.equal(await storedFiles(), before)
  await setImage([picture(tinyPng, 'x.png')])
  assert.equal(await storedFiles(), before + 1)
  await setImage([picture(tinyPng, 'x.png')])
  assert.equal(await storedFiles(), before + 1, 'the same picture is not kept twice')
})

test('an upload under a key has one effect; other contents under it are refused, another boundary is not', async () => {
  const headers = { 'idempotency-key': `upload-${mara}` }
  const first = await fileDocument([document(tinyPdf, 'a.pdf')], '', { headers })
  const before = await storedFiles()
  const again = await fileDocument([document(tinyPdf, 'a.pdf')], '', { headers, boundary: 'another' })
  assert.deepEqual([again.status, again.text], [200, first.text])
  assert.equal(again.headers['idempotency-replayed'], 'true')
  assert.equal(await storedFiles(), before)
  for (const other of [document(`${tinyPdf}%`, 'a.pdf'), document(tinyPdf, 'b.pdf')]) {
    assert.deepEqual(codeOf(await fileDocument([other], '', { headers })), refused('idempotency.mismatch'))
  }
  assert.equal((await filesOf('customerDocument')).length, 1)
})

test('a document is kept byte for byte, under a name without folders, and shown by a link that ends', async () => {
  const name = 'C:\\\\scans\\\\Vertra\u0308ge.PDF'
  const { status, body } = await fileDocument([document(tinyPdf, name)], '?description=%20Member%20contract%20')
  assert.equal(status, 200)
  const one = await app.get(`/v1/customers/${mara}/documents/${body.id}`)
  assert.deepEqual(
    [one.body.id, one.body.fileName, one.body.description],
    [body.id, 'Verträge.PDF'.normalize('NFC'), 'Member contract'],
  )
  const file = await fetchFile(one.body.url)
  assert.ok(file.rawPayload.equals(tinyPdf))
  assert.equal(file.headers['content-type'], 'application/pdf')
  assert.match(String(file.headers['content-disposition']), /^attachment; /)
  assert.deepEqual(await events(), [])
})

test('documents come in the order of their ids, a slice at a time, without internal ones', async () => {
  const ids: number[] = []
  for (const content of ['one', 'two', 'three', 'four']) {
    ids.push((await fileDocument([document(content, `${content}.txt`)])).body.id)
  }
  const [, hidden = 0, , last] = ids
  await app.write((work) => setDocumentInternal(work, hidden, true))
  const path = `/v1/customers/${mara}/documents`
  const slice = (await app.get(`${path}?sliceSize=2`)).body
  assert.deepEqual(
    [slice.result.map(({ fileName }: { fileName: string }) => fileName), slice.hasNext, slice.offset],
    [['one.txt', 'three.txt'], true, '2'],
  )
  const next = (await app.get(`${path}?sliceSize=2&offset=${slice.offset}`)).body
  assert.deepEqual([next.result.map(({ id }: { id: number }) => id), next.hasNext], [[last], false])
  for (const id of [hidden, 999999999]) {
    assert.deepEqual(codeOf(await app.get(`${path}/${id}`)), [404, 'errormessage.document.notFound', undefined])
  }
  const other = await addCustomer(app)
  assert.equal((await app.get(`/v1/customers/${other}/documents/${last}`)).status, 404)
})

test('a deleted document is gone, and so is every link to it', async () => {
  const { body } = await fileDocument([document(tinyPdf, 'a.pdf')])
  const path = `/v1/customers/${mara}/documents/${body.id}`
  const { url } = (await app.get(path)).body
  assert.equal((await fetchFile(url)).statusCode, 200)
  await app.write((work) => deleteDocument(work, body.id))
  assert.equal((await app.get(path)).status, 404)
  assert.equal((await fetchFile(url)).statusCode, 404)
})

test('documents are refused in the order: empty, too large, type, extension; a description has 1000 characters', async () => {
  const text = 'Name;Stadt\r\nMüller;Köln\r\n'
  const cases: [TestPart, string][] = [
    [document('', 'x.exe'), 'upload.empty'],
    [document(Buffer.alloc(20 * 1024 * 1024 + 1), 'x.exe'), 'upload.fileTooLarge'],
    [document(Buffer.from('4d5a90000300000004000000', 'hex'), 'x.pdf'), 'upload.typeNotSupported'],
    [document('<?xml version="1.0"?><a/>', 'x.txt'), 'upload.typeNotSupported'],
    [document(tinyPdf, 'x.txt'), 'upload.extensionMismatch'],
    [document(text, 'x.pdf'), 'upload.extensionMismatch'],
  ]
  for (const [part, code] of cases) {
    assert.deepEqual(codeOf(await fileDocument([part])), refused(code), part.fileName ?? '')
  }
  for (const [content, name] of [
    [text, 'x.csv'],
    [Buffer.from(text, 'latin1'), 'x.TXT'],
    [Buffer.from(`\uFEFF${text}`, 'utf16le'), 'x.csv'],
  ] as const) {
    assert.equal((await fileDocument([document(content, name)])).status, 200, name)
  }
  const long = await fileDocument([document(tinyPdf, 'a.pdf')], `?description=${'x'.repeat(1001)}`)
  assert.deepEqual(codeOf(long), refused('validation.maxLength', 'description'))
})

test('erasing a person ends every link to picture and documents at once', async () => {
  const image = await setImage([picture(tinyPng, 'x.png')])
  const { body } = await fileDocument([document(tinyPdf, 'a.pdf')])
  const { url } = (await app.get(`/v1/customers/${mara}/documents/${body.id}`)).body
  for (const link of [image.body.imageUrl, url]) assert.equal((await fetchFile(link)).statusCode, 200)
  await app.write((work) => eraseCustomer(work, mara))
  for (const link of [image.body.imageUrl, url]) assert.equal((await fetchFile(link)).statusCode, 404)
})

test('over a real connection: what is too large is told before it is sent whole, what is cut off leaves nothing', async () => {
  await app.app.server.listen({ port: 0, host: '127.0.0.1' })
  const { port } = app.app.server.server.address() as AddressInfo
  const address = { host: '127.0.0.1', port, path: `/v1/customers/${mara}/images`, method: 'PUT' }
  const { headers, payload } = formOf([{ name: 'note', content: Buffer.alloc(60 * 1024 * 1024) }])
  const told = { ...headers, 'x-api-key': app.berlin.key }
  for (const length of [{ 'content-length': String(payload.length) }, { 'transfer-encoding': 'chunked' }]) {
    const request = httpRequest({ ...address, headers: { ...told, ...length } })
    request.on('error', () => {})
    request.end(payload)
    const [answer] = (await once(request, 'response')) as [IncomingMessage]
    assert.equal(answer.statusCode, 413, JSON.stringify(length))
    answer.resume()
  }
  const before = await storedFiles()
  const whole = formOf([picture(await grey(900, 900).toBuffer())])
  const cut = httpRequest({ ...address, headers: { ...told, ...whole.headers, 'transfer-encoding': 'chunked' } })
  cut.on('error', () => {})
  cut.write(whole.payload.subarray(0, whole.payload.length - 500))
  await sleep(200)
  cut.destroy()
  await sleep(200)
  assert.equal(await storedFiles(), before)
})

test('E17: a link works for fifteen minutes to the millisecond', async () => {
  const { body } = await fileDocument([document(tinyPdf, 'a.pdf')])
  await app.travelTo('2026-06-15T10:00:00.000Z')
  const { url } = (await app.get(`/v1/customers/${mara}/documents/${body.id}`)).body
  await app.travelTo('2026-06-15T10:14:59.999Z')
  assert.equal((await fetchFile(url)).statusCode, 200)
  await app.travelTo('2026-06-15T10:15:00.000Z')
  assert.equal((await fetchFile(url)).statusCode, 403)
})
