import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openTestApp, type TestApp } from '../../test/support/app.ts'
import {
  appointmentCalls,
  type BookableInput,
  insertBookable,
  insertTrainer,
  openDaily,
} from '../../test/support/scenes/appointment-world.ts'
import { insertCustomer } from '../../test/support/scenes/booking-world.ts'

// Monday 15 June 2026, 09:00 in Berlin; open from 10:00 to 14:00 every day.

let app: TestApp
let calls: ReturnType<typeof appointmentCalls>
before(async () => {
  app = await openTestApp()
  calls = appointmentCalls(app)
  await app.write((work) => openDaily(work, app.berlin, '10:00', '14:00'))
})
after(() => app.close())

const headers = { 'x-booking-details': 'true' }
const on = (date: string, time: string) => `2026-${date}T${time}:00+02:00`

async function arrange(bookable: BookableInput = {}) {
  return app.write(async (work) => {
    const anna = await insertTrainer(work, app.berlin, 'Anna')
    const ben = await insertTrainer(work, app.berlin, 'Ben')
    const lines = [{ kind: 'EMPLOYEE', pool: [anna.resourceId, ben.resourceId] }] as const
    const shape = { lines, gridMin: 60, customerPicksInstructor: true }
    const { bookableId } = await insertBookable(work, app.berlin, { ...shape, ...bookable })
    const customerId = await insertCustomer(work, app.berlin)
    return { bookableId, customerId, anna: anna.employeeId, ben: ben.employeeId }
  })
}

interface Wish {
  readonly customerId: number
  readonly bookableId: number
  readonly start: string
  readonly end?: string
  readonly instructorIds?: readonly number[]
}

const ask = async (action: 'bookable/validate' | 'booking/book', { bookableId, start, ...wish }: Wish) => {
  const { end = Temporal.Instant.from(start).add({ minutes: 45 }).toString(), ...rest } = wish
  const body = { ...rest, bookableAppointmentId: bookableId, startDateTime: start, endDateTime: end }
  return (await app.post(`/v1/appointments/${action}`, body, { headers })).body
}

interface Details {
  readonly alternatives: readonly { startDateTime: string; instructors: readonly { id: number }[] }[]
}
const listTimes = ({ alternatives }: Details) => alternatives.map(({ startDateTime }) => startDateTime.slice(5, 16))
const listTeams = ({ alternatives }: Details) => alternatives.map(({ instructors }) => instructors.map(({ id }) => id))

test('a closed studio comes with the nearest times of the bookable, and all other reasons', async () => {
  const { bookableId, customerId } = await arrange()
  const details = await ask('bookable/validate', { bookableId, customerId, start: on('06-16', '15:30') })
  assert.deepEqual([details.validationStatus, details.details], ['STUDIO_CLOSED', ['STUDIO_CLOSED', 'NOT_AVAILABLE']])
  assert.deepEqual(listTimes(details), ['06-16T13:00', '06-16T12:00', '06-16T11:00'])
  const refused = await ask('booking/book', { bookableId, customerId, start: on('06-16', '15:30') })
  assert.deepEqual([refused.details, refused.alternatives], [details.details, details.alternatives])
})

test('who asked for an instructor gets other times of that one, and at the same time the other one', async () => {
  const { bookableId, anna, ben } = await arrange()
  const [first, second] = await app.write(async (work) => [
    await insertCustomer(work, app.berlin),
    await insertCustomer(work, app.berlin),
  ])
  const wish = { bookableId, start: on('06-16', '11:00'), instructorIds: [anna] }
  assert.equal((await calls.book({ ...wish, customerId: first as number })).status, 200)
  const details = await ask('booking/book', { ...wish, customerId: second as number })
  assert.deepEqual(details.details, ['RESOURCE_NOT_AVAILABLE'])
  assert.deepEqual(listTimes(details), ['06-16T11:00', '06-16T10:00', '06-16T12:00'])
  assert.deepEqual(listTeams(details), [[ben], [anna], [anna]])
})

test('times with a wrong end, of the past, or of before the booking opens come with those that can be had', async () => {
  const { bookableId, customerId } = await arrange({ rule: { earliestTermValue: 3, earliestTermUnit: 'DAY' } })
  const wrong = { bookableId, customerId, start: on('06-16', '11:00'), end: on('06-16', '11:30') }
  const shorter = await ask('bookable/validate', wrong)
  assert.deepEqual([shorter.details, listTimes(shorter)[0]], [['PERIOD_DOES_NOT_MATCH'], '06-16T11:00'])
  const past = await ask('bookable/validate', { bookableId, customerId, start: '2020-06-16T11:00:00+02:00' })
  assert.deepEqual(listTimes(past), ['06-15T10:00', '06-15T11:00', '06-15T12:00'])
  const early = await ask('bookable/validate', { bookableId, customerId, start: '2029-06-16T11:00:00+02:00' })
  assert.equal(early.validationStatus, 'DATE_TIME_BEFORE_EARLIEST_BOOKING_DATE_TIME')
  assert.deepEqual(listTimes(early), ['06-18T13:00', '06-18T12:00', '06-18T11:00'])
})

test('nothing is added to what is available, to what is unknown, or without the header', async () => {
  const { bookableId, customerId } = await arrange()
  const wish = { bookableId, customerId, start: on('06-17', '10:00') }
  const free = await ask('bookable/validate', wish)
  assert.deepEqual(free, { validationStatus: 'AVAILABLE', details: [], alternatives: [] })
  const unknown = await ask('booking/book', { ...wish, bookableId: 4711 })
  assert.deepEqual(Object.keys(unknown), ['errorMessage', 'errorCode', 'traceId', 'args', 'typedArgs'])
  const refused = await calls.book({ ...wish, start: on('06-17', '16:00') })
  assert.deepEqual(Object.keys(refused.body), ['errorMessage', 'errorCode', 'traceId', 'args', 'typedArgs'])
  assert.equal(await calls.validate(wish), 'AVAILABLE')
})
