import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openTestApp, type TestApp } from '../../test/support/app.ts'
import { insertClass, insertSlot } from '../../test/support/scenes/booking-world.ts'
import { listAudit, listEvents } from '../../test/support/records.ts'
import { visitScene } from '../../test/support/scenes/visit-scene.ts'
import { setAttendance } from '../classes/index.ts'
import { updateStudio } from '../studios/index.ts'
import { toggleVisit } from './visits.ts'

const toggle = async (app: TestApp, customerId: number) =>
  (await app.write((work) => toggleVisit(work, { customerId, studioId: 123, source: 'DEVICE' }))).outcome

test('a toggling reader lets in and out; an entrance lets the same person in again unless it is strict', async () => {
  await using app = await openTestApp()
  const { member, enter, entrance, events } = visitScene(app)
  const one = await member()
  assert.equal(await toggle(app, one), 'CHECKED_IN')
  await app.travelTo('2026-06-15T09:02:00+02:00')
  assert.equal(await toggle(app, one), 'CHECKED_OUT')
  assert.deepEqual(await events(), [`CHECKIN ${one}`, `CHECKOUT ${one}`])
  const two = await member()
  assert.equal(await enter(two), 'CHECKED_IN')
  assert.equal(await enter(two), 'REENTERED')
  assert.equal(await enter(two, { rules: { antiPassback: 'STRICT' } }), 'alreadyCheckedIn')
  assert.equal(await entrance(two, { antiPassback: 'STRICT' }), 'alreadyCheckedIn')
  assert.deepEqual((await events()).slice(2), [`CHECKIN ${two}`])
})

test('a visit elsewhere ends when the next one begins, in the same moment and with its own event', async () => {
  await using app = await openTestApp()
  const { member, enter, listVisits } = visitScene(app)
  const customerId = await member()
  await enter(customerId)
  await app.travelTo('2026-06-15T10:00:00+02:00')
  assert.equal(await enter(customerId, { studioId: 124 }), 'CHECKED_IN')
  const [first, second] = await listVisits(customerId)
  assert.equal(first?.outSource, 'SUPERSEDED')
  assert.deepEqual(first.checkedOutAt, second?.checkedInAt)
  assert.deepEqual([second?.studioId, second?.checkedOutAt], [124, null])
  const events = (await listEvents(app)).filter(({ type }) => /CUSTOMER_CHECK/.test(type))
  assert.deepEqual(
    events.map(({ type, audienceStudioIds }) => [type, audienceStudioIds]),
    [
      ['CUSTOMER_CHECKIN', [123]],
      ['CUSTOMER_CHECKOUT', [123]],
      ['CUSTOMER_CHECKIN', [124]],
    ],
  )
  const audit = (await listAudit(app)).map(({ action }) => action).filter((action) => action.startsWith('visit.'))
  assert.deepEqual(audit, ['visit.begun', 'visit.ended', 'visit.begun'])
})

test('an exit opens for everybody and ends only the visit of its own studio', async () => {
  await using app = await openTestApp()
  const { member, guest, enter, leave, listVisits, events } = visitScene(app)
  const customerId = await member()
  await enter(customerId)
  assert.equal(await leave(customerId, 124), undefined)
  assert.equal(await leave(await guest()), undefined)
  const [visit] = await listVisits(customerId)
  assert.equal(await leave(customerId), visit?.id)
  assert.equal(await leave(customerId), undefined)
  assert.deepEqual(await events(), [`CHECKIN ${customerId}`, `CHECKOUT ${customerId}`])
})

test('a pass loses one visit for each row, also twice a day, and none by coming back', async () => {
  await using app = await openTestApp()
  const { guest, pass, enter, leave, listVisits } = visitScene(app)
  const customerId = await guest()
  const passId = await pass(customerId, 2)
  assert.deepEqual([await enter(customerId), await enter(customerId)], ['CHECKED_IN', 'REENTERED'])
  await leave(customerId)
  assert.equal(await enter(customerId), 'CHECKED_IN')
  await leave(customerId)
  assert.equal(await enter(customerId), 'noEntitlement')
  assert.deepEqual(
    (await listVisits(customerId)).map((visit) => visit.passId),
    [passId, passId],
  )
})

