import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { openTestApp, type TestApp } from '../../test/support/app.ts'
import {
  insertAbsence,
  insertBlocking,
  insertBookable,
  insertShift,
  insertTrainer,
  type LineInput,
} from '../../test/support/scenes/appointment-world.ts'
import { insertContract, insertCustomer, insertResource } from '../../test/support/scenes/booking-world.ts'
import { gridStarts } from './free-times/grid-rules.ts'
import { datesIn, dayInterval } from '../platform/time/calendar.ts'
import { slotDates } from '../bookings/rules/window-rules.ts'
import { saveOpeningHours } from '../studios/index.ts'
import type { UnitOfWork } from '../platform/units/work.ts'
import type { AppointmentWish } from './requests.ts'
import { bookAppointment, checkAppointment } from './bookings.ts'
import { listAppointmentSlots } from './free-times/slots.ts'
import { explainWish } from './booking-details.ts'
import { findAppointmentBooking } from './booking-store.ts'

// List, validation and booking agree: in made-up worlds, around both changes of the clocks of 2026, every listed start
// is available and can be booked with just those instructors, and every other start of the grid is refused.

const weekends = [
  { now: '2026-03-28T10:07+01:00', firstDate: '2026-03-28' },
  { now: '2026-10-24T10:07+02:00', firstDate: '2026-10-24' },
] as const
const worldsPerWeekend = 8
const zone = 'Europe/Berlin'

let app: TestApp

/** The same numbers for the same seed, so that a failure can be repeated. */
function dice(seed: number) {
  let state = seed * 2654435761
  const roll = (sides: number): number => {
    state = (Math.imul(state ^ (state >>> 15), 2246822519) + 3266489917) | 0
    return Math.abs(state >> 8) % sides
  }
  return { roll, pick: <T>(all: readonly T[]) => all[roll(all.length)] as T, chance: (of: number) => roll(of) === 0 }
}
type Dice = ReturnType<typeof dice>

interface World {
  readonly bookableId: number
  readonly gridMin: number
  readonly gridOffsetMin: number
  readonly durationMin: number
  readonly customerId: number
}

const clock = (hour: number) => Temporal.PlainTime.from({ hour })

async function openHours(work: UnitOfWork, { roll, chance }: Dice) {
  const from = roll(9)
  const row = { kind: 'INTERNAL', dayFrom: 'FRIDAY', dayTo: 'MONDAY', timeFrom: clock(from) } as const
  const hours = chance(4) ? [] : [{ ...row, timeTo: clock((from + 14 + roll(10)) % 24) }]
  const closing = Temporal.PlainDateTime.from('2026-03-29T14:00')
  const closings = chance(2) ? [{ reason: 'Party', fromLocal: closing, toLocal: closing.add({ hours: 3 }) }] : []
  await saveOpeningHours(work, app.berlin.studioId, { hours, closings })
}

/** Trainers with shifts, absences and work, a room and a device for two. */
async function insertPool(work: UnitOfWork, { roll, chance }: Dice, midnight: Temporal.Instant): Promise<LineInput[]> {
  const { berlin } = app
  const moment = () => midnight.add({ minutes: 15 * roll(48 * 4) })
  const occupied = (resourceId: number) => {
    const from = moment()
    return { resourceId, from: from.toString(), until: from.add({ minutes: 20 + 10 * roll(20) }).toString() }
  }
  const trainers: number[] = []
  for (let k = 0; k < 3; k++) {
    const { resourceId } = await insertTrainer(work, berlin, `Trainer ${k}`)
    trainers.push(resourceId)
    if (chance(2)) await insertShift(work, berlin, { resourceId, from: `0${roll(9)}:00`, to: `${14 + roll(9)}:30` })
    if (chance(2)) await insertAbsence(work, berlin, occupied(resourceId))
  }
  const room = await insertResource(work, berlin)
  const device = await insertResource(work, berlin, { kind: 'DEVICE', capacity: 2, name: 'EMS' })
  await insertBlocking(work, berlin, occupied(room))
  await insertBlocking(work, berlin, occupied(device))
  await insertBlocking(work, berlin, occupied(device))
  const lines: LineInput[] = [{ kind: 'EMPLOYEE', pool: trainers, count: chance(3) ? 2 : 1 }]
  if (chance(2)) lines.push({ kind: 'ROOM', pool: [room] })
  if (chance(2)) lines.push({ kind: 'DEVICE', pool: [device] })
  return chance(6) ? [] : lines
}

function insertWorld(seed: number, firstDate: Temporal.PlainDate): Promise<World> {
  const random = dice(seed)
  const { roll, pick, chance } = random
  const shape = { gridMin: pick([30, 45, 60, 90]), gridOffsetMin: pick([0, 0, 15]), durationMin: pick([30, 45, 75]) }
  return app.write(async (work) => {
    await openHours(work, random)
    const lines = await insertPool(work, random, firstDate.toZonedDateTime(zone).toInstant())
    const { bookableId } = await insertBookable(work, app.berlin, {
      ...shape,
      lines,
      prepMin: pick([0, 0, 10]),
      followUpMin: pick([0, 15, 25]),
      customerPicksInstructor: chance(2),
      maxParticipants: chance(3) ? 2 : 1,
      allowParallel: chance(4),
      rule: {
        latestTermValue: roll(4),
        latestTermUnit: 'HOURS',
        maxPerPeriod: chance(3) ? 1 : 3,
        maxPerPeriodUnit: 'DAY',
        requiresActiveContract: true,
      },
    })
    const customerId = await insertCustomer(work, app.berlin)
    await insertContract(work, app.berlin, {
      customerId,
      lastDay: firstDate.add({ days: chance(2) ? 1 : 9 }).toString(),
    })
    return { bookableId, customerId, ...shape }
  })
}

