import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type DemoApp, openDemoApp } from '../../../test/support/demo-app.ts'

let app: DemoApp
before(async () => void (app = await openDemoApp()))
after(() => app.close())

test('Edgar’s app gets a code that ends', async () => {
  const { body, text } = await app.get('/v1/customers/1001/access-code')
  assert.match(body.content, /^\d{9}0000001001$/, text)
  assert.match(body.expiresAt, /^\d{4}-\d\d-\d\dT\d\d:\d\d:[03]0Z$/)
})

test('Edgar has a medium of the partner, which can be changed, and media of the staff, which cannot', async () => {
  const path = '/v1/customers/1001/access-mediums'
  assert.equal((await app.put(`${path}/7004`, { value: 'wallet-1001-b' })).status, 200)
  assert.equal((await app.put(`${path}/7001`, { value: '1290158200' })).status, 403)
  const { body } = await app.post(path, { type: 'BARCODE', value: 'DEMO-1001' })
  assert.equal((await app.delete(`${path}/${body.id}`)).status, 200)
})

test('a partner bans and pardons, whatever the staff do', async () => {
  const path = '/v1/customers/1001/access-restrictions'
  const wish = { reason: 'Destroyed equipment', startDate: '2024-01-01', endDate: '2024-06-30' }
  assert.deepEqual((await app.put(path, wish)).body, wish)
  assert.equal((await app.delete(path)).status, 200)
  assert.equal((await app.delete('/v1/customers/1004/access-restrictions')).status, 200)
})

test('the scale knows Edgar by his card, and keeps what it measures', async () => {
  const { body } = await app.get('/v1/customers/measurement/latest?cardNumber=1290158199')
  assert.deepEqual([body.id, body.firstName, body.height], [1001, 'Edgar', 180.2])
  const weighed = await app.post('/v1/customers/1001/weighing', { rawResults: 'demo', weight: 82.5 })
  assert.equal(weighed.body.weight, 82.5, weighed.text)
})
