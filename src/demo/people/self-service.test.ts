import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type DemoApp, openDemoApp } from '../../../test/support/demo-app.ts'

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

test('her conversation with the studio goes on, and she reads the newsletter', async () => {
  const threads = (await app.get('/ext/v1/communications/1011/threads')).body.result
  assert.deepEqual([threads[0].threadId, threads[0].communicationThreadStatus], [5101, 'ONGOING'])
  assert.equal((await app.get('/ext/v1/communications/1011/threads/5101')).body.communications.length, 3)
  const { body } = await app.get('/v1/communications/1011/communication-preferences')
  assert.ok(body[3].channels.some((each: { active: boolean }) => each.active))
})
