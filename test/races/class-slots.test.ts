import { test } from 'node:test'
import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { and, count, eq, ne, sql } from 'drizzle-orm'
import { insertBooking } from '../../src/bookings/booking-store.ts'
import { nextId } from '../../src/platform/database/next-id.ts'
import { findSlotContext } from '../../src/classes/slot-store.ts'
import { classSlots } from '../../src/classes/tables.ts'
import { bookings } from '../../src/bookings/tables.ts'
import type { UnitOfWork } from '../../src/platform/units/work.ts'
import { openTestApp, outOfTurn, type TestApp } from '../support/app.ts'
import { insertCustomer, insertEntitlement } from '../support/scenes/booking-world.ts'
import { classScene } from '../support/scenes/class-scene.ts'
import { meetingPoint } from '../support/meeting-point.ts'
import { openTwoApps } from '../support/two-apps.ts'

function tally(answers: readonly { status: number; body: any }[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { status, body } of answers) {
    const key = status === 200 ? body.bookingStatus : `${status} ${body.errorCode.split('.').at(-1)}`
    counts[key] = (counts[key] ?? 0) + 1
  }
  return counts
}

/** Counters of the slot, and the rows that they count. */
function stored(app: TestApp, classSlotId: number) {
  return app.read(async ({ db }) => {
    const [slot] = await db.select().from(classSlots).where(eq(classSlots.id, classSlotId))
    const rows = await db
      .select({ status: bookings.status, count: count() })
      .from(bookings)
      .where(and(eq(bookings.classSlotId, classSlotId), ne(bookings.status, 'CANCELED')))
      .groupBy(bookings.status)
    const of = (status: string) => rows.find((row) => row.status === status)?.count ?? 0
    return {
      booked: [slot?.bookedCount, of('BOOKED')],
      waiting: [slot?.waitingCount, of('WAITING_LIST')],
    }
  })
}

async function storm(apps: readonly TestApp[]) {
  const [first] = apps as [TestApp]
  const scene = classScene(first)
  const { classSlotId } = await scene.arrange({}, { maxParticipants: 20, maxWaiting: 5 })
  const customers = await scene.customers(500)
  const book = async (customerId: number, k: number) => {
    const app = apps[k % apps.length] as TestApp
    for (;;) {
      const answer = await app.post('/v1/classes/booking/book', { customerId, classSlotId })
      // On a slow machine five seconds are not enough for all of them: who is refused comes back.
      if (answer.status !== 503) return answer
      await sleep(1000 * Number(answer.headers['retry-after']))
    }
  }
  const answers = await Promise.all(customers.map(book))
  assert.deepEqual(tally(answers), { BOOKED: 20, WAITING_LIST: 5, '400 bookingLimitReached': 475 })
  assert.deepEqual(await stored(first, classSlotId), { booked: [20, 20], waiting: [5, 5] })
}

test('500 clients at once get 20 seats and 5 of the waiting list, not one more', async () => {
  await using app = await openTestApp()
  await storm([app])
})

test('500 clients at two applications on one database get no more', async () => {
  const [one, two, all] = await openTwoApps()
  await using _ = all
  await storm([one, two])
})

const CARELESS = 6

/** Reads, decides and writes as one would without lock and guard, while others are at the same point. */
async function bookCarelessly(
  work: UnitOfWork,
  { customerId, classSlotId, meet }: { customerId: number; classSlotId: number; meet: () => Promise<void> },
) {
  const context = await findSlotContext(work.db, classSlotId, work.now)
  assert.ok(context)
  const { bookedCount, maxParticipants, studioId, startAt, endAt } = context.slot
  await meet()
  if (bookedCount >= (maxParticipants ?? 0)) return
  await insertBooking(
    work.tx,
    {
      id: await nextId(work.tx),
      kind: 'CLASS',
      studioId,
      customerId,
      classSlotId,
      appointmentId: null,
      during: { from: startAt, until: endAt },
      status: 'BOOKED',
      customerExclusive: true,
      trialOfferConfigId: null,
      confirmKind: 'NONE',
      confirmDeadline: null,
      queueNo: null,
      channel: 'API',
    },
    work.now,
  )
  await work.tx
    .update(classSlots)
    .set({ bookedCount: bookedCount + 1 })
    .where(eq(classSlots.id, classSlotId))
}

test('control: without the lock and the guard six customers get three seats', async () => {
  await using app = await openTestApp(outOfTurn)
  const scene = classScene(app)
  const { classSlotId } = await scene.arrange({}, { maxParticipants: 3 })
  const meet = meetingPoint(CARELESS)
  const customers = await scene.customers(CARELESS)
  await Promise.all(
    customers.map((customerId) => app.write((work) => bookCarelessly(work, { customerId, classSlotId, meet }))),
  )
  assert.deepEqual((await stored(app, classSlotId)).booked, [1, CARELESS])
})

