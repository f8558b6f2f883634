import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type DemoApp, openDemoApp } from '../../test/support/demo-app.ts'

let app: DemoApp
before(async () => {
  app = await openDemoApp()
})
after(() => app.close())

const own = '/v1/customers/1011/self-service'

test('Mia waits for her new address, and may take the wish back', async () => {
  const { body } = await app.get(`${own}/address-data`)
  assert.equal(body.amendmentConfigurationStatus, 'CHANGES_REQUIRE_VERIFICATION')
  assert.deepEqual([body.pendingAmendment.id, body.pendingAmendment.street], [5011, 'Seestr.'])
  assert.equal((await app.get(`${own}/contact-data`)).body.email, 'mia@example.com')
  assert.equal((await app.get('/v1/customers/1001/self-service/master-data')).body.dateOfBirth, '1952-05-04')
  assert.equal((await app.get('/ext/v1/customers/1011/amendments')).body.result[0].status, 'PENDING')
})
