import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'drizzle-orm'
import { openTestApp, type TestApp } from '../../test/support/app.ts'
import { listAudit, listEvents } from '../../test/support/records.ts'
import { asSuperuser } from '../../test/support/row-hashes.ts'
import type { UnitOfWork } from '../platform/units/work.ts'
import { createTag } from './tags.ts'
import { saveOpeningHours } from './opening-hours.ts'
import { updateStudio } from './studios.ts'

const studio = 123
const time = (text: string) => Temporal.PlainTime.from(text)
const local = (text: string) => Temporal.PlainDateTime.from(text)
let app: TestApp

before(async () => {
  app = await openTestApp()
  await app.write(async (work) => {
    for (const name of ['Sauna', '24h', 'Ämter', 'Zebra']) await createTag(work, { name })
  })
})
after(() => app.close())

test('a confirmation counts once, also when two arrive together', async () => {
  const path = '/v1/studios/confirmActivation'
  const answers = await Promise.all([app.post(path), app.post(path)])
  assert.deepEqual(
    answers.map(({ status, text }) => [status, text]),
    [
      [200, ''],
      [200, ''],
    ],
  )
  assert.equal((await app.post(path)).status, 200)
  const lines = await listAudit(app)
  assert.equal(lines.filter(({ action }) => action === 'activation.confirmed').length, 1)
  const { body } = await app.get('/ext/v1/me')
  assert.equal(body.activation.confirmedAt, '2026-06-15T09:00:00.000+02:00')
  assert.equal(body.webhooks.enabledAt, body.activation.confirmedAt)
})

test('without webhook access a confirmation is recorded and nothing else', async () => {
  await using other = await openTestApp()
  await asSuperuser(other.url, (client) => client.query('update integrations set webhook_access = false'))
  assert.equal((await other.post('/v1/studios/confirmActivation')).status, 200)
  const { body } = await other.get('/ext/v1/me')
  assert.equal(body.activation.confirmedAt, '2026-06-15T09:00:00.000+02:00')
  assert.deepEqual(body.webhooks, { access: false })
  assert.deepEqual(await listEvents(other), [])
})

test('the self-description names studio, clock and limits', async () => {
  const { body } = await app.get('/ext/v1/me')
  assert.deepEqual(body.studio, { id: 123, name: 'Berlin', zone: 'Europe/Berlin', currency: 'EUR' })
  assert.deepEqual(body.clock, { mode: 'FROZEN', now: '2026-06-15T09:00:00.000+02:00' })
  assert.equal(body.rateLimits.default, 1000)
  assert.deepEqual(
    body.scopes,
    body.scopes.toSorted((a: string, b: string) => (a < b ? -1 : 1)),
  )
})

test('opening hours come sorted by day and time, and a save sends one event', async () => {
  const known = (await listEvents(app)).length
  await app.write((work) =>
    saveOpeningHours(work, studio, {
      hours: [
        { kind: 'INTERNAL', dayFrom: 'SATURDAY', dayTo: 'SUNDAY', timeFrom: time('08:00'), timeTo: time('00:00') },
        { kind: 'INTERNAL', dayFrom: 'MONDAY', dayTo: 'FRIDAY', timeFrom: time('14:00'), timeTo: time('22:00') },
        { kind: 'INTERNAL', dayFrom: 'MONDAY', dayTo: 'FRIDAY', timeFrom: time('06:30'), timeTo: time('12:00') },
        { kind: 'PUBLIC', dayFrom: 'MONDAY', dayTo: 'SUNDAY', timeFrom: time('06:00'), timeTo: time('23:00') },
      ],
      closings: [
        { reason: 'Over', fromLocal: local('2026-06-14T00:00'), toLocal: local('2026-06-15T09:00') },
        { reason: 'Now', fromLocal: local('2026-06-15T08:00'), toLocal: local('2026-06-15T09:01') },
        { reason: 'Next year', fromLocal: local('2027-06-15T09:00'), toLocal: local('2027-06-16T00:00') },
      ],
      categories: [
        {
          name: 'Mornings',
          times: [
            { day: 'TUESDAY', timeFrom: time('06:00'), timeTo: time('11:00') },
            { day: 'MONDAY', timeFrom: time('06:00'), timeTo: time('11:00') },
          ],
        },
        { name: 'Never', times: [] },
      ],
    }),
  )
  const { body } = await app.get('/v1/studios/information')
  assert.deepEqual(
    body.openingHours.map((row: any) => [row.dayOfWeekFrom, row.timeFrom, row.timeTo]),
    [
      ['MONDAY', '06:30:00', '12:00:00'],
      ['MONDAY', '14:00:00', '22:00:00'],
      ['SATURDAY', '08:00:00', '00:00:00'],
    ],
  )
  assert.equal(body.publicOpeningHours.length, 1)
  assert.deepEqual(body.closingHours, [
    { reason: 'Now', dateTimeFrom: '2026-06-15T08:00:00', dateTimeTo: '2026-06-15T09:01:00' },
  ])
  const [mornings, never] = body.openingHoursCategories
  assert.deepEqual(
    mornings.openingHours.map((row: any) => row.dayOfWeek),
    ['MONDAY', 'TUESDAY'],
  )
  assert.deepEqual(never.openingHours, [])
  const added = (await listEvents(app)).slice(known)
  assert.deepEqual(
    added.map(({ type, entityId, audienceStudioIds }) => ({ type, entityId, audienceStudioIds })),
    [{ type: 'STUDIO_OPENING_HOURS_UPDATED', entityId: studio, audienceStudioIds: [studio] }],
  )
})

