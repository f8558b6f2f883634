import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { and, eq, isNull, ne, sql } from 'drizzle-orm'
import { insertHold } from '../../src/bookings/holds/hold-store.ts'
import { findSlotContext } from '../../src/classes/slot-store.ts'
import { classSlots } from '../../src/classes/tables.ts'
import { resourceAllocations } from '../../src/resources/tables.ts'
import { bookings } from '../../src/bookings/tables.ts'
import type { UnitOfWork } from '../../src/platform/units/work.ts'
import { openTestApp, outOfTurn, type TestAnswer, type TestApp } from '../support/app.ts'
import { insertTrainer } from '../support/scenes/appointment-world.ts'
import { holdScene } from '../support/scenes/hold-scene.ts'
import { meetingPoint } from '../support/meeting-point.ts'
import { listEvents } from '../support/records.ts'
import { runUnlocked } from '../support/unlocked.ts'

// Every race has its control, in which it is lost.

function tally(answers: readonly TestAnswer[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { status, body } of answers) {
    const key = status === 200 ? (body.bookingStatus ?? body.status) : `${status} ${body.errorCode.split('.').at(-1)}`
    counts[key] = (counts[key] ?? 0) + 1
  }
  return counts
}

/** What the slot counts, and the seats that are there. */
const countSeats = (app: TestApp, classSlotId: number) =>
  app.read(async ({ db }) => {
    const [slot] = await db.select().from(classSlots).where(eq(classSlots.id, classSlotId))
    const taken = and(eq(bookings.classSlotId, classSlotId), ne(bookings.status, 'CANCELED'))
    return [slot?.bookedCount, await db.$count(bookings, taken)]
  })

const liveHolds = (app: TestApp) =>
  app.read(({ db }) => db.$count(bookings, and(isNull(bookings.customerId), ne(bookings.status, 'CANCELED'))))

test('of 40 holds at once, three seats are held', async () => {
  await using app = await openTestApp(outOfTurn)
  const scene = holdScene(app)
  const { classSlotId } = await scene.arrangeClass({}, {}, { maxParticipants: 3, maxWaiting: 9 })
  const answers = await Promise.all(Array.from({ length: 40 }, () => scene.holdSeat(classSlotId)))
  assert.deepEqual(tally(answers), { ACTIVE: 3, '400 bookingLimitReached': 37 })
  assert.deepEqual(await countSeats(app, classSlotId), [3, 3])
})

const CARELESS = 6

/** Reads, decides and holds as one would without lock and guard, while others are at the same point. */
async function holdCarelessly(
  work: UnitOfWork,
  { classSlotId, integrationId, meet }: { classSlotId: number; integrationId: number; meet: () => Promise<void> },
) {
  const context = await findSlotContext(work.db, classSlotId, work.now)
  assert.ok(context)
  const { bookedCount, maxParticipants, studioId, startAt, endAt } = context.slot
  await meet()
  if (bookedCount >= (maxParticipants ?? 0)) return
  const during = { from: startAt, until: endAt }
  const until = work.now.add({ minutes: 10 })
  await insertHold(work.tx, { studioId, integrationId, target: { classSlotId }, during, until }, work.now)
  await work.tx
    .update(classSlots)
    .set({ bookedCount: bookedCount + 1 })
    .where(eq(classSlots.id, classSlotId))
}

test('control: without the lock and the guard six holds get three seats', async () => {
  await using app = await openTestApp(outOfTurn)
  const { integrationId } = app.berlin
  const { classSlotId } = await holdScene(app).arrangeClass({}, {}, { maxParticipants: 3 })
  const meet = meetingPoint(CARELESS)
  const holds = Array.from({ length: CARELESS }, () =>
    app.write((work) => holdCarelessly(work, { classSlotId, integrationId, meet })),
  )
  await Promise.all(holds)
  assert.deepEqual(await countSeats(app, classSlotId), [1, CARELESS])
})

test('holds and bookings that want the last seat at once: one of them gets it', async () => {
  await using app = await openTestApp(outOfTurn)
  const scene = holdScene(app)
  for (let turn = 0; turn < 5; turn++) {
    const { classSlotId } = await scene.arrangeClass({}, {}, { maxParticipants: 1 })
    const customers = await Promise.all(Array.from({ length: 5 }, () => scene.prospect()))
    const wishes = customers.flatMap((one) => [scene.holdSeat(classSlotId), scene.bookClass(one, classSlotId)])
    const { ACTIVE = 0, BOOKED = 0, ...refused } = tally(await Promise.all(wishes))
    assert.deepEqual([ACTIVE + BOOKED, refused], [1, { '400 bookingLimitReached': 9 }])
    assert.deepEqual(await countSeats(app, classSlotId), [1, 1])
  }
})

/** Holds and bookings of the only trainer at the same time. */
async function wantTheTrainer(app: TestApp) {
  const scene = holdScene(app)
  const { resourceId } = await app.write((work) => insertTrainer(work, app.berlin))
  const lines = [{ kind: 'EMPLOYEE' as const, pool: [resourceId] }]
  const { bookableId } = await scene.arrangeBookable({}, { lines })
  const time = { bookableId, start: '2026-06-16T10:00:00+02:00' }
  const customers = [await scene.prospect(), await scene.prospect()]
  const wishes = customers.flatMap((customerId) => [
    scene.holdTime(time),
    scene.bookAppointment({ ...time, customerId }),
  ])
  const answers = await Promise.all(wishes)
  const taken = await app.read(({ db }) => db.$count(resourceAllocations, eq(resourceAllocations.active, true)))
  return { answers, taken }
}

