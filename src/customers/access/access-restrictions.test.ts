import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { openTestApp, type TestApp } from '../../../test/support/app.ts'
import { addCustomer } from '../../../test/support/scenes/customers.ts'
import { listEvents } from '../../../test/support/records.ts'
import { changeRestriction, liftRestriction, restrictAccess } from './access-restrictions.ts'
import { listRestrictions } from './restriction-store.ts'

let app: TestApp
let edgar: number
let path: string
before(async () => void (app = await openTestApp({ now: '2026-03-20T12:00:00Z' })))
after(() => app.close())
beforeEach(async () => {
  edgar = await addCustomer(app)
  path = `/v1/customers/${edgar}/access-restrictions`
})

const readCode = ({ status, body }: { status: number; body: any }) => `${status} ${body?.errorCode?.split('.').at(-1)}`
const customer = async () => (await app.get(`/v1/customers/${edgar}`)).body
const typesSince = async (known: number) => (await listEvents(app)).slice(known).map(({ type }) => type)
const countEvents = async () => (await listEvents(app)).length
const day = (text: string) => Temporal.PlainDate.from(text)
const ban = (reason = 'Ban') =>
  app.write((work) => restrictAccess(work, { customerId: edgar, source: 'STAFF', reason }))

test('a ban over the change of the clocks counts for exactly 71 hours', async () => {
  const wish = { reason: 'Broke a mirror', startDate: '2026-03-29', endDate: '2026-03-31' }
  const { status, body } = await app.put(path, wish)
  assert.deepEqual([status, body], [200, wish])
  const refused = async (at: string) => {
    await app.travelTo(at)
    return (await customer()).accessRefusal
  }
  assert.equal(await refused('2026-03-28T22:59:59.999Z'), false)
  assert.equal(await refused('2026-03-28T23:00:00Z'), true)
  assert.equal(await refused('2026-03-31T21:59:59.999Z'), true)
  assert.equal(await refused('2026-03-31T22:00:00Z'), false)
})

test('the ban of the staff outlives the integration’s own', async () => {
  await ban()
  await app.put(path, { reason: 'Ours' })
  const removed = await app.delete(path)
  assert.deepEqual([removed.status, removed.text], [200, ''])
  assert.equal((await customer()).accessRefusal, true)
  assert.equal(readCode(await app.delete(path)), '404 notFound')
})

test('a second call replaces all of the ban; the same again is no change', async () => {
  const known = await countEvents()
  await app.put(path, { reason: 'First', startDate: '2026-05-01', endDate: '2026-05-31' })
  const second = await app.put(path, { reason: '  Second ' })
  assert.deepEqual(second.body, { reason: 'Second' })
  await app.put(path, { reason: 'Second' })
  assert.deepEqual((await customer()).accessRestrictions, [{ reason: 'Second' }])
  await app.delete(path)
  assert.deepEqual(await typesSince(known), [
    'CUSTOMER_ACCESS_RESTRICTION_CREATED',
    'CUSTOMER_UPDATED',
    'CUSTOMER_ACCESS_RESTRICTION_DELETED',
  ])
})

test('dates come in pairs and in order, and the reason is a text', async () => {
  assert.equal(readCode(await app.put(path, { reason: ' ' })), '400 required')
  assert.equal(readCode(await app.put(path, {})), '400 required')
  assert.equal(readCode(await app.put(path, { reason: 'x'.repeat(501) })), '400 maxLength')
  assert.equal((await app.put(path, { reason: 'x'.repeat(500) })).status, 200)
  assert.equal(readCode(await app.put(path, { reason: 'x', startDate: '2026-05-01' })), '400 datesIncomplete')
  assert.equal(readCode(await app.put(path, { reason: 'x', endDate: '2026-05-01' })), '400 datesIncomplete')
  const turned = { reason: 'x', startDate: '2026-05-02', endDate: '2026-05-01' }
  assert.equal(readCode(await app.put(path, turned)), '400 endBeforeStart')
  const past = { reason: 'x', startDate: '2020-05-01', endDate: '2020-05-01' }
  assert.equal((await app.put(path, past)).status, 200)
  assert.equal((await customer()).accessRefusal, false)
})

test('an integration has one ban, and never touches one of the staff', async () => {
  const staffs = await ban('By staff')
  for (const reason of ['a', 'b', 'c']) await app.put(path, { reason })
  const rows = await app.read(({ db }) => listRestrictions(db, edgar))
  assert.deepEqual(
    rows.map(({ source, reason }) => [source, reason]),
    [
      ['STAFF', 'By staff'],
      ['INTEGRATION', 'c'],
    ],
  )
  assert.equal(rows[0]?.id, staffs)
  assert.equal(readCode(await app.put(path, { reason: 'x' }, { as: app.hamburg })), '404 notFound')
  assert.equal(readCode(await app.delete(path, { as: app.hamburg })), '404 notFound')
})

test('staff change and end their bans, and partners receive one event', async () => {
  const id = await ban()
  const known = await countEvents()
  const change = (changes: Parameters<typeof changeRestriction>[2]) =>
    app.write((work) => changeRestriction(work, id, changes))
  await change({ startDate: day('2026-04-01'), endDate: day('2026-04-10') })
  await change({ reason: 'Ban' })
  assert.deepEqual((await customer()).accessRestrictions, [
    { reason: 'Ban', startDate: '2026-04-01', endDate: '2026-04-10' },
  ])
  await assert.rejects(change({ endDate: day('2026-03-31') }), {
    code: 'errormessage.accessRestriction.endBeforeStart',
  })
  await app.write((work) => liftRestriction(work, id))
  assert.deepEqual(await typesSince(known), ['CUSTOMER_UPDATED', 'CUSTOMER_ACCESS_RESTRICTION_DELETED'])
  await app.put(path, { reason: 'Ours' })
  const [own] = await app.read(({ db }) => listRestrictions(db, edgar))
  await assert.rejects(
    app.write((work) => changeRestriction(work, own?.id ?? 0, { reason: 'x' })),
    { status: 404 },
  )
})
