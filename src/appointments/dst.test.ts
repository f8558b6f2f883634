import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openTestApp, type TestApp } from '../../test/support/app.ts'
import { appointmentCalls, insertBookable, openDaily } from '../../test/support/scenes/appointment-world.ts'
import { insertCustomer, insertResource } from '../../test/support/scenes/booking-world.ts'

// Starts on the days on which the clocks change. A studio that never closes, one room, half an hour.

let app: TestApp
let calls: ReturnType<typeof appointmentCalls>
let bookableId: number
let every45Id: number

before(() => openHouse('2026-03-01T12:00+01:00'))
after(() => app.close())

async function openHouse(now: string) {
  app = await openTestApp({ now })
  calls = appointmentCalls(app)
  const { berlin } = app
  await app.write(async (work) => {
    await openDaily(work, berlin, '00:00', '00:00')
    const lines = [{ kind: 'ROOM', pool: [await insertResource(work, berlin)] }] as const
    bookableId = (await insertBookable(work, berlin, { durationMin: 30, gridMin: 30, lines })).bookableId
    const other = [{ kind: 'ROOM', pool: [await insertResource(work, berlin)] }] as const
    every45Id = (await insertBookable(work, berlin, { durationMin: 30, gridMin: 45, lines: other })).bookableId
  })
}

type Slot = { readonly startDateTime: string; readonly endDateTime: string }

async function slotsOn(date: string, id = bookableId): Promise<Slot[]> {
  const { body } = await calls.slots(id, { slotWindowStartDate: date, daysAhead: 1 })
  return body.filter(({ startDateTime }: Slot) => startDateTime.startsWith(date))
}

const short = (dateTime: string) => `${dateTime.slice(11, 16)}${dateTime.slice(23, 29)}`

test('an ordinary day has a start every half hour', async () => {
  assert.equal((await slotsOn('2026-03-28')).length, 48)
})

test('the hour that is left out in spring has no starts, and what begins before it ends after it', async () => {
  const slots = await slotsOn('2026-03-29')
  const starts = slots.map(({ startDateTime }) => short(startDateTime))
  assert.equal(slots.length, 46)
  assert.deepEqual(starts.slice(0, 6), [
    '00:00+01:00',
    '00:30+01:00',
    '01:00+01:00',
    '01:30+01:00',
    '03:00+02:00',
    '03:30+02:00',
  ])
  const last = slots.find(({ startDateTime }) => short(startDateTime) === '01:30+01:00')
  assert.equal(last?.endDateTime, '2026-03-29T03:00:00.000+02:00[Europe/Berlin]')
})

test('a grid of 45 minutes follows the wall clock over the gap', async () => {
  const starts = (await slotsOn('2026-03-29', every45Id)).map(({ startDateTime }) => startDateTime.slice(11, 16))
  assert.equal(starts.length, 31)
  assert.deepEqual(starts.slice(0, 5), ['00:00', '00:45', '01:30', '03:00', '03:45'])
})

test('the hour that comes twice in autumn can be booked twice', async () => {
  await app.close()
  await openHouse('2026-10-01T12:00+02:00')
  const starts = (await slotsOn('2026-10-25')).map(({ startDateTime }) => short(startDateTime))
  assert.equal(starts.length, 50)
  assert.deepEqual(starts.slice(3, 9), [
    '01:30+02:00',
    '02:00+02:00',
    '02:30+02:00',
    '02:00+01:00',
    '02:30+01:00',
    '03:00+01:00',
  ])
  const customerId = await app.write((work) => insertCustomer(work, app.berlin))
  const start = '2026-10-25T02:30+02:00'
  const booked = await calls.book({ customerId, bookableId, start, end: '2026-10-25T02:00+01:00' })
  assert.equal(booked.status, 200)
  const left = (await slotsOn('2026-10-25')).map(({ startDateTime }) => short(startDateTime))
  assert.deepEqual(left.slice(3, 8), ['01:30+02:00', '02:00+02:00', '02:00+01:00', '02:30+01:00', '03:00+01:00'])
})