test('staff let in whom the checks refuse, and the audit line says so', async () => {
  await using app = await openTestApp()
  const { guest, enter, entrance } = visitScene(app)
  const customerId = await guest()
  assert.equal(await enter(customerId, { source: 'STAFF' }), 'noEntitlement')
  assert.equal(await enter(customerId, { source: 'STAFF', override: true }), 'CHECKED_IN')
  assert.equal(await entrance(customerId), 'OPEN_VISIT')
  const line = (await listAudit(app)).find(({ action }) => action === 'visit.begun')
  assert.match(JSON.stringify(line?.diff), /"checks":\[null,"overridden"\]/)
})

test('a full studio admits nobody while its capacity is enforced, but those who are in', async () => {
  await using app = await openTestApp()
  const { members, enter, utilization } = visitScene(app)
  await app.write((work) => updateStudio(work, 123, { capacity: 2 }))
  const [one = 0, two = 0, three = 0] = await members(3)
  const rules = { enforceCapacity: true }
  assert.equal(await enter(one, { rules }), 'CHECKED_IN')
  assert.equal(await enter(two, { rules }), 'CHECKED_IN')
  assert.equal(await enter(three, { rules }), 'studioFull')
  assert.equal(await enter(one, { rules }), 'REENTERED')
  await app.write((work) => updateStudio(work, 123, { enforceCapacity: true }))
  assert.equal(await enter(three), 'studioFull')
  assert.equal(await enter(three, { rules: { enforceCapacity: false } }), 'CHECKED_IN')
  assert.equal(await utilization(), 3)
})

test('who checks in takes part in what begins within an hour or is running, and staff have the last word', async () => {
  await using app = await openTestApp({ now: '2026-06-15T10:59:59+02:00' })
  const { member, enter, leave } = visitScene(app)
  const customerId = await member()
  const classSlotId = await app.write(async (work) => {
    const made = await insertClass(work, app.berlin)
    return insertSlot(work, { ...app.berlin, ...made }, '2026-06-15T12:00+02:00')
  })
  const { bookingId } = (await app.post('/v1/classes/booking/book', { customerId, classSlotId })).body
  const participation = async () => (await app.get(`/v1/classes/booking/${bookingId}`)).body.participantStatus
  const updates = async () => (await listEvents(app)).filter(({ type }) => type === 'CLASS_BOOKING_UPDATED').length
  await enter(customerId)
  await leave(customerId)
  assert.equal(await participation(), 'UNSET')
  await app.travelTo('2026-06-15T11:00:00+02:00')
  await enter(customerId, { studioId: 124 })
  assert.equal(await participation(), 'UNSET')
  await enter(customerId)
  assert.equal(await participation(), 'PARTICIPATING')
  await leave(customerId)
  await enter(customerId)
  assert.equal(await updates(), 1)
  await app.write((work) => setAttendance(work, bookingId, 'NOT_PARTICIPATING'))
  await leave(customerId)
  await enter(customerId)
  assert.equal(await participation(), 'NOT_PARTICIPATING')
})

test('whom staff see in a class is in the studio from then on, once, and only while it is on', async () => {
  await using app = await openTestApp({ now: '2026-06-15T10:59:59+02:00' })
  const { guest, listVisits } = visitScene(app)
  const customerId = await guest()
  const classSlotId = await app.write(async (work) => {
    const made = await insertClass(work, app.berlin)
    return insertSlot(work, { ...app.berlin, ...made }, '2026-06-15T12:00+02:00')
  })
  const { bookingId } = (await app.post('/v1/classes/booking/book', { customerId, classSlotId })).body
  const record = (status: 'PARTICIPATING' | 'UNSET') => app.write((work) => setAttendance(work, bookingId, status))
  await record('PARTICIPATING')
  assert.equal((await listVisits(customerId)).length, 0)
  await app.travelTo('2026-06-15T12:10:00+02:00')
  await record('UNSET')
  assert.equal((await listVisits(customerId)).length, 0)
  await record('PARTICIPATING')
  await record('PARTICIPATING')
  assert.deepEqual(
    (await listVisits(customerId)).map(({ inSource, checkedOutAt }) => [inSource, checkedOutAt]),
    [['CLASS', null]],
  )
})
