import { after, before, test } from 'node:test'
import assert from 'node:assert/strict'
import { openTestApp, type TestApp } from '../../test/support/app.ts'
import {
  insertClass,
  insertEmployee,
  insertInstructor,
  insertResource,
  insertSlot,
} from '../../test/support/scenes/booking-world.ts'
import { classScene } from '../../test/support/scenes/class-scene.ts'

let app: TestApp
let scene: ReturnType<typeof classScene>
before(async () => {
  app = await openTestApp({ now: '2026-06-10T12:00+02:00' })
  scene = classScene(app)
})
after(() => app.close())

const starts = (body: { result: { startDateTime: string }[] }) =>
  body.result.map(({ startDateTime }) => startDateTime.slice(0, 16))

/** All pages of a list of slots. */
async function listAll(path: string, sliceSize = 100): Promise<string[]> {
  const found: string[] = []
  for (let offset = '0'; ; ) {
    const { body, text } = await app.get(
      `${path}${path.includes('?') ? '&' : '?'}sliceSize=${sliceSize}&offset=${offset}`,
    )
    assert.ok(body.result, text)
    found.push(...starts(body))
    if (!body.hasNext) return found
    offset = body.offset
  }
}

test('a class shows its slots from yesterday through two weeks ahead', async () => {
  const { classId } = await scene.arrange({}, {}, '2026-06-08T23:59:59.999+02:00')
  for (const start of ['2026-06-25T00:00+02:00', '2026-06-24T23:59:59.999+02:00', '2026-06-09T00:00+02:00'])
    await scene.addSlot(classId, start)
  await scene.addSlot(classId, '2026-06-11T10:00+02:00', { status: 'CANCELED' })
  assert.deepEqual(await listAll(`/v1/classes/${classId}/slots`), ['2026-06-09T00:00', '2026-06-24T23:59'])
  assert.equal((await app.get('/v1/classes/4711/slots')).body.errorCode, 'errormessage.class.notFound')
  const hidden = await scene.arrange({ onlineVisible: false })
  assert.equal((await app.get(`/v1/classes/${hidden.classId}/slots`)).status, 404)
})

test('a class without slots has an empty list', async () => {
  const { classId } = await app.write((work) => insertClass(work, app.berlin))
  const { body } = await app.get(`/v1/classes/${classId}/slots`)
  assert.deepEqual(body, { result: [], hasNext: false, offset: '50' })
})

test('the timetable lists all classes by start, from the first day to the last', async () => {
  const one = await scene.arrange({}, {}, '2026-07-02T08:00+02:00')
  const two = await scene.arrange({}, {}, '2026-07-01T22:00+02:00')
  await scene.addSlot(two.classId, '2026-07-03T23:00+02:00')
  await scene.addSlot(one.classId, '2026-07-04T00:00+02:00')
  await scene.addSlot(one.classId, '2026-06-30T23:59+02:00')
  const path = '/v1/classes/slots?slotWindowStartDate=2026-07-01&daysAhead=2'
  const expected = ['2026-07-01T22:00', '2026-07-02T08:00', '2026-07-03T23:00']
  assert.deepEqual(await listAll(path), expected)
  const { body } = await app.get('/v1/classes/slots?slotWindowStartDate=2026-07-01')
  assert.deepEqual(starts(body), expected.slice(0, 2))
  for (const daysAhead of [0, 15]) assert.equal((await app.get(`/v1/classes/slots?daysAhead=${daysAhead}`)).status, 400)
})

test('slices of a class continue where they ended', async () => {
  const { classId } = await scene.arrange({}, {}, '2026-06-12T06:00+02:00')
  await app.write(async (work) => {
    for (let k = 1; k < 25; k++) {
      const start = Temporal.Instant.from('2026-06-12T06:00+02:00').add({ hours: k }).toString()
      await insertSlot(work, { ...app.berlin, classId }, start)
    }
  })
  const inTens = await listAll(`/v1/classes/${classId}/slots`, 10)
  assert.equal(inTens.length, 25)
  assert.deepEqual(inTens, await listAll(`/v1/classes/${classId}/slots`, 100))
})