test('a category keeps its id when it is saved again', async () => {
  const before = (await app.get('/v1/studios/information')).body.openingHoursCategories
  await app.write((work) =>
    saveOpeningHours(work, studio, { categories: [{ id: before[0].categoryId, name: 'Early', times: [] }] }),
  )
  const { body } = await app.get('/v1/studios/information')
  assert.deepEqual(body.openingHoursCategories, [{ categoryId: before[0].categoryId, name: 'Early', openingHours: [] }])
  assert.equal(body.openingHours.length, 3)
})

test('the country is named in the language of the answer', async () => {
  const name = async (language: string) =>
    (await app.get('/v1/studios/information', { headers: { 'accept-language': language } })).body.country
  assert.equal(await name('fr'), 'Allemagne')
  assert.equal(await name('de'), 'Deutschland')
})

test('tags are replaced as a whole, and only existing ones can be set', async () => {
  assert.deepEqual((await app.get('/v1/studios/tags')).body, [
    { name: '24h' },
    { name: 'Sauna' },
    { name: 'Zebra' },
    { name: 'Ämter' },
  ])
  const path = '/v1/studios/information/tags'
  const set = await app.put(path, [{ name: 'Ämter' }, { name: 'Sauna' }, { name: 'Sauna' }])
  assert.deepEqual(set.body, [{ name: 'Sauna' }, { name: 'Ämter' }])
  const refused = await app.put(path, [{ name: '24h' }, { name: 'sauna' }])
  assert.equal(refused.status, 400)
  assert.equal(refused.body.errorCode, 'errormessage.studio.tagUnknown')
  assert.equal(refused.body.reference, '[1].name')
  assert.deepEqual((await app.get('/v1/studios/information')).body.studioTags, set.body)
  assert.deepEqual((await app.put(path, { name: '24h' })).body, [{ name: '24h' }])
  assert.deepEqual((await app.put(path, [])).body, [])
})

test('of parallel tag changes one wins as a whole', async () => {
  const path = '/v1/studios/information/tags'
  const sets = [[{ name: 'Sauna' }, { name: 'Zebra' }], [{ name: '24h' }]]
  await Promise.all(Array.from({ length: 8 }, (_, n) => app.put(path, sets[n % 2])))
  const { body } = await app.get('/v1/studios/information')
  assert.ok(
    sets.some((set) => JSON.stringify(set) === JSON.stringify(body.studioTags)),
    JSON.stringify(body.studioTags),
  )
})

test('a studio cannot be given a zone that does not exist, and a stale version is refused', async () => {
  const change = (changes: object, version?: number) =>
    app.write((work) => updateStudio(work, studio, changes, version))
  await assert.rejects(change({ timeZone: 'Europe/Nowhere' }), { code: 'errormessage.validation.pattern' })
  await change({ city: 'Berlin' }, 0)
  await assert.rejects(change({ city: 'Potsdam' }, 0), { code: 'errormessage.concurrentModification' })
  assert.equal((await app.get('/v1/studios/information')).body.city, 'Berlin')
})

test('a change that reaches every customer of a studio may take minutes, any other seconds', async () => {
  const limitAfter = (change: (work: UnitOfWork) => Promise<unknown>) =>
    app.write(async (work) => {
      await change(work)
      const { rows } = await work.tx.execute<{ limit: string }>(
        sql`select current_setting('statement_timeout') as limit`,
      )
      return rows[0]?.limit
    })
  const categories = [{ name: 'Off-Peak', times: [] }]
  assert.equal(await limitAfter((work) => updateStudio(work, studio, { timeZone: 'Europe/Lisbon' })), '10min')
  assert.equal(await limitAfter((work) => saveOpeningHours(work, studio, { categories })), '10min')
  assert.equal(
    await limitAfter((work) => updateStudio(work, studio, { timeZone: 'Europe/Berlin', capacity: 7 })),
    '10min',
  )
  assert.equal(await limitAfter((work) => updateStudio(work, studio, { capacity: 8 })), '10s')
})