test('holds and bookings that want the only trainer at once: one of them gets her', async () => {
  await using app = await openTestApp(outOfTurn)
  const { answers, taken } = await wantTheTrainer(app)
  const { ACTIVE = 0, BOOKED = 0, ...refused } = tally(answers)
  assert.deepEqual([ACTIVE + BOOKED, refused, taken], [1, { '400 resourceNotAvailable': 3 }, 1])
})

const pauseBefore = /^insert into "?(?:appointments|bookings)/is

test('control: without locks and constraint a hold and a booking have the same trainer', async () => {
  const without = ['resource_allocations.resource_allocations_exclusive']
  await runUnlocked({ without, pauseBefore }, async (app) => {
    assert.ok((await wantTheTrainer(app)).taken > 1)
  })
})

/** Six more holds where one is left to the integration. */
async function passTheLimit(app: TestApp) {
  const scene = holdScene(app)
  const { classId, classSlotId } = await scene.arrangeClass({}, {}, { maxParticipants: 50 })
  for (let k = 0; k < 19; k++) await scene.mustHoldSeat(classSlotId)
  const slots = await Promise.all(
    [18, 19, 20, 21, 22, 23].map((day) => scene.addSlot(classId, `2026-06-${day}T18:00+02:00`)),
  )
  const answers = await Promise.all(slots.map((slot) => scene.holdSeat(slot)))
  return { answers, live: await liveHolds(app) }
}

test('an integration that holds in several slots at once gets no more than it may', async () => {
  await using app = await openTestApp(outOfTurn)
  const { answers, live } = await passTheLimit(app)
  assert.deepEqual([tally(answers), live], [{ ACTIVE: 1, '400 limitReached': 5 }, 20])
})

test('control: without locks it gets more', async () => {
  await runUnlocked({ pauseBefore }, async (app) => {
    const { live } = await passTheLimit(app)
    assert.ok(live > 20, `${live} holds`)
  })
})

/** Several people bring one and the same hold at once. */
async function useTwice(app: TestApp) {
  const scene = holdScene(app)
  const { classSlotId } = await scene.arrangeClass({}, {}, { maxParticipants: 1 })
  const holdId = await scene.mustHoldSeat(classSlotId)
  const customers = await Promise.all(Array.from({ length: 4 }, () => scene.prospect()))
  const answers = await Promise.all(customers.map((one) => scene.useSeat(holdId, one, classSlotId)))
  return { answers, seats: await countSeats(app, classSlotId) }
}

test('of several bookings with one hold at once, one is stored, and the others are answered that it was used', async () => {
  await using app = await openTestApp(outOfTurn)
  const { answers, seats } = await useTwice(app)
  assert.deepEqual([tally(answers), seats], [{ BOOKED: 1, '400 used': 3 }, [1, 1]])
})

test('control: without locks the others come to the row although it was used', async () => {
  await runUnlocked({ pauseBefore: /^update "bookings"/ }, async (app) => {
    assert.ok((tally((await useTwice(app)).answers)['500 internal'] ?? 0) > 0)
  })
})

/** A held time is booked and given back at once. */
async function useAndRelease(app: TestApp) {
  const scene = holdScene(app)
  const { bookableId } = await scene.arrangeBookable()
  const time = { bookableId, start: '2026-06-16T10:00:00+02:00' }
  const [holdId, customerId] = [await scene.mustHoldTime(time), await scene.prospect()]
  const answers = await Promise.all([scene.useTime(holdId, { ...time, customerId }), scene.release(holdId)])
  const [row] = await app.read(({ db }) =>
    db
      .select({ status: bookings.status, appointment: sql<string>`a.status` })
      .from(bookings)
      .innerJoin(sql`appointments a`, sql`a.id = ${bookings.appointmentId}`)
      .where(eq(bookings.id, holdId)),
  )
  return `${Object.keys(tally(answers)).sort().join(' ')}: ${row?.status} ${row?.appointment}`
}

const oneWins = ['400 used BOOKED: BOOKED PLANNED', '400 released RELEASED: CANCELED CANCELED']

test('a hold that is used and given back at once is one of the two', async () => {
  await using app = await openTestApp(outOfTurn)
  for (let turn = 0; turn < 8; turn++) assert.ok(oneWins.includes(await useAndRelease(app)))
})

test('control: without locks it is neither', async () => {
  await runUnlocked({ pauseBefore: /^update "bookings"/ }, async (app) => {
    const outcome = await useAndRelease(app)
    assert.ok(!oneWins.includes(outcome), outcome)
  })
})

const END = '2026-06-15T09:10:00+02:00'

test('a hold that is used in its last moment, while the sweeper searches what has expired, is used or expires', async () => {
  for (const head of [0, 5, 40]) {
    await using app = await openTestApp(outOfTurn)
    const scene = holdScene(app)
    const { classSlotId } = await scene.arrangeClass({}, {}, { maxParticipants: 1 })
    const [holdId, customerId] = [await scene.mustHoldSeat(classSlotId), await scene.prospect()]
    await app.travelTo(END)
    const using = scene.useSeat(holdId, customerId, classSlotId)
    await sleep(head)
    await app.travelTo(String(Temporal.Instant.from(END).add({ milliseconds: 1 })))
    const isUsed = (await using).status === 200
    assert.equal(await scene.fetchHoldStatus(holdId), isUsed ? 'USED' : 'EXPIRED')
    assert.deepEqual(await countSeats(app, classSlotId), isUsed ? [1, 1] : [0, 0])
    assert.deepEqual(
      (await listEvents(app)).map(({ type }) => type),
      isUsed ? ['CLASS_BOOKING_CREATED'] : [],
    )
  }
})
