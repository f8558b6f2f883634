import { after, before, test } from 'node:test'
import assert from 'node:assert/strict'
import { openTestApp, outOfTurn, type TestAnswer, type TestApp } from '../support/app.ts'
import { insertFullStudio, memberId, slotId, type StudioContents } from '../support/full/full-studio.ts'
import { patient } from '../support/patient-app.ts'
import { listEvents } from '../support/records.ts'
import { openSecondApp } from '../support/second-app.ts'

const PARALLEL = 50

let app: TestApp
let other: TestApp
let contents: StudioContents
before(async () => {
  app = await openTestApp(outOfTurn)
  other = await openSecondApp(app)
  contents = await insertFullStudio(app.platform, app.berlin, { firstId: 3_000_000, members: 60, seats: 100 })
})
after(async () => {
  await other.close()
  await app.close()
})

const person = (n: number) => ({
  firstName: `Mara${n}`,
  lastName: 'Lindner',
  dateOfBirth: '1994-11-02',
  email: `mara${n}@mail.example`,
  street: 'Lindenallee',
  houseNumber: '12',
  zipCode: '10435',
  city: 'Berlin',
  countryCode: 'DE',
  language: { languageCode: 'de' },
})

/** Half of them to one process, half to the other, all at once. */
const everywhere = (send: (on: TestApp, n: number) => Promise<TestAnswer>) =>
  Promise.all(Array.from({ length: PARALLEL }, (_, n) => send(n % 2 === 0 ? app : other, n)))

function assertOneEffect(answers: readonly TestAnswer[]) {
  const first = answers.filter(({ status, headers }) => status === 200 && headers['idempotency-replayed'] === undefined)
  const replayed = answers.filter(({ headers }) => headers['idempotency-replayed'] === 'true')
  const refused = answers.filter(({ status }) => status === 409)
  assert.equal(first.length, 1)
  assert.equal(first.length + replayed.length + refused.length, PARALLEL)
  assert.ok(replayed.every(({ status, text }) => status === 200 && text === first[0]?.text))
  assert.ok(refused.every(({ body }) => body.errorCode === 'errormessage.idempotency.inProgress'))
  assert.ok(refused.every(({ headers }) => headers['retry-after'] === '1'))
  console.log(`idempotency: 1 executed, ${replayed.length} replayed, ${refused.length} asked to wait`)
}

const eventsAbout = async (type: string, entityId: number) =>
  (await listEvents(app)).filter((event) => event.type === type && event.entityId === entityId).length

test(`${PARALLEL} parallel bookings with one key are one booking and one event`, async () => {
  const body = { customerId: memberId(contents, 0), classSlotId: slotId(contents, 0) }
  const answers = await everywhere((on) =>
    on.post('/v1/classes/booking/book', body, { headers: { 'idempotency-key': 'booking' } }),
  )
  assertOneEffect(answers)
  const bookingId = answers.find(({ status }) => status === 200)?.body.bookingId
  const bookings = await app.get(`/v1/classes/booking?customerId=${body.customerId}`)
  assert.deepEqual(
    bookings.body.map((booking: { bookingId: number }) => booking.bookingId),
    [bookingId],
  )
  assert.equal(await eventsAbout('CLASS_BOOKING_CREATED', bookingId), 1)
})

test(`${PARALLEL} parallel creations with one key are one customer and one event`, async () => {
  const answers = await everywhere((on) =>
    on.post('/v1/customers/create', person(0), { headers: { 'idempotency-key': 'customer' } }),
  )
  assertOneEffect(answers)
  const customerId = answers.find(({ status }) => status === 200)?.body.customerId
  assert.equal(await eventsAbout('CUSTOMER_CREATED', customerId), 1)
})

test('a second key used at the same time is not held up by the first', async () => {
  const answers = await everywhere((on, n) =>
    on.post(
      '/v1/classes/booking/book',
      { customerId: memberId(contents, n + 1), classSlotId: slotId(contents, 1) },
      { headers: { 'idempotency-key': `own-${n}` } },
    ),
  )
  assert.ok(answers.every(({ status, headers }) => status === 200 && headers['idempotency-replayed'] === undefined))
})

test('control: without a key every one of them has an effect of its own', async () => {
  const answers = await everywhere((on, n) => patient(on).post('/v1/customers/create', person(n + 1)))
  const ids = new Set(answers.map(({ body }) => body.customerId))
  assert.equal(ids.size, PARALLEL)
  assert.ok(answers.every(({ status }) => status === 200))
})