test('five customers race for the last of ten seats', async () => {
  await using app = await openTestApp(outOfTurn)
  const scene = classScene(app)
  const slot = { maxParticipants: 10, additionalParticipants: 1, maxWaiting: 2 }
  const { classId, classSlotId } = await scene.arrange({}, slot)
  const [sixth = 0, ...early] = await scene.customers(9)
  for (const one of early) await scene.mustBook(one, classSlotId)
  const racers = await scene.customers(5)
  const answers = await Promise.all(racers.map((one) => scene.book(one, classSlotId)))
  assert.deepEqual(tally(answers), { BOOKED: 1, WAITING_LIST: 2, '400 bookingLimitReached': 2 })
  assert.deepEqual(await scene.findCounts(classId, classSlotId), [9, 1, 2])
  assert.equal(await scene.validate(sixth, classSlotId), 'BOOKING_LIMIT_REACHED')
})

test('of identical calls at once one books, the others get the answer of a latecomer', async () => {
  await using app = await openTestApp(outOfTurn)
  const scene = classScene(app)
  const { classSlotId } = await scene.arrange()
  const customerId = await scene.customer()
  const answers = await Promise.all(Array.from({ length: 20 }, () => scene.book(customerId, classSlotId)))
  assert.deepEqual(tally(answers), { BOOKED: 1, '400 customerAlreadyBooked': 19 })
  assert.deepEqual((await stored(app, classSlotId)).booked, [1, 1])
})

test('a customer who books at once in two studios at the same time gets one of the two', async () => {
  await using app = await openTestApp(outOfTurn)
  const scene = classScene(app)
  const hamburg = classScene({ ...app, berlin: app.hamburg })
  const rule = { allowForeign: true }
  for (let round = 0; round < 10; round++) {
    const here = await scene.arrange({ rule }, {}, '2026-06-17T18:00+02:00')
    const there = await hamburg.arrange({ rule }, {}, '2026-06-17T18:30+02:00')
    const customerId = await scene.customer()
    const answers = await Promise.all([
      scene.book(customerId, here.classSlotId),
      app.post('/v1/classes/booking/book', { customerId, classSlotId: there.classSlotId }, { as: app.hamburg }),
    ])
    assert.deepEqual(tally(answers), { BOOKED: 1, '400 customerInOtherBooking': 1 })
  }
})

test('a contingent of two is never used more than twice, on however many slots at once', async () => {
  await using app = await openTestApp(outOfTurn)
  const scene = classScene(app)
  const { classId, serviceId, classSlotId } = await scene.arrange({ rule: { contingentMode: 'REQUIRED' } })
  const slots = [classSlotId]
  for (let hour = 6; hour < 16; hour++)
    slots.push(await scene.addSlot(classId, `2026-06-17T${String(hour).padStart(2, '0')}:00+02:00`))
  const customerId = await app.write(async (work) => {
    const id = await insertCustomer(work, app.berlin)
    await insertEntitlement(work, app.berlin, { customerId: id, serviceId, quantity: 2 })
    return id
  })
  const answers = await Promise.all(slots.map((slot) => scene.book(customerId, slot)))
  assert.deepEqual(tally(answers), { BOOKED: 2, '400 noContingent': 9 })
})

test('while seats are canceled and booked at once, nobody overtakes the waiting list and counts stay true', async () => {
  await using app = await openTestApp(outOfTurn)
  const scene = classScene(app)
  const { classSlotId } = await scene.arrange({}, { maxParticipants: 10, maxWaiting: 10 })
  const [seated, queued, fresh] = [await scene.customers(10), await scene.customers(5), await scene.customers(20)]
  const taken = []
  for (const one of seated) taken.push(await scene.mustBook(one, classSlotId))
  const waiting: number[] = []
  for (const one of queued) waiting.push(await scene.mustBook(one, classSlotId, 'WAITING_LIST'))
  const cancelations = taken.slice(0, 5).map((booking) => scene.cancel(booking))
  const wishes = fresh.map((one) => scene.book(one, classSlotId))
  const [canceled, answers] = await Promise.all([Promise.all(cancelations), Promise.all(wishes)])
  assert.deepEqual([...new Set(canceled.map(({ status }) => status))], [200])
  for (const booking of waiting) assert.equal(await scene.findStatus(booking), 'BOOKED')
  assert.equal(tally(answers)['BOOKED'], undefined, 'a fresh request took a seat that the queue was waiting for')
  const { booked, waiting: left } = await stored(app, classSlotId)
  assert.deepEqual([booked[0], left[0]], [booked[1], left[1]])
  assert.deepEqual(booked, [10, 10])
  const events = await app.read(({ db }) =>
    db
      .select({ id: sql<number>`entity_id`, count: sql<number>`count(*)::int` })
      .from(sql`outbox_events`)
      .where(sql`type = 'CLASS_BOOKING_UPDATED'`)
      .groupBy(sql`entity_id`),
  )
  assert.deepEqual(
    events.map((one) => one.count),
    [1, 1, 1, 1, 1],
  )
})
