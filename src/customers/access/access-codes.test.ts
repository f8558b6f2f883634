import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { eq } from 'drizzle-orm'
import { openTestApp, type TestApp } from '../../../test/support/app.ts'
import { addCustomer } from '../../../test/support/scenes/customers.ts'
import { listEvents } from '../../../test/support/records.ts'
import { rotateAccessSecret, updateStudio } from '../../studios/index.ts'
import { identifyCustomer } from './identification.ts'
import { invalidateAccessCodes } from './access-codes.ts'
import { restrictAccess } from './access-restrictions.ts'
import { customers } from '../customer-table.ts'

const uuid = '7be3932c-825b-4401-abff-29e9f9410bc7'
const path = '/v1/customers/1001/access-code'
let app: TestApp

before(async () => {
  app = await openTestApp({ now: '2026-03-02T08:00:10Z' })
  await addCustomer(app, {}, { id: 1001 })
  await app.write(({ tx }) =>
    tx
      .update(customers)
      .set({ uuid, accessCodeVersion: 1, customerNumber: '1-12345', staticAccessNumber: '000000001001' })
      .where(eq(customers.id, 1001)),
  )
})
after(() => app.close())

const set = (changes: Parameters<typeof updateStudio>[2]) => app.write((work) => updateStudio(work, 123, changes))
const whoIs = (value: string) =>
  app.read(async ({ db, now }) => {
    const at = { tenantId: 1, studioId: 124, now, secrets: app.platform.secrets }
    return (await identifyCustomer(db, { type: 'QR_CODE', value }, at))?.customerId
  })

test('the app gets the code of the moment, also for a customer who is kept out', async () => {
  await app.write((work) => restrictAccess(work, { customerId: 1001, source: 'STAFF', reason: 'Ban' }))
  const first = await app.get(path)
  assert.deepEqual(first.body, {
    format: 'QR_CODE',
    content: '5882080200000001001',
    expiresAt: '2026-03-02T08:01:00Z',
  })
  await app.travelTo('2026-03-02T08:00:40Z')
  assert.equal((await app.get(path)).body.content, '3895523300000001001')
  assert.equal(await whoIs(first.body.content), 1001)
  await app.travelTo('2026-03-02T08:01:00Z')
  assert.equal(await whoIs(first.body.content), undefined)
})

test('staff make the codes in hand invalid, and partners receive no event', async () => {
  const { body } = await app.get(path)
  const known = (await listEvents(app)).length
  await app.write((work) => invalidateAccessCodes(work, 1001))
  assert.equal(await whoIs(body.content), undefined)
  assert.equal(await whoIs((await app.get(path)).body.content), 1001)
  assert.equal((await listEvents(app)).length, known)
})

test('a studio with lasting codes gives out JSON or the access number, without an end', async () => {
  await set({ accessCodeMode: 'STATIC_ONLY' })
  const { body } = await app.get(path)
  assert.deepEqual(Object.keys(body).sort(), ['content', 'format'])
  assert.equal(body.content, `{"uuid":"${uuid}","customer_number":"1-12345","tenant":"demo"}`)
  assert.equal(await whoIs(body.content), 1001)
  await set({ accessCodeFormat: 'NUMBER' })
  assert.deepEqual((await app.get(path)).body, { format: 'QR_CODE', content: '000000001001' })
  await set({ accessCodeMode: 'DYNAMIC_ONLY' })
  assert.match((await app.get(path)).body.content, /^\d{9}0000001001$/)
  await set({ accessCodeMode: 'MIXED', accessCodeFormat: 'JSON' })
})

test('a studio without access codes refuses, and strangers do not exist', async () => {
  await set({ accessCodeEnabled: false })
  const off = await app.get(path)
  assert.deepEqual([off.status, off.body.errorCode], [400, 'errormessage.accessCode.disabled'])
  await set({ accessCodeEnabled: true })
  const elsewhere = await app.get(path, { as: app.hamburg })
  assert.deepEqual([elsewhere.status, elsewhere.body.errorCode], [404, 'errormessage.customer.notFound'])
})

test('a new secret makes new codes, and the old ones count for a minute', async () => {
  await app.travelTo('2026-03-02T09:00:10Z')
  const { body: old } = await app.get(path)
  await app.write((work) => rotateAccessSecret(work, app.platform.secrets))
  const { body: fresh } = await app.get(path)
  assert.notEqual(fresh.content, old.content)
  assert.deepEqual([await whoIs(old.content), await whoIs(fresh.content)], [1001, 1001])
  await app.write((work) => rotateAccessSecret(work, app.platform.secrets))
  assert.equal(await whoIs(old.content), undefined, 'one old secret counts, not two')
  assert.equal(await whoIs(fresh.content), 1001)
})
