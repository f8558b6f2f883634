import { test } from 'node:test'
import assert from 'node:assert/strict'
import pg from 'pg'
import { putFile } from '../platform/files/files.ts'
import { openDemoApp } from '../../test/support/demo-app.ts'
import { unzip } from '../../test/support/unzip.ts'

test('a person gets everything that is stored, sealed values in clear, as a ZIP behind a link of fifteen minutes', async () => {
  await using app = await openDemoApp()
  const headers = { 'idempotency-key': 'of-this-partner' }
  assert.equal((await app.post('/ext/v1/customers/1001/erasure-request', undefined, { headers })).status, 200)
  const { status, body } = await app.get('/ext/v1/customers/1001/data-export')
  assert.equal(status, 200)
  assert.equal(body.expiresAt, '2026-06-15T09:15:00.000+02:00')
  const path = body.url.replace(/^https?:\/\/[^/]+/, '')
  const answer = await app.app.server.inject({ method: 'GET', url: path })
  assert.deepEqual([answer.statusCode, answer.headers['content-type']], [200, 'application/zip'])
  const entries = unzip(answer.rawPayload)
  const { customerId, data } = JSON.parse(String(entries.get('data.json')))
  assert.equal(customerId, 1001)
  assert.equal(data.customers[0].last_name, 'Bullock')
  assert.equal(data.privacy_requests.length, 1)
  assert.equal(data.idempotency_records, undefined, 'answers kept for one partner are copies')
  assert.ok(data.access_mediums.some((medium: { type: string; value?: string }) => medium.value === '12378'))
  assert.equal((await app.get('/ext/v1/customers/1006/data-export')).status, 404)
  await app.travelTo('2026-06-15T09:15:00+02:00')
  assert.equal((await app.app.server.inject({ method: 'GET', url: path })).statusCode, 403)
})

test('an export with files that are damaged, missing or empty comes to its end and names them; the others are in it', async () => {
  await using app = await openDemoApp()
  const caller = { actor: { kind: 'CLI', id: null }, tenantId: app.berlin.tenantId, traceId: '1'.repeat(32) } as const
  const deps = { storage: app.platform.files, units: app.platform.units }
  const put = async (originalName: string) => {
    const description = { mime: 'text/plain', originalName, ownerKind: 'customerDocument', ownerId: 1001 } as const
    return (await putFile(deps, caller, Buffer.from(`the bytes of ${originalName}`), description)).fileId
  }
  const ids = {
    whole: await put('whole.txt'),
    torn: await put('torn.txt'),
    gone: await put('gone.txt'),
    other: await put('other.txt'),
  }
  const admin = new pg.Client({ connectionString: app.url })
  await admin.connect()
  const change = (id: number, content: string) =>
    admin.query(`update files set content = ${content} where id = $1`, [id])
  await change(ids.torn, 'substring(content for 3)')
  await change(ids.gone, 'null')
  await change(ids.other, `convert_to('the bytes of OTHER.txt', 'UTF8')`)
  await admin.end()
  const { status, body } = await app.get('/ext/v1/customers/1001/data-export')
  assert.equal(status, 200)
  const path = body.url.replace(/^https?:\/\/[^/]+/, '')
  const entries = unzip((await app.app.server.inject({ method: 'GET', url: path })).rawPayload)
  assert.equal(String(entries.get(`files/${ids.whole}-whole.txt`)), 'the bytes of whole.txt')
  assert.deepEqual(JSON.parse(String(entries.get('damaged-files.json'))), [
    { fileId: ids.torn, originalName: 'torn.txt', damage: 'WRONG_SIZE' },
    { fileId: ids.gone, originalName: 'gone.txt', damage: 'MISSING' },
    { fileId: ids.other, originalName: 'other.txt', damage: 'WRONG_HASH' },
  ])
  const named = [...entries.keys()].filter((name) => name.startsWith('files/'))
  assert.ok(!named.some((name) => /torn|gone|other/.test(name)), named.join())
})
