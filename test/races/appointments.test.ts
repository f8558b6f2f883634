import assert from 'node:assert/strict'
import { test } from 'node:test'
import { and, eq, isNotNull, ne, sql } from 'drizzle-orm'
import { resourceAllocations } from '../../src/resources/tables.ts'
import { bookings } from '../../src/bookings/tables.ts'
import { openTestApp, outOfTurn, type TestAnswer, type TestApp } from '../support/app.ts'
import {
  appointmentCalls,
  type BookingWish,
  insertBookable,
  insertTrainer,
} from '../support/scenes/appointment-world.ts'
import { insertCustomer, insertEntitlement } from '../support/scenes/booking-world.ts'
import { listEvents } from '../support/records.ts'
import { runUnlocked } from '../support/unlocked.ts'
import type { TestStudio } from '../support/scenes/world.ts'

// Every race runs twice: as it is, and as a control without row locks, in which it has to be lost.

const customerConstraint = 'bookings.bookings_customer_exclusive'
const resourceConstraint = 'resource_allocations.resource_allocations_exclusive'
const pauseBefore = /^insert into "(?:appointments|bookings)"/

const at = (time: string) => `2026-06-16T${time}:00+02:00`
const booked = (answers: readonly TestAnswer[]) => answers.filter(({ status }) => status === 200).length
const refusals = (answers: readonly TestAnswer[]) =>
  [...new Set(answers.filter(({ status }) => status !== 200).map(({ body }) => body.errorCode))].sort((a, b) =>
    a < b ? -1 : 1,
  )

function countBookings(app: TestApp): Promise<number> {
  return app.read(({ db }) => db.$count(bookings, ne(bookings.status, 'CANCELED')))
}

/** Pairs of active allocations of one resource that overlap. */
async function countCollisions(app: TestApp): Promise<number> {
  const other = sql`exists (select from ${resourceAllocations} o where o.resource_id = ${resourceAllocations.resourceId}
    and o.active and o.id < ${resourceAllocations.id} and o.during && ${resourceAllocations.during})`
  return app.read(({ db }) => db.$count(resourceAllocations, and(eq(resourceAllocations.active, true), other)))
}

function race(app: TestApp, wishes: readonly (BookingWish & { readonly as?: TestStudio })[]): Promise<TestAnswer[]> {
  const { book } = appointmentCalls(app)
  return Promise.all(wishes.map(({ as, ...wish }) => book(wish, as)))
}

async function arrangeSame(app: TestApp) {
  return app.write(async (work) => ({
    ...(await insertBookable(work, app.berlin, {})),
    customerId: await insertCustomer(work, app.berlin),
  }))
}

test('of eight identical bookings at once, one is stored and the others are refused', async () => {
  await using app = await openTestApp(outOfTurn)
  const wish = { ...(await arrangeSame(app)), start: at('10:00') }
  const answers = await race(
    app,
    Array.from({ length: 8 }, () => wish),
  )
  assert.equal(booked(answers), 1)
  assert.deepEqual(refusals(answers), ['errormessage.booking.customerInOtherBooking'])
  assert.equal(await countBookings(app), 1)
  assert.equal((await listEvents(app)).length, 1)
})

test('control: without locks identical bookings are stored several times', async () => {
  await runUnlocked({ without: [customerConstraint], pauseBefore }, async (app) => {
    const wish = { ...(await arrangeSame(app)), start: at('10:00') }
    await race(app, [wish, wish, wish])
    assert.ok((await countBookings(app)) > 1)
  })
})

/** P takes an hour and Q half an hour of the same instructor. */
async function arrangeShared(app: TestApp) {
  const { berlin } = app
  return app.write(async (work) => {
    const anna = await insertTrainer(work, berlin, 'Anna')
    const ben = await insertTrainer(work, berlin, 'Ben')
    const one = [{ kind: 'EMPLOYEE', pool: [anna.resourceId] }] as const
    const both = [{ kind: 'EMPLOYEE', pool: [anna.resourceId, ben.resourceId] }] as const
    const p = await insertBookable(work, berlin, { durationMin: 60, lines: one })
    const q = await insertBookable(work, berlin, { durationMin: 30, lines: one })
    const r = await insertBookable(work, berlin, { durationMin: 30, lines: both })
    const wishes = [
      {
        customerId: await insertCustomer(work, berlin),
        bookableId: p.bookableId,
        start: at('14:00'),
        end: at('15:00'),
      },
      {
        customerId: await insertCustomer(work, berlin),
        bookableId: q.bookableId,
        start: at('14:30'),
        end: at('15:00'),
      },
    ]
    return { wishes, anna, ben, either: r.bookableId, thirdId: await insertCustomer(work, berlin) }
  })
}

