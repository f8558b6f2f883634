import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openTestApp, type TestApp } from '../../test/support/app.ts'
import { visitScene } from '../../test/support/scenes/visit-scene.ts'
import { updateStudio } from '../studios/index.ts'
import { checkIns } from './tables.ts'

const historyPath = (customerId: number) => `/v1/customers/${customerId}/activities/checkins`
const crossHistoryPath = (customerId: number) => `/v1/cross-studio/customers/${customerId}/activities/checkins`

function plantVisits(app: TestApp, customerId: number, starts: readonly string[], studioId = 123): Promise<unknown> {
  return app.write((work) =>
    work.tx.insert(checkIns).values(
      starts.map((start) => ({
        customerId,
        studioId,
        inSource: 'DEVICE' as const,
        outSource: 'DEVICE' as const,
        createdAt: work.now,
        checkedInAt: Temporal.Instant.from(start),
        checkedOutAt: Temporal.Instant.from(start).add({ minutes: 1 }),
      })),
    ),
  )
}

test('the history shows the visits of a month unless the request says otherwise, in slices', async () => {
  await using app = await openTestApp({ now: '2026-03-31T12:00:00+02:00' })
  const customerId = await visitScene(app).guest()
  const days = Array.from({ length: 23 }, (_, n) => `2026-03-${String(n + 1).padStart(2, '0')}T10:15:30+01:00`)
  const outside = ['2026-02-27T23:59:59+01:00', '2026-04-01T00:00:00+02:00']
  await plantVisits(app, customerId, [...days, ...outside])
  const path = historyPath(customerId)
  const slice = async (query: string) => (await app.get(`${path}?${query}`)).body
  const last = await slice('offset=20&sliceSize=10')
  assert.deepEqual([last.result.length, last.offset, last.hasNext], [3, '30', false])
  const first = await slice('')
  assert.deepEqual([first.result.length, first.offset, first.hasNext], [10, '10', true])
  const { checkinId, ...shown } = first.result[0]
  assert.ok(checkinId > 0)
  assert.deepEqual(shown, {
    checkInDateTime: '2026-03-01T10:15:30+01:00',
    checkOutDateTime: '2026-03-01T10:16:30+01:00',
    studioId: 123,
    studioName: 'Berlin',
  })
  const refused = async (query: string) => (await app.get(`${path}?${query}`)).body.errorCode
  assert.equal((await app.get(`${path}?fromDate=2024-02-29&toDate=2025-02-28`)).status, 200)
  assert.equal(await refused('fromDate=2024-02-29&toDate=2025-03-01'), 'errormessage.validation.dateRangeTooLong')
  assert.equal(await refused('fromDate=2025-03-02&toDate=2025-03-01'), 'errormessage.validation.dateOrder')
  assert.equal(await refused('sliceSize=51'), 'errormessage.validation.max')
})

test('the history of a studio shows its own visits, the one across studios those of connected studios', async () => {
  await using app = await openTestApp()
  const { member, enter } = visitScene(app)
  const customerId = await member()
  await plantVisits(app, customerId, ['2026-06-01T10:00:00+02:00'], 124)
  await enter(customerId)
  const [own, cross] = [await app.get(historyPath(customerId)), await app.get(crossHistoryPath(customerId))]
  const toStudio = ({ studioId }: { studioId: number }) => studioId
  assert.deepEqual(own.body.result.map(toStudio), [123])
  assert.equal('checkOutDateTime' in own.body.result[0], false)
  assert.deepEqual(cross.body.result.map(toStudio), [124, 123])
  const asSister = { as: app.hamburg }
  assert.equal((await app.get(historyPath(customerId), asSister)).body.errorCode, 'errormessage.customer.notFound')
  assert.equal((await app.get(crossHistoryPath(customerId), asSister)).body.result.length, 2)
  assert.equal((await app.get(crossHistoryPath(customerId), { as: app.stranger })).status, 404)
})

const report = (app: TestApp, customerId: number, way: 'in' | 'out', body?: object) =>
  app.post(`/v1/customers/${customerId}/check${way}`, body)

test('a partner reports who comes and goes: refusals of the door are 403, collisions 409', async () => {
  await using app = await openTestApp()
  const { member, guest, events } = visitScene(app)
  const customerId = await member()
  const out = await report(app, customerId, 'out')
  assert.deepEqual([out.status, out.body.errorCode], [409, 'errormessage.access.notCheckedIn'])
  const { status, body } = await report(app, customerId, 'in')
  assert.equal(status, 200)
  const { checkinId, ...visit } = body
  assert.deepEqual(visit, { checkInDateTime: '2026-06-15T09:00:00+02:00', studioId: 123, studioName: 'Berlin' })
  const again = await report(app, customerId, 'in', {})
  assert.deepEqual([again.status, again.body.errorCode], [409, 'errormessage.access.alreadyCheckedIn'])
  const left = await report(app, customerId, 'out', {})
  assert.deepEqual(left.body, { checkinId, ...visit, checkOutDateTime: '2026-06-15T09:00:00+02:00' })
  assert.deepEqual(await events(), [`CHECKIN ${customerId}`, `CHECKOUT ${customerId}`])
  const refused = await report(app, await guest(), 'in')
  assert.deepEqual([refused.status, refused.body.errorCode], [403, 'errormessage.access.noEntitlement'])
  const foreign = await app.post(`/v1/customers/${customerId}/checkin`, {}, { as: app.hamburg })
  assert.deepEqual([foreign.status, foreign.body.errorCode], [404, 'errormessage.customer.notFound'])
  await app.write((work) => updateStudio(work, 123, { capacity: 1, enforceCapacity: true }))
  await report(app, customerId, 'in')
  const full = await report(app, await member(), 'in')
  assert.deepEqual([full.status, full.body.errorCode], [403, 'errormessage.access.studioFull'])
})

test('what is reported lies in the last 24 hours and never where the person was elsewhere', async () => {
  await using app = await openTestApp()
  const customerId = await visitScene(app).member()
  const findCode = async (way: 'in' | 'out', moment: string) => {
    const name = way === 'in' ? 'checkInDateTime' : 'checkOutDateTime'
    const { status, body } = await report(app, customerId, way, { [name]: moment })
    return status === 200 ? body[name] : `${status} ${body.errorCode.split('.').slice(1).join('.')}`
  }
  assert.equal(await findCode('in', '2026-06-15T09:00:01+02:00'), '400 validation.mustNotBeFuture')
  assert.equal(await findCode('in', '2026-06-14T08:59:59+02:00'), '400 visit.tooFarBack')
  assert.equal(await findCode('in', '2026-06-14T09:00:00+02:00'), '2026-06-14T09:00:00+02:00')
  assert.equal(await findCode('out', '2026-06-15T08:00:00+02:00'), '2026-06-15T08:00:00+02:00')
  assert.equal(await findCode('in', '2026-06-15T07:59:59+02:00'), '409 visit.overlap')
  assert.equal(await findCode('in', '2026-06-15T08:30:00+02:00'), '2026-06-15T08:30:00+02:00')
  assert.equal(await findCode('out', '2026-06-15T08:29:59+02:00'), '400 validation.dateOrder')
  assert.equal(await findCode('out', '2026-06-15T08:31:00+02:00'), '2026-06-15T08:31:00+02:00')
})
