import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import sharp from 'sharp'
import { type DemoApp, openDemoApp } from '../../../test/support/demo-app.ts'
import { makeForm, tinyPng } from '../../../test/support/multipart.ts'

let app: DemoApp
before(async () => {
  app = await openDemoApp()
})
after(() => app.close())

const fetchFile = async (url: string) => {
  const answer = await app.app.server.inject({ method: 'GET', url: url.replace(/^https?:\/\/[^/]+/, '') })
  assert.equal(answer.statusCode, 200)
  return answer.rawPayload
}

test('Edgar and Anna have pictures', async () => {
  const edgar = (await app.get('/v1/customers/1001')).body
  const anna = (await app.get('/v1/employees/101')).body
  for (const url of [edgar.imageUrl, anna.employeeImageUrl]) {
    assert.equal((await sharp(await fetchFile(url)).metadata()).format, 'jpeg')
  }
})

test('Edgar has two documents that open', async () => {
  const { body } = await app.get('/v1/customers/1001/documents')
  assert.deepEqual(
    body.result.map(({ id, fileName }: { id: number; fileName: string }) => [id, fileName]),
    [
      [7201, 'membership-contract.pdf'],
      [7202, 'house-rules.txt'],
    ],
  )
  const one = (await app.get('/v1/customers/1001/documents/7201')).body
  assert.match((await fetchFile(one.url)).toString(), /^%PDF-1.4[^]*%%EOF\n$/)
})

test('a picture and a document are uploaded as curl -F sends them', async () => {
  const image = makeForm([{ name: 'image', fileName: 'me.png', content: tinyPng, type: 'image/png' }])
  assert.ok((await app.sendRaw('PUT', '/v1/customers/1002/images', image)).body.imageUrl)
  const note = makeForm([{ name: 'file', fileName: 'note.txt', content: 'Prefers mornings.', type: 'text/plain' }])
  const { body } = await app.sendRaw('POST', '/v1/customers/1002/documents?description=Note', note)
  assert.equal((await app.get(`/v1/customers/1002/documents/${body.id}`)).body.description, 'Note')
})