test('windows are printed as moments, the day ones at the edges of days', async () => {
  const rule = { earliestTermValue: 7, earliestTermUnit: 'DAY', latestTermValue: 1, latestTermUnit: 'DAY' } as const
  const { classId, classSlotId } = await scene.arrange({ rule }, {}, '2026-04-01T18:00+02:00')
  const { body } = await app.get(`/v1/classes/${classId}/slots/${classSlotId}`)
  assert.equal(body.earliestBookingDateTime, '2026-03-25T00:00:00.000+01:00[Europe/Berlin]')
  assert.equal(body.latestBookingDateTime, '2026-03-31T23:59:59.999+02:00[Europe/Berlin]')
  const own = { earliestTermValue: 1, earliestTermUnit: 'MONTH', latestTermValue: 72, latestTermUnit: 'HOURS' } as const
  const slot = await scene.addSlot(classId, '2026-03-30T18:00+02:00', own)
  const { body: second } = await app.get(`/v1/classes/${classId}/slots/${slot}`)
  assert.equal(second.earliestBookingDateTime, '2026-02-28T00:00:00.000+01:00[Europe/Berlin]')
  assert.equal(second.latestBookingDateTime, '2026-03-27T17:00:00.000+01:00[Europe/Berlin]')
})

test('a slot shows its room, its final staff and its class', async () => {
  const { classId, classSlotId } = await app.write(async (work) => {
    const made = await insertClass(work, app.berlin, { title: 'Mission Beach' })
    const locationId = await insertResource(work, app.berlin, { name: 'Hall 2', description: 'First floor' })
    const slotId = await insertSlot(work, { ...app.berlin, ...made }, '2026-06-12T18:00+02:00', {
      locationId,
      maxWaiting: 5,
      additionalParticipants: 3,
    })
    const anna = await insertEmployee(work, app.berlin, 'Anna')
    const ben = await insertEmployee(work, app.berlin, 'Ben')
    const chris = await insertEmployee(work, app.berlin, 'Chris')
    await insertInstructor(work, app.berlin, { slotId, employeeId: chris, standInFor: anna })
    await insertInstructor(work, app.berlin, { slotId, employeeId: ben })
    return { ...made, classSlotId: slotId }
  })
  const { body } = await app.get(`/v1/classes/${classId}/slots/${classSlotId}`)
  assert.deepEqual(
    body.instructors.map((one: { firstName: string }) => one.firstName),
    ['Ben', 'Chris'],
  )
  assert.deepEqual({ ...body.location, id: 0 }, { id: 0, name: 'Hall 2', description: 'First floor' })
  assert.deepEqual(body.classInformation, { id: classId, title: 'Mission Beach' })
  assert.deepEqual([body.maxParticipants, body.maxWaitingListParticipants, body.additionalParticipants], [10, 5, 3])
  assert.equal('earliestBookingDateTime' in body, false)
  assert.equal(body.latestBookingDateTime, body.startDateTime)
  assert.equal(body.endDateTime, '2026-06-12T18:45:00.000+02:00[Europe/Berlin]')
})

test('a slot of another class, of another studio or a canceled one is 404', async () => {
  const one = await scene.arrange()
  const two = await scene.arrange({}, { status: 'CANCELED' })
  for (const path of [`${one.classId}/slots/${two.classSlotId}`, `${two.classId}/slots/${two.classSlotId}`]) {
    assert.equal((await app.get(`/v1/classes/${path}`)).body.errorCode, 'errormessage.classSlot.notFound')
  }
  const path = `/v1/classes/${one.classId}/slots/${one.classSlotId}`
  assert.deepEqual([(await app.get(path)).status, (await app.get(path, { as: app.hamburg })).status], [200, 404])
})

