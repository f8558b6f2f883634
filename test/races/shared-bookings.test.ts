import { after, before, test } from 'node:test'
import assert from 'node:assert/strict'
import { asc, eq } from 'drizzle-orm'
import { bookings } from '../../src/bookings/tables.ts'
import { openTestApp, type TestAnswer, type TestApp } from '../support/app.ts'
import { meetWaiting } from '../support/lock-waiters.ts'
import { listAudit, listEvents } from '../support/records.ts'
import { asSuperuser } from '../support/row-hashes.ts'
import { classScene } from '../support/scenes/class-scene.ts'

let app: TestApp
before(async () => void (app = await openTestApp()))
after(() => app.close())

interface Wish {
  readonly customerId: number
  readonly headers?: Readonly<Record<string, string>>
  readonly as?: TestApp['berlin']
}

/** Sends all wishes while the slot is locked: the first waits for the lock, the others behind it, as one group. */
async function bookAtOnce(classSlotId: number, wishes: readonly Wish[]): Promise<TestAnswer[]> {
  // Whose key is remembered is let in without a question to the database: the wishes arrive in their order.
  for (const { as } of wishes) await app.get('/v1/classes?sliceSize=10', as ? { as } : {})
  return asSuperuser(app.url, async (client) => {
    await client.query('begin')
    await client.query('select from class_slots where id = $1 for update', [classSlotId])
    const answers = wishes.map(({ customerId, ...call }) =>
      app.post('/v1/classes/booking/book', { customerId, classSlotId }, call),
    )
    await meetWaiting(app.url)
    await client.query('commit')
    return Promise.all(answers)
  })
}

const show = ({ status, body }: TestAnswer) =>
  status === 200 ? body.bookingStatus : `${status} ${String(body.errorCode).split('.').at(-1)}`
const showAll = (answers: readonly TestAnswer[]) => answers.map(show)

/** Customers of the slot in the order in which they were booked. */
const bookedIn = (classSlotId: number) =>
  app.read(async ({ db }) => {
    const rows = await db
      .select({ customerId: bookings.customerId })
      .from(bookings)
      .where(eq(bookings.classSlotId, classSlotId))
      .orderBy(asc(bookings.id))
    return rows.map(({ customerId }) => customerId)
  })

/** How many transactions have stored the bookings of a slot. */
const countTransactions = (classSlotId: number) =>
  asSuperuser(app.url, async (client) => {
    const { rows } = await client.query(
      'select count(distinct xmin::text)::int as count from bookings where class_slot_id = $1',
      [classSlotId],
    )
    return rows[0].count as number
  })

test('seats and positions in the queue go to those who came first, each with its own line and event', async () => {
  const scene = classScene(app)
  const { classSlotId } = await scene.arrange({}, { maxParticipants: 4, maxWaiting: 2 })
  const customers = await scene.customers(9)
  const traceIds = customers.map((_, n) => String(n + 1).padStart(32, 'c'))
  const answers = await bookAtOnce(
    classSlotId,
    customers.map((customerId, n) => ({
      customerId,
      headers: { traceparent: `00-${traceIds[n]}-00f067aa0ba902b7-01` },
    })),
  )
  const full = '400 bookingLimitReached'
  const seats = ['BOOKED', 'BOOKED', 'BOOKED', 'BOOKED', 'WAITING_LIST', 'WAITING_LIST']
  assert.deepEqual(showAll(answers), [...seats, full, full, full])
  assert.deepEqual(
    answers.slice(4, 6).map(({ body }) => body.waitingListPosition),
    [1, 2],
  )
  assert.deepEqual(await bookedIn(classSlotId), customers.slice(0, 6))
  const ids = answers.slice(0, 6).map(({ body }) => body.bookingId as number)
  const lines = (await listAudit(app)).filter(({ entityId }) => ids.includes(entityId ?? 0))
  const events = (await listEvents(app)).filter(({ entityId }) => ids.includes(entityId))
  for (const recorded of [lines, events]) {
    assert.deepEqual(
      recorded.map(({ entityId, traceId }) => [entityId, traceId]),
      ids.map((id, n) => [id, traceIds[n]]),
    )
  }
})