function makeWish(
  { bookableId, customerId, durationMin }: World,
  start: Temporal.Instant,
  instructorIds: readonly number[],
) {
  const { studioId, integrationId } = app.berlin
  return {
    studio: { studioId, zone },
    audience: 'CUSTOMERS',
    sight: { studioIds: [studioId], integrationId },
    bookableId,
    customerId,
    start,
    end: start.add({ minutes: durationMin }),
    instructorIds,
  } as const satisfies AppointmentWish
}

const check = (wish: AppointmentWish) => app.read((view) => checkAppointment(view, wish))

/** Books, reads who would hold it, and takes everything back. */
async function tryBooking(wish: AppointmentWish): Promise<readonly number[]> {
  const undo = new Error('Not meant to last.')
  let instructorIds: readonly number[] = []
  const attempt = app.write(async (work) => {
    const bookingId = await bookAppointment(work, wish)
    const query = { studioId: wish.studio.studioId, bookingId, now: work.now }
    const row = await findAppointmentBooking(work.tx, query)
    instructorIds = row?.instructors.map(({ id }) => id) ?? []
    throw undo
  })
  await assert.rejects(attempt, undo)
  return instructorIds
}

/** Some bookings of others and of the customer, so that groups, work and collisions exist. */
async function bookSome(world: World, random: Dice, slots: Awaited<ReturnType<typeof listSlots>>) {
  for (let k = 0; k < 4 && slots.length > 0; k++) {
    const { start, instructorIds } = random.pick(slots)
    const own = k === 0
    const customerId = own ? world.customerId : await app.write((work) => insertCustomer(work, app.berlin))
    if (!own) await app.write((work) => insertContract(work, app.berlin, { customerId }))
    const wish = makeWish({ ...world, customerId }, start, instructorIds)
    if ((await check(wish)) === 'AVAILABLE') await app.write((work) => bookAppointment(work, wish))
  }
}

async function listSlots(world: World, firstDate: Temporal.PlainDate) {
  const inquiry = makeWish(world, Temporal.Instant.fromEpochMilliseconds(0), [])
  const days = { firstDate, daysAhead: 1 }
  const { slots } = await app.read((view) => listAppointmentSlots(view, inquiry, days))
  return slots
}

/** What is returned beside a refusal: its reason first, and times that are available, none that is nearer left out. */
async function checkAlternatives(world: World, start: Temporal.Instant, listed: readonly number[]) {
  const wish = makeWish(world, start, [])
  const { failing, alternatives } = await app.read((view) => explainWish(view, wish))
  assert.equal(failing[0], await check(wish))
  for (const one of alternatives) {
    assert.equal(await check(makeWish(world, one.start, one.instructorIds)), 'AVAILABLE', `${start}: ${one.start}`)
  }
  const suggested = alternatives.map((one) => one.start.epochMilliseconds)
  const away = (ms: number) => Math.abs(ms - start.epochMilliseconds)
  const furthest = suggested.length < 3 ? Number.POSITIVE_INFINITY : Math.max(...suggested.map(away))
  const missed = listed.filter((ms) => away(ms) < furthest && !suggested.includes(ms))
  assert.deepEqual(missed, [], `nearer to ${start}`)
}

for (const { now, firstDate: text } of weekends) {
  describe(`around ${text}`, () => {
    before(async () => {
      app = await openTestApp({ now })
    })
    after(() => app.close())

    const firstDate = Temporal.PlainDate.from(text)
    for (let world = 1; world <= worldsPerWeekend; world++) {
      const seed = world + firstDate.month * 100
      test(`list, validation and booking agree on ${text}, world ${seed}`, async () => {
        const made = await insertWorld(seed, firstDate)
        await bookSome(made, dice(seed + 7), await listSlots(made, firstDate))
        const slots = await listSlots(made, firstDate)
        const listed = new Set(slots.map(({ start }) => start.epochMilliseconds))
        const starts = datesIn(slotDates(firstDate, 1)).flatMap((date) =>
          gridStarts(dayInterval(date, zone), made, zone),
        )
        for (const start of starts.map((ms) => Temporal.Instant.fromEpochMilliseconds(ms))) {
          const status = await check(makeWish(made, start, []))
          assert.equal(status === 'AVAILABLE', listed.has(start.epochMilliseconds), `${start}: ${status}`)
          if (status !== 'AVAILABLE') await checkAlternatives(made, start, [...listed])
        }
        for (const [k, { start, instructorIds }] of slots.entries()) {
          const wish = makeWish(made, start, instructorIds)
          assert.equal(await check(wish), 'AVAILABLE', start.toString())
          if (k % 5 === 0) assert.deepEqual(await tryBooking(wish), instructorIds)
        }
        const inGrid = new Set(starts)
        assert.ok(slots.every(({ start }) => inGrid.has(start.epochMilliseconds)))
      })
    }
  })
}
