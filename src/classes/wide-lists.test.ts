import { after, before, test } from 'node:test'
import assert from 'node:assert/strict'
import { openTestApp, type TestApp } from '../../test/support/app.ts'
import { insertCustomer } from '../../test/support/scenes/booking-world.ts'
import { classScene } from '../../test/support/scenes/class-scene.ts'
import { customerIntegrationBlocks } from '../customers/tables.ts'

// Monday 15 June 2026, 09:00 in Berlin.

let app: TestApp
let scene: ReturnType<typeof classScene>
before(async () => {
  app = await openTestApp()
  scene = classScene(app)
})
after(() => app.close())

const list = (query: string) => app.get(`/v1/classes/booking?${query}`)
const listIds = async (query: string): Promise<number[]> => {
  const { body, text } = await list(query)
  assert.ok(Array.isArray(body), text)
  return body.map(({ bookingId }: { bookingId: number }) => bookingId)
}

test('from and to list the bookings that start on these days, over midnight too', async () => {
  const { classId, classSlotId } = await scene.arrange({}, {}, '2026-06-30T23:30+02:00')
  const customerId = await scene.customer()
  const late = await scene.mustBook(customerId, classSlotId)
  const next = await scene.mustBook(customerId, await scene.addSlot(classId, '2026-07-31T23:59+02:00'))
  const far = await scene.mustBook(customerId, await scene.addSlot(classId, '2027-05-01T10:00+02:00'))
  const of = `customerId=${customerId}`
  assert.deepEqual(await listIds(of), [])
  assert.deepEqual(await listIds(`${of}&from=2026-06-30&to=2026-06-30`), [late])
  assert.deepEqual(await listIds(`${of}&from=2026-07-01&to=2026-07-31`), [next])
  assert.deepEqual(await listIds(`${of}&from=2026-06-30&to=2027-06-30`), [late, next, far])
  assert.deepEqual(await listIds(`${of}&from=2026-07-02`), [])
  assert.deepEqual(await listIds(`${of}&from=2026-07-03`), [next])
  assert.deepEqual(await listIds(`${of}&to=2026-07-28`), [late])
})

test('days that are too many or in the wrong order are refused, and so is a list of nobody', async () => {
  const code = async (query: string) => {
    const { status, body } = await list(query)
    return [status, body.errorCode, body.reference]
  }
  const refused = (rule: string, reference: string) => [400, `errormessage.validation.${rule}`, reference]
  assert.deepEqual(await code('from=2026-01-01&to=2027-01-02'), refused('dateRangeTooLong', 'to'))
  assert.equal((await list('from=2026-01-01&to=2027-01-01')).status, 200)
  assert.deepEqual(await code('from=2026-01-02&to=2026-01-01'), refused('dateOrder', 'from'))
  for (const query of ['', 'from=2026-01-01', 'to=2026-01-01']) {
    assert.deepEqual(await code(query), refused('required', 'customerId'))
  }
  assert.deepEqual(await code('from=soon&to=2026-01-01'), refused('format', 'from'))
})

test('without a customer all bookings of the studio are listed, page by page, of those whom the key may know', async () => {
  const { classId, classSlotId } = await scene.arrange({ rule: { allowForeign: true } }, {}, '2026-09-01T10:00+02:00')
  const later = await scene.addSlot(classId, '2026-09-02T10:00+02:00')
  const customers = await scene.customers(3)
  const made: number[] = []
  for (const slot of [classSlotId, later]) for (const one of customers) made.push(await scene.mustBook(one, slot))
  const guest = await app.write((work) => insertCustomer(work, app.hamburg))
  made.push(await scene.mustBook(guest, later))
  await scene.cancel(made[0] as number)
  const september = 'from=2026-09-01&to=2026-09-30'
  assert.deepEqual(await listIds(september), made)
  assert.deepEqual(await listIds(`${september}&limit=4`), made.slice(0, 4))
  assert.deepEqual(await listIds(`${september}&limit=4&offset=4`), made.slice(4))
  const { body } = await list(september)
  assert.deepEqual(body[0], await scene.read(made[0] as number))
  assert.deepEqual((await app.get(`/v1/classes/booking?${september}`, { as: app.hamburg })).body, [])
  assert.deepEqual((await app.get(`/v1/classes/booking?${september}`, { as: app.stranger })).body, [])
  const { integrationId } = app.berlin
  const block = { customerId: customers[1] as number, integrationId }
  await app.write(({ tx, now }) =>
    tx.insert(customerIntegrationBlocks).values({ ...block, since: now, createdAt: now }),
  )
  const others = made.filter((_, k) => k !== 1 && k !== 4)
  assert.deepEqual(await listIds(september), others)
})