test('a customer who asks twice is booked once', async () => {
  const scene = classScene(app)
  const { classId, classSlotId } = await scene.arrange()
  const [first = 0, twice = 0, last = 0] = await scene.customers(3)
  const wishes = [first, twice, twice, last].map((customerId) => ({ customerId }))
  const answers = await bookAtOnce(classSlotId, wishes)
  assert.deepEqual(showAll(answers), ['BOOKED', 'BOOKED', '400 customerAlreadyBooked', 'BOOKED'])
  assert.deepEqual(await scene.findCounts(classId, classSlotId), [3, 0, 0])
})

test('a key in use is refused meanwhile, and has one answer afterwards', async () => {
  const scene = classScene(app)
  const { classId, classSlotId } = await scene.arrange()
  const [first = 0, twice = 0, other = 0, last = 0] = await scene.customers(4)
  const headers = { 'idempotency-key': 'shared' }
  const answers = await bookAtOnce(classSlotId, [
    { customerId: first },
    { customerId: twice, headers },
    { customerId: twice, headers },
    { customerId: other, headers },
    { customerId: last, headers: { 'idempotency-key': 'own' } },
  ])
  assert.deepEqual(showAll(answers), ['BOOKED', 'BOOKED', '409 inProgress', '409 inProgress', 'BOOKED'])
  assert.deepEqual(await scene.findCounts(classId, classSlotId), [3, 0, 0])
  const again = await bookAtOnce(classSlotId, [
    { customerId: other },
    { customerId: twice, headers },
    { customerId: last, headers: { 'idempotency-key': 'own' } },
  ])
  assert.deepEqual(
    again.slice(1).map(({ text }) => text),
    [answers[1]?.text, answers[4]?.text],
  )
})

test('a key of another tenant and one of another studio find no slot, and nobody waits for them', async () => {
  const scene = classScene(app)
  const { classSlotId } = await scene.arrange()
  const [first = 0, second = 0, third = 0] = await scene.customers(3)
  const answers = await bookAtOnce(classSlotId, [
    { customerId: first },
    { customerId: first, as: app.stranger },
    { customerId: second, as: app.hamburg },
    { customerId: third },
  ])
  assert.deepEqual(showAll(answers), ['BOOKED', '404 notFound', '404 notFound', 'BOOKED'])
  assert.deepEqual(await bookedIn(classSlotId), [first, third])
})

test('a booking that the database refuses harms no other of its group', async () => {
  const scene = classScene(app)
  const { classSlotId } = await scene.arrange()
  const customers = await scene.customers(5)
  const poisoned = customers[2] ?? 0
  await asSuperuser(app.url, (client) =>
    client.query(
      `alter table bookings add constraint poisoned check (customer_id <> ${poisoned} or class_slot_id <> ${classSlotId})`,
    ),
  )
  const answers = await bookAtOnce(
    classSlotId,
    customers.map((customerId) => ({ customerId })),
  )
  assert.deepEqual(showAll(answers), ['BOOKED', 'BOOKED', '500 internal', 'BOOKED', 'BOOKED'])
  assert.deepEqual(
    await bookedIn(classSlotId),
    customers.filter((one) => one !== poisoned),
  )
})

test('while the slot stays locked, all are refused in time and nothing is booked', async () => {
  const scene = classScene(app)
  const { classSlotId } = await scene.arrange()
  const customers = await scene.customers(4)
  await asSuperuser(app.url, async (client) => {
    await client.query('begin')
    await client.query('select from class_slots where id = $1 for update', [classSlotId])
    const answers = await Promise.all(customers.map((customerId) => scene.book(customerId, classSlotId)))
    assert.deepEqual([...new Set(showAll(answers))], ['503 databaseTimeout'])
    await client.query('rollback')
  })
  assert.deepEqual(await bookedIn(classSlotId), [])
})

test('control: those who wait share a transaction, those who do not have one each', async () => {
  const scene = classScene(app)
  const customers = await scene.customers(20)
  const joint = await scene.arrange({}, { maxParticipants: 20 })
  await bookAtOnce(
    joint.classSlotId,
    customers.map((customerId) => ({ customerId })),
  )
  const apart = await scene.arrange({}, { maxParticipants: 20 }, '2026-06-18T18:00+02:00')
  for (const customerId of customers) await scene.mustBook(customerId, apart.classSlotId)
  assert.deepEqual([await countTransactions(joint.classSlotId), await countTransactions(apart.classSlotId)], [2, 20])
})