test('two services at once for one instructor give one booking, no matter which is first', async () => {
  await using app = await openTestApp(outOfTurn)
  for (let turn = 0; turn < 5; turn++) {
    const { wishes, anna, ben, either, thirdId } = await arrangeShared(app)
    const answers = await race(app, turn % 2 === 0 ? wishes : wishes.toReversed())
    assert.equal(booked(answers), 1)
    assert.deepEqual(refusals(answers), ['errormessage.booking.resourceNotAvailable'])
    assert.equal(await countCollisions(app), 0)
    const instructorIds = [anna.employeeId, ben.employeeId]
    const wish = { customerId: thirdId, bookableId: either, start: at('14:30'), end: at('15:00'), instructorIds }
    const { body } = await appointmentCalls(app).book(wish)
    assert.deepEqual(
      body.instructors.map(({ id }: { id: number }) => id),
      [ben.employeeId],
    )
  }
})

test('E10 control: without locks and constraint the instructor is taken twice', async () => {
  await runUnlocked({ without: [resourceConstraint], pauseBefore }, async (app) => {
    await race(app, (await arrangeShared(app)).wishes)
    assert.equal(await countCollisions(app), 1)
  })
})

test('without locks the constraint still accepts one and refuses the other with the reason', async () => {
  await runUnlocked({ pauseBefore }, async (app) => {
    const answers = await race(app, (await arrangeShared(app)).wishes)
    assert.equal(booked(answers), 1)
    assert.deepEqual(refusals(answers), ['errormessage.booking.resourceNotAvailable'])
  })
})

/** One customer, and in each of two studios of the tenant a service that admits this customer. */
async function arrangeTwoStudios(app: TestApp) {
  const { berlin, hamburg } = app
  return app.write(async (work) => {
    const customerId = await insertCustomer(work, berlin)
    const here = await insertBookable(work, berlin, {})
    const there = await insertBookable(work, hamburg, {})
    await insertEntitlement(work, berlin, { customerId, serviceId: there.serviceId, crossStudio: true })
    return [
      { customerId, bookableId: here.bookableId, start: at('10:00') },
      { customerId, bookableId: there.bookableId, start: at('10:30'), as: hamburg },
    ]
  })
}

test('a customer cannot be booked in two studios at the same time', async () => {
  await using app = await openTestApp(outOfTurn)
  for (let turn = 0; turn < 5; turn++) {
    const wishes = await arrangeTwoStudios(app)
    const answers = await race(app, turn % 2 === 0 ? wishes : wishes.toReversed())
    assert.equal(booked(answers), 1)
    assert.deepEqual(refusals(answers), ['errormessage.booking.customerInOtherBooking'])
    assert.equal(await countBookings(app), turn + 1)
  }
})

test('control: without locks the customer is in two studios at once', async () => {
  await runUnlocked({ without: [customerConstraint], pauseBefore }, async (app) => {
    await race(app, await arrangeTwoStudios(app))
    assert.equal(await countBookings(app), 2)
  })
})

/** Six customers who want to join groups of three that nobody has opened yet. */
async function arrangeGroup(app: TestApp) {
  return app.write(async (work) => {
    const { bookableId } = await insertBookable(work, app.berlin, { maxParticipants: 3 })
    const wishes: BookingWish[] = []
    for (let k = 0; k < 6; k++) {
      wishes.push({ customerId: await insertCustomer(work, app.berlin), bookableId, start: at('10:00') })
    }
    return wishes
  })
}

async function groupSizes(app: TestApp): Promise<number[]> {
  const rows = await app.read(({ db }) =>
    db
      .select({ size: sql<number>`count(*)::int` })
      .from(bookings)
      .where(isNotNull(bookings.appointmentId))
      .groupBy(bookings.appointmentId),
  )
  return rows.map(({ size }) => size).sort((a, b) => a - b)
}

test('a group that six join at once is filled before the next one is opened', async () => {
  await using app = await openTestApp(outOfTurn)
  assert.equal(booked(await race(app, await arrangeGroup(app))), 6)
  assert.deepEqual(await groupSizes(app), [3, 3])
})

test('control: without locks everybody opens a group of his own', async () => {
  await runUnlocked({ pauseBefore }, async (app) => {
    await race(app, await arrangeGroup(app))
    assert.notDeepEqual(await groupSizes(app), [3, 3])
  })
})

test('when all members of a group leave at once, the last one cancels the appointment, once', async () => {
  await using app = await openTestApp(outOfTurn)
  const answers = await race(app, (await arrangeGroup(app)).slice(0, 3))
  const { cancel } = appointmentCalls(app)
  const canceled = await Promise.all(answers.map(({ body }) => cancel(body.bookingId)))
  assert.deepEqual(
    canceled.map(({ status }) => status),
    [200, 200, 200],
  )
  const { body } = await app.get(`/v1/appointments/booking/${answers[0]?.body.bookingId}`)
  assert.equal(body.appointmentStatus, 'CANCELED')
  const cancelations = (await listEvents(app)).filter(({ type }) => type === 'APPOINTMENT_BOOKING_CANCELLED')
  assert.equal(cancelations.length, 3)
})
