import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { eq } from 'drizzle-orm'
import { openTestApp, type TestApp } from '../../test/support/app.ts'
import { insertClass, insertEmployee } from '../../test/support/scenes/booking-world.ts'
import { classScene } from '../../test/support/scenes/class-scene.ts'
import { feedScene } from '../../test/support/scenes/feed-scene.ts'
import { listAudit } from '../../test/support/records.ts'
import { revealDeps } from '../../test/support/scenes/reveal-scene.ts'
import { asSuperuser } from '../../test/support/row-hashes.ts'
import { eraseCustomer } from '../privacy/index.ts'
import { bookings } from '../bookings/tables.ts'
import { customerIntegrationBlocks } from '../customers/tables.ts'
import { assignEmployee, deleteEmployee } from '../employees/index.ts'
import {
  approveActivation,
  createIntegration,
  endActivation,
  requestActivation,
  resumeActivation,
  setActivationScopes,
  suspendActivation,
} from '../integrations/index.ts'
import { studios, tenants } from '../studios/tables.ts'
import { updateClass } from '../classes/index.ts'
import { calendarFeeds } from './tables.ts'

// Links: who makes them, who may follow them, and when they end.

let app: TestApp
let scene: ReturnType<typeof classScene>
let feeds: ReturnType<typeof feedScene>
before(async () => {
  app = await openTestApp()
  scene = classScene(app)
  feeds = feedScene(app)
})
after(() => app.close())

const newClassFeed = async () => feeds.make(`classes/${(await scene.arrange()).classId}`)
const newBooking = async (customerId?: number) => {
  const { classSlotId } = await scene.arrange()
  return scene.mustBook(customerId ?? (await scene.customer()), classSlotId)
}
const listed = async (as = app.berlin, query = '') =>
  (await app.get(`/ext/v1/calendar-feeds${query}`, { as })).body as {
    result: { id: number }[]
    hasNext: boolean
    offset: string
  }

test('a link is shown once, kept as a hash only, and listed without its address', async () => {
  const { classId } = await scene.arrange()
  const { status, body } = await app.post(`/ext/v1/classes/${classId}/calendar-feeds`)
  assert.equal(status, 200)
  const { url, ...feed } = body
  assert.match(url, /^http:\/\/localhost:8080\/feeds\/[\w-]{43}\.ics$/)
  assert.deepEqual(feed, {
    id: feed.id,
    kind: 'CLASS',
    classId,
    createdAt: '2026-06-15T09:00:00.000+02:00',
  })
  const { result } = await listed()
  assert.deepEqual(
    result.find(({ id }) => id === feed.id),
    feed,
  )
  const token = url.slice(-47, -4)
  const [row] = await app.read(({ db }) => db.select().from(calendarFeeds).where(eq(calendarFeeds.id, feed.id)))
  assert.deepEqual(row?.tokenHash, app.platform.secrets.hash('feed-token', token))
  const audited = (await listAudit(app)).filter(({ entityId }) => entityId === feed.id)
  assert.deepEqual(
    audited.map(({ action, entityKind, studioId, diff }) => [action, entityKind, studioId, diff]),
    [['calendarFeed.created', 'calendarFeed', 123, { classId: [null, classId] }]],
  )
})

test('the list goes from slice to slice by id', async () => {
  for (let made = 0; made < 12; made++) await newClassFeed()
  const first = await listed(app.berlin, '?sliceSize=10')
  assert.deepEqual([first.result.length, first.hasNext, first.offset], [10, true, String(first.result[9]?.id)])
  const second = await listed(app.berlin, `?sliceSize=10&offset=${first.offset}`)
  assert.ok((second.result[0]?.id ?? 0) > (first.result[9]?.id ?? 0))
})