test('slots have their state and free seats only where canceled ones are wanted too', async () => {
  const { classId, classSlotId } = await scene.arrange(
    {},
    { maxParticipants: 3, additionalParticipants: 1 },
    '2026-06-16T10:00+02:00',
  )
  const canceled = await scene.addSlot(classId, '2026-06-17T10:00+02:00', { status: 'CANCELED' })
  const over = await scene.addSlot(classId, '2026-06-15T07:00+02:00')
  const unlimited = await scene.addSlot(classId, '2026-06-18T10:00+02:00', { maxParticipants: null })
  const full = await scene.addSlot(classId, '2026-06-19T10:00+02:00', { additionalParticipants: 12 })
  await scene.mustBook(await scene.customer(), classSlotId)
  const plain = (await app.get(`/v1/classes/${classId}/slots`)).body.result
  assert.deepEqual(
    plain.map(({ id }: { id: number }) => id),
    [over, classSlotId, unlimited, full],
  )
  assert.ok(plain.every((slot: object) => !('status' in slot) && !('freePlaces' in slot)))
  const expected = [
    [over, 'COMPLETED', 0],
    [classSlotId, 'PLANNED', 1],
    [canceled, 'CANCELED', 0],
    [unlimited, 'PLANNED', undefined],
    [full, 'PLANNED', 0],
  ]
  interface Shown {
    readonly id: number
    readonly status: string
    readonly freePlaces?: number
  }
  const state = ({ id, status, freePlaces }: Shown) => [id, status, freePlaces]
  const ofClass = (await app.get(`/v1/classes/${classId}/slots?includeCanceled=true`)).body.result
  assert.deepEqual(ofClass.map(state), expected)
  const path = '/v1/classes/slots?slotWindowStartDate=2026-06-15&daysAhead=6&includeCanceled=true'
  const ofStudio = (await app.get(path)).body.result as Shown[]
  assert.deepEqual(ofStudio.map(state), expected)
  assert.equal((await app.get(`/v1/classes/${classId}/slots/${canceled}`)).status, 404)
  const one = await app.get(`/v1/classes/${classId}/slots/${canceled}?includeCanceled=true`)
  assert.deepEqual(state(one.body), expected[2])
})

test('a waiting booking has its position in the queue, which moves up', async () => {
  const { classSlotId } = await scene.arrange({}, { maxParticipants: 1, maxWaiting: 5 })
  const [seated, ...waiting] = await scene.customers(4)
  const seat = await scene.mustBook(seated as number, classSlotId)
  const queue: number[] = []
  for (const [k, one] of waiting.entries()) {
    const { body } = await scene.book(one, classSlotId)
    assert.equal(body.waitingListPosition, k + 1)
    assert.deepEqual(await scene.read(body.bookingId), body)
    queue.push(body.bookingId)
  }
  const positions = async () => Promise.all(queue.map(async (id) => (await scene.read(id)).waitingListPosition))
  await scene.cancel(queue[1] as number)
  assert.deepEqual(await positions(), [1, undefined, 2])
  await scene.cancel(seat)
  assert.deepEqual(await positions(), [undefined, undefined, 1])
  const { body } = await list(`customerId=${waiting[2]}`)
  assert.equal(body[0].waitingListPosition, 1)
  assert.equal((await list(`customerId=${waiting[0]}`)).body[0].waitingListPosition, undefined)
})