test('classes with slots in the window are listed by id, those without are still readable', async () => {
  const rule = { cancelTermValue: 2, cancelTermUnit: 'HOURS', cancelAfterLatest: true } as const
  const shown = await scene.arrange({ rule, category: 'Mind', description: 'Calm', bookable: false })
  const far = await scene.arrange({}, {}, '2026-06-25T00:00+02:00')
  const { body } = await app.get('/v1/classes?sliceSize=100')
  const ids = body.result.map((one: { id: number }) => one.id)
  assert.ok(ids.includes(shown.classId) && !ids.includes(far.classId))
  assert.deepEqual(
    ids,
    ids.toSorted((a: number, b: number) => a - b),
  )
  assert.equal(body.offset, String(ids.at(-1)))
  assert.equal((await app.get(`/v1/classes/${far.classId}`)).status, 200)
  assert.deepEqual((await app.get(`/v1/classes/${shown.classId}`)).body, {
    id: shown.classId,
    title: 'Yoga',
    type: 'STUDIO',
    duration: 45,
    category: 'Mind',
    description: 'Calm',
    bookable: false,
    cancelCondition: { cancelationAfterLatestPossible: true, latestCancelTerm: { value: 2, unit: 'HOURS' } },
  })
  assert.equal((await app.get(`/v1/classes/${shown.classId}`, { as: app.hamburg })).status, 404)
})

test('a customer’s bookings lie between two weeks ago and two weeks ahead, canceled ones included', async () => {
  const customerId = await scene.customer()
  const { classId, classSlotId } = await scene.arrange({}, {}, '2026-06-24T23:15+02:00')
  const beyond = await scene.addSlot(classId, '2026-06-24T23:30+02:00')
  const early = await scene.addSlot(classId, '2026-06-20T10:00+02:00')
  const last = await scene.mustBook(customerId, classSlotId)
  const canceled = await scene.mustBook(customerId, early)
  await scene.cancel(last)
  await scene.mustBook(customerId, beyond)
  await scene.cancel(canceled)
  const again = await scene.mustBook(customerId, classSlotId).catch(() => undefined)
  assert.equal(again, undefined, 'the late booking overlaps')
  const { body } = await app.get(`/v1/classes/booking?customerId=${customerId}`)
  assert.deepEqual(
    body.map((one: { bookingId: number; bookingStatus: string }) => [one.bookingId, one.bookingStatus]),
    [
      [canceled, 'CANCELED'],
      [last, 'CANCELED'],
    ],
  )
  assert.equal((await app.get('/v1/classes/booking')).status, 400)
  assert.equal((await app.get('/v1/classes/booking?customerId=4711')).status, 404)
  await app.travelTo('2026-07-04T09:00+02:00')
  const past = await app.get(`/v1/classes/booking?customerId=${customerId}`)
  assert.equal(past.body.length, 3)
})

test('listed slots that are free validate as available and can be booked; a booked one is so no more', async () => {
  const { classId } = await scene.arrange({}, { maxParticipants: 1 }, '2026-07-06T08:00+02:00')
  await scene.addSlot(classId, '2026-07-06T09:00+02:00', { maxParticipants: 2 })
  await scene.addSlot(classId, '2026-07-04T08:00+02:00')
  await scene.addSlot(classId, '2026-07-06T10:00+02:00', { maxParticipants: 0, maxWaiting: 1 })
  for (const customerId of await scene.customers(3)) {
    const { body } = await app.get(`/v1/classes/${classId}/slots`)
    for (const slot of body.result) {
      const free = slot.maxParticipants - slot.bookedParticipants - slot.additionalParticipants
      const room = (slot.maxWaitingListParticipants ?? 0) - slot.waitingListParticipants
      const isOpen = Date.parse(slot.latestBookingDateTime.slice(0, 29)) > Date.parse('2026-07-04T09:00+02:00')
      const expected = isOpen && (free > 0 || room > 0) ? 'AVAILABLE' : undefined
      const status = await scene.validate(customerId, slot.id)
      if (expected) assert.equal(status, expected)
      else assert.notEqual(status, 'AVAILABLE')
      assert.equal((await scene.book(customerId, slot.id)).status, status === 'AVAILABLE' ? 200 : 400)
    }
  }
})