test('a repeated call with the same key gets the same address, which nobody can read in the database meanwhile', async () => {
  const { classId } = await scene.arrange()
  const path = `/ext/v1/classes/${classId}/calendar-feeds`
  const make = () => app.post(path, undefined, { headers: { 'idempotency-key': 'calendar-1' } })
  const [first, again] = [await make(), await make()]
  assert.deepEqual([again.status, again.text, again.headers['idempotency-replayed']], [200, first.text, 'true'])
  const token = first.body.url.slice(-47, -4)
  const { rows } = await asSuperuser(app.url, (client) =>
    client.query(`select convert_from(body, 'UTF8') as text from idempotency_records where idem_key = 'calendar-1'`),
  )
  assert.equal(rows.length, 1)
  assert.ok(!rows[0].text.includes(token) && !rows[0].text.includes('feeds'))
  assert.equal((await listed(app.berlin, '?sliceSize=100')).result.filter(({ id }) => id === first.body.id).length, 1)
})

test('a revoked link is unknown at once, and the audit log knows who revoked it', async () => {
  const [feed, other] = [await newClassFeed(), await newClassFeed()]
  const revoke = () => app.delete(`/ext/v1/calendar-feeds/${feed.id}`)
  assert.equal((await revoke()).status, 200)
  assert.deepEqual([await feeds.fetchStatus(feed), await feeds.fetchStatus(other)], [404, 200])
  const again = await revoke()
  assert.deepEqual([again.status, again.body.errorCode], [404, 'errormessage.calendarFeed.notFound'])
  const audited = (await listAudit(app)).filter(({ entityId }) => entityId === feed.id)
  assert.deepEqual(
    audited.map(({ action, actorKind, studioId }) => [action, actorKind, studioId]),
    [
      ['calendarFeed.created', 'API_KEY', 123],
      ['calendarFeed.revoked', 'API_KEY', 123],
    ],
  )
})

test('the key of another studio or tenant neither lists nor revokes a link, nor makes one of what is not its own', async () => {
  const { classId, classSlotId } = await scene.arrange()
  const employeeId = await app.write((work) => insertEmployee(work, app.berlin))
  const bookingId = await scene.mustBook(await scene.customer(), classSlotId)
  const feed = await feeds.make(`classes/${classId}`)
  for (const as of [app.hamburg, app.stranger]) {
    assert.deepEqual((await listed(as)).result, [])
    assert.equal((await app.delete(`/ext/v1/calendar-feeds/${feed.id}`, { as })).status, 404)
    for (const thing of [`classes/${classId}`, `employees/${employeeId}`, `bookings/${bookingId}`]) {
      assert.equal((await app.post(`/ext/v1/${thing}/calendar-feeds`, undefined, { as })).status, 404, thing)
    }
  }
  assert.equal(await feeds.fetchStatus(feed), 200)
})

test('another integration in the same studio neither lists nor revokes a link', async () => {
  const feed = await newClassFeed()
  const { key } = await app.write(async (work) => {
    const product = { name: 'Other App', requestedScopes: ['CLASSES_READ'], webhookAccess: false, contactEmail: null }
    const integrationId = await createIntegration(work, product)
    const activationId = await requestActivation(work, { integrationId, studioId: app.berlin.studioId })
    return (await approveActivation(work, activationId, revealDeps(app))).inbound
  })
  const as = { ...app.berlin, key }
  assert.deepEqual((await listed(as)).result, [])
  assert.equal((await app.delete(`/ext/v1/calendar-feeds/${feed.id}`, { as })).status, 404)
  assert.equal(await feeds.fetchStatus(feed), 200)
})

test('a link leads into its own tenant, and nobody else sees its row', async () => {
  const { classId } = await app.write((work) => insertClass(work, app.stranger, { title: 'Stranger' }), app.stranger)
  const feed = await feeds.make(`classes/${classId}`, app.stranger)
  const { properties } = await feeds.read(feed)
  assert.equal(properties['NAME'], 'Stranger · Other')
  const rows = await app.read(({ db }) => db.select().from(calendarFeeds).where(eq(calendarFeeds.id, feed.id)))
  assert.deepEqual(rows, [])
  await app.write(({ tx }) => tx.update(tenants).set({ status: 'SUSPENDED' }), app.stranger)
  assert.equal(await feeds.fetchStatus(feed), 404)
})

