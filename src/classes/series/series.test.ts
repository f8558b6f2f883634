import { after, before, test } from 'node:test'
import assert from 'node:assert/strict'
import { asc, eq, sql } from 'drizzle-orm'
import { openTestApp, type TestApp } from '../../../test/support/app.ts'
import { insertClass, insertResource } from '../../../test/support/scenes/booking-world.ts'
import { classScene } from '../../../test/support/scenes/class-scene.ts'
import { changeSlot } from '../slot-planning/slot-changes.ts'
import { createSeries, type SeriesInput, updateSeries } from './series.ts'
import { classSlots } from '../tables.ts'
import { bookings } from '../../bookings/tables.ts'

let app: TestApp
let scene: ReturnType<typeof classScene>
before(async () => {
  app = await openTestApp({ now: '2026-03-16T09:00+01:00' })
  scene = classScene(app)
})
after(() => app.close())

const date = (text: string) => Temporal.PlainDate.from(text)
const refusal = (code: string) => (error: Error) => error.message === `errormessage.${code}`

function listSlots(classId: number) {
  return app.read(({ db }) =>
    db.select().from(classSlots).where(eq(classSlots.classId, classId)).orderBy(asc(classSlots.startAt)),
  )
}
const localStarts = (slots: readonly { startAt: Temporal.Instant }[]) =>
  slots.map(({ startAt }) =>
    startAt.toZonedDateTimeISO('Europe/Berlin').toString({ smallestUnit: 'minute', timeZoneName: 'never' }),
  )

const sundays = (classId: number, changes: Partial<SeriesInput> = {}): SeriesInput => ({
  classId,
  weekdays: ['SUNDAY'],
  localTime: Temporal.PlainTime.from('02:30'),
  fromDate: date('2026-03-16'),
  toDate: date('2026-04-12'),
  ...changes,
})

test('a series keeps its wall-clock time; in the gap it moves, and doubled it takes the first pass', async () => {
  const { classId } = await app.write((work) => insertClass(work, app.berlin, { defaultMax: 7 }))
  await app.write((work) => createSeries(work, sundays(classId, { toDate: null })))
  const slots = await listSlots(classId)
  const starts = localStarts(slots)
  assert.deepEqual(starts.slice(0, 3), ['2026-03-22T02:30+01:00', '2026-03-29T03:30+02:00', '2026-04-05T02:30+02:00'])
  assert.ok(starts.includes('2026-10-25T02:30+02:00'))
  assert.ok((starts.at(-1) ?? '') >= '2027-04-15', 'planned 400 days ahead')
  assert.equal(slots[0]?.maxParticipants, 7)
  assert.equal(slots[1]?.endAt.since(slots[1].startAt).total('minutes'), 45)
})

test('editing a series moves slots with their bookings, drops what falls away, and leaves edited slots alone', async () => {
  const { classId } = await app.write((work) => insertClass(work, app.berlin))
  const seriesId = await app.write((work) => createSeries(work, sundays(classId)))
  const [first, second, third, fourth] = await listSlots(classId)
  assert.ok(first && second && third && fourth)
  const booking = await scene.mustBook(await scene.customer(), second.id)
  await app.write((work) => changeSlot(work, third.id, { maxParticipants: 3 }))
  const localTime = Temporal.PlainTime.from('10:00')
  await app.write((work) => updateSeries(work, seriesId, { localTime, toDate: date('2026-04-05') }))
  const after = await listSlots(classId)
  assert.deepEqual(localStarts(after), ['2026-03-22T10:00+01:00', '2026-03-29T10:00+02:00', '2026-04-05T02:30+02:00'])
  assert.deepEqual(
    after.map(({ id, detached }) => [id, detached]),
    [
      [first.id, false],
      [second.id, false],
      [third.id, true],
    ],
  )
  assert.deepEqual(await scene.listEvents(second.id), ['CLASS_SLOT_UPDATED 0'])
  const [moved] = await app.read(({ db }) => db.select().from(bookings).where(eq(bookings.id, booking)))
  assert.equal(String(moved?.during.from), '2026-03-29T08:00:00Z')
  await app.write((work) => updateSeries(work, seriesId, { weekdays: ['MONDAY'] }))
  const statuses = (await listSlots(classId)).map(({ id, status }) => [id === second.id, status])
  assert.deepEqual(
    statuses.filter(([isSecond]) => isSecond),
    [[true, 'CANCELED']],
  )
  assert.equal(await scene.findStatus(booking), 'CANCELED')
})

test('planning a series again, every day and after a crash, adds nothing twice', async () => {
  const { classId } = await app.write((work) => insertClass(work, app.berlin))
  const weekdays = ['MONDAY', 'THURSDAY'] as const
  const seriesId = await app.write((work) => createSeries(work, sundays(classId, { weekdays, toDate: null })))
  const before = await listSlots(classId)
  await app.write(({ tx }) => tx.execute(sql`update class_series set planned_version = -1 where id = ${seriesId}`))
  await app.travelTo('2026-03-16T10:00+01:00')
  assert.deepEqual(localStarts(await listSlots(classId)), localStarts(before))
  await app.travelTo('2026-03-27T09:00+01:00')
  const later = localStarts(await listSlots(classId))
  assert.deepEqual(later.slice(0, before.length), localStarts(before))
  assert.equal(new Set(later).size, later.length)
  assert.ok((later.at(-1) ?? '') >= '2027-04-26', `planned until ${later.at(-1)}`)
})

test('a day that is named twice counts once, in the order of the week', async () => {
  const { classId } = await app.write((work) => insertClass(work, app.berlin))
  const weekdays = ['THURSDAY', 'MONDAY', 'THURSDAY'] as const
  const seriesId = await app.write((work) => createSeries(work, sundays(classId, { weekdays, toDate: null })))
  const readDays = async () => {
    const { rows } = await app.write(({ tx }) =>
      tx.execute<{ weekdays: string[] }>(sql`select weekdays from class_series where id = ${seriesId}`),
    )
    return rows[0]?.weekdays
  }
  assert.deepEqual(await readDays(), ['MONDAY', 'THURSDAY'])
  const starts = localStarts(await listSlots(classId))
  assert.equal(new Set(starts).size, starts.length)
  await app.write((work) => updateSeries(work, seriesId, { weekdays: ['FRIDAY', 'FRIDAY'] }))
  assert.deepEqual(await readDays(), ['FRIDAY'])
})

test('a series that would collide is refused as a whole', async () => {
  const { classId, locationId } = await app.write(async (work) => {
    const made = await insertClass(work, app.berlin)
    return { ...made, locationId: await insertResource(work, app.berlin) }
  })
  const noon = { locationId, localTime: Temporal.PlainTime.from('12:00'), fromDate: date('2026-03-29') }
  const seriesId = await app.write((work) => createSeries(work, sundays(classId, noon)))
  const half = { ...noon, localTime: Temporal.PlainTime.from('12:30') }
  const taken = refusal('booking.resourceNotAvailable')
  await assert.rejects(
    app.write((work) => createSeries(work, sundays(classId, half))),
    taken,
  )
  const evening = { ...noon, localTime: Temporal.PlainTime.from('18:00') }
  const other = await app.write((work) => createSeries(work, sundays(classId, evening)))
  const { localTime } = half
  await assert.rejects(
    app.write((work) => updateSeries(work, other, { localTime })),
    taken,
  )
  await app.write((work) => updateSeries(work, seriesId, { localTime }))
})
