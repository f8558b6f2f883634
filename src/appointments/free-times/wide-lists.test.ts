import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openTestApp, type TestApp } from '../../../test/support/app.ts'
import { appointmentCalls, insertBookable } from '../../../test/support/scenes/appointment-world.ts'
import { insertCustomer } from '../../../test/support/scenes/booking-world.ts'

// Monday 15 June 2026, 09:00 in Berlin. Without opening hours the studio is always open.

let app: TestApp
let calls: ReturnType<typeof appointmentCalls>
before(async () => {
  app = await openTestApp()
  calls = appointmentCalls(app)
})
after(() => app.close())

interface Listed {
  readonly bookingId: number
  readonly customerId?: number
}

const list = async (query: string, as = app.berlin): Promise<Listed[]> => {
  const { body, text } = await app.get(`/v1/appointments/booking?${query}`, { as })
  assert.ok(Array.isArray(body), text)
  return body
}
const listIds = async (query: string) => (await list(query)).map(({ bookingId }) => bookingId)

/** Two customers with bookings at these times, in turn; the ids of customers and bookings. */
async function arrange(starts: readonly string[]) {
  const { bookableId, customers } = await app.write(async (work) => ({
    ...(await insertBookable(work, app.berlin, {})),
    customers: [await insertCustomer(work, app.berlin), await insertCustomer(work, app.berlin)] as const,
  }))
  const made: number[] = []
  for (const [k, start] of starts.entries()) {
    const { body } = await calls.book({ bookableId, customerId: customers[k % 2 ? 1 : 0], start })
    assert.ok(body.bookingId, JSON.stringify(body))
    made.push(body.bookingId)
  }
  return { customers, made }
}

test("from and to list a customer's bookings that start on these days, without naming the customer", async () => {
  const starts = [
    '2026-07-31T23:45+02:00',
    '2026-08-01T10:00+02:00',
    '2026-08-01T01:00+02:00',
    '2027-01-01T08:00+01:00',
  ]
  const { customers, made } = await arrange(starts)
  const of = `customerId=${customers[0]}`
  assert.deepEqual(await listIds(of), [])
  assert.deepEqual(await listIds(`${of}&from=2026-07-01&to=2026-07-31`), [made[0]])
  const rest = await list(`${of}&from=2026-08-01&to=2026-08-31`)
  assert.deepEqual(
    rest.map(({ bookingId, customerId }) => [bookingId, customerId]),
    [[made[2], undefined]],
  )
})

test('without a customer all bookings of the studio are listed, canceled ones too, with whose they are', async () => {
  const { customers, made } = await arrange([
    '2026-09-01T10:00+02:00',
    '2026-09-02T10:00+02:00',
    '2026-09-03T10:00+02:00',
  ])
  await calls.cancel(made[0] as number)
  const september = 'from=2026-09-01&to=2026-09-30'
  const all = await list(september)
  const whose = all.map(({ bookingId, customerId }) => [bookingId, customerId])
  assert.deepEqual(
    whose,
    made.map((id, k) => [id, customers[k % 2 ? 1 : 0]]),
  )
  assert.deepEqual(all[0], (await app.get(`/v1/appointments/booking/${made[0]}`)).body)
  assert.deepEqual(await listIds(`${september}&limit=2`), made.slice(0, 2))
  assert.deepEqual(await listIds(`${september}&limit=2&offset=2`), made.slice(2))
  assert.deepEqual([await list(september, app.hamburg), await list(september, app.stranger)], [[], []])
})

test('days that are too many, and a list of nobody, are refused', async () => {
  const code = async (query: string) => (await app.get(`/v1/appointments/booking?${query}`)).body.errorCode
  assert.equal(await code('from=2026-01-01&to=2027-01-02'), 'errormessage.validation.dateRangeTooLong')
  assert.equal(await code('from=2026-01-01'), 'errormessage.validation.required')
})