test('links rest with their activation, and end with it', async () => {
  const feed = await newClassFeed()
  const { activationId, studioId } = app.berlin
  const change = (step: typeof suspendActivation) => app.write((work) => step(work, activationId))
  await change(suspendActivation)
  assert.equal(await feeds.fetchStatus(feed), 404)
  await change(resumeActivation)
  assert.equal(await feeds.fetchStatus(feed), 200)
  const close = (status: 'ACTIVE' | 'CLOSED') =>
    app.write(({ tx }) => tx.update(studios).set({ status }).where(eq(studios.id, studioId)))
  await close('CLOSED')
  assert.equal(await feeds.fetchStatus(feed), 404)
  await close('ACTIVE')
  await using other = await openTestApp()
  const ending = feedScene(other)
  const { classId } = await classScene(other).arrange()
  const last = await ending.make(`classes/${classId}`)
  await other.write((work) => endActivation(work, activationId, other.platform.real.now()))
  assert.equal(await ending.fetchStatus(last), 404)
})

test('a link to what is not on show, or to an instructor who has left, shows nothing', async () => {
  const { classId } = await scene.arrange()
  const employeeId = await app.write((work) => insertEmployee(work, app.berlin))
  const moverId = await app.write((work) => insertEmployee(work, app.berlin))
  const [ofClass, ofPerson, ofMover] = [
    await feeds.make(`classes/${classId}`),
    await feeds.make(`employees/${employeeId}`),
    await feeds.make(`employees/${moverId}`),
  ]
  await app.write((work) => updateClass(work, classId, { onlineVisible: false }))
  await app.write((work) => deleteEmployee(work, employeeId))
  await app.write((work) => assignEmployee(work, moverId, [app.hamburg.studioId]))
  for (const feed of [ofClass, ofPerson, ofMover]) assert.equal(await feeds.fetchStatus(feed), 404)
})

test('a key makes links of what it may read', async () => {
  await using other = await openTestApp()
  const { berlin } = other
  const { classId, classSlotId } = await classScene(other).arrange()
  const [employeeId, customerId] = [
    await other.write((work) => insertEmployee(work, berlin)),
    await classScene(other).customer(),
  ]
  const start = Temporal.Instant.from('2026-06-17T18:00+02:00')
  const [row] = await other.write(({ tx, now }) =>
    tx
      .insert(bookings)
      .values({
        studioId: berlin.studioId,
        kind: 'CLASS',
        customerId,
        classSlotId,
        status: 'BOOKED',
        channel: 'API',
        during: { from: start, until: start.add({ minutes: 45 }) },
        createdAt: now,
        updatedAt: now,
      })
      .returning({ id: bookings.id }),
  )
  await other.write((work) => setActivationScopes(work, berlin.activationId, ['APPOINTMENTS_READ']))
  const things = [`classes/${classId}`, `bookings/${row?.id}`, `employees/${employeeId}`]
  const statuses = things.map(async (thing) => (await other.post(`/ext/v1/${thing}/calendar-feeds`)).status)
  assert.deepEqual(await Promise.all(statuses), [403, 404, 200])
})

test('a customer who withdraws from the integration withdraws from its links', async () => {
  const customerId = await scene.customer()
  const bookingId = await newBooking(customerId)
  const feed = await feeds.make(`bookings/${bookingId}`)
  assert.equal(await feeds.fetchStatus(feed), 200)
  const { integrationId } = app.berlin
  await app.write(({ tx, now }) =>
    tx.insert(customerIntegrationBlocks).values({ customerId, integrationId, since: now, createdAt: now }),
  )
  assert.equal(await feeds.fetchStatus(feed), 404)
  assert.equal((await app.post(`/ext/v1/bookings/${bookingId}/calendar-feeds`)).status, 404)
})

test('erasing a person ends the links to his or her bookings, and leaves those of others', async () => {
  const [leaver, stayer] = [await scene.customer(), await scene.customer()]
  const [gone, kept] = [
    await feeds.make(`bookings/${await newBooking(leaver)}`),
    await feeds.make(`bookings/${await newBooking(stayer)}`),
  ]
  await app.write((work) => eraseCustomer(work, leaver))
  assert.deepEqual([await feeds.fetchStatus(gone), await feeds.fetchStatus(kept)], [404, 200])
  const rows = await app.read(({ db }) => db.select().from(calendarFeeds).where(eq(calendarFeeds.id, gone.id)))
  assert.deepEqual(rows, [])
})
