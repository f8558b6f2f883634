import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { asc, eq } from 'drizzle-orm'
import { openTestApp, type TestApp } from '../../../test/support/app.ts'
import { commandLine } from '../../../test/support/command-line.ts'
import { appointmentCalls } from '../../../test/support/scenes/appointment-world.ts'
import { insertCustomer } from '../../../test/support/scenes/booking-world.ts'
import { classSlots } from '../../classes/tables.ts'

let app: TestApp
before(async () => void (app = await openTestApp()))
after(() => app.close())

const run = (line: string) => commandLine(app)(line)
const customer = () => app.write((work) => insertCustomer(work, app.berlin))

test('a new class is booked without membership; asking for one refuses, and the refusal names the way out', async () => {
  const { classId, ruleId } = await run('class create --studio 123 --title First --duration 60')
  const { classSlotId } = await run(`slot plan ${classId} 2026-06-16T18:30+02:00`)
  const book = async () => app.post('/v1/classes/booking/book', { customerId: await customer(), classSlotId })
  assert.equal((await book()).status, 200)
  await run(`class rule ${ruleId} --studio 123 --contract`)
  const refused = await book()
  assert.equal(refused.body.errorCode, 'errormessage.booking.noContingent')
  assert.match(refused.body.errorMessage, /kann ein Kontingent vergeben oder Buchungen ohne Kontingent erlauben\./)
  await run(`class rule ${ruleId} --studio 123 --no-contract`)
  assert.equal((await book()).status, 200)
})

test('a new appointment is booked without membership; asking for one refuses with the way out', async () => {
  const { bookableId } = await run('bookable create --studio 123 --title Talk --duration 45 --grid 15')
  const calls = appointmentCalls(app)
  const book = async (time: string) =>
    calls.book({ customerId: await customer(), bookableId, start: `2026-06-16T${time}:00+02:00` })
  const booked = await book('10:00')
  assert.equal(booked.status, 200, booked.text)
  await run(`bookable update ${bookableId} --studio 123 --contract`)
  assert.match(
    (await book('12:00')).body.errorMessage,
    /welche Mitgliedschaft nötig ist, oder kann die Buchung ohne sie erlauben\./,
  )
})

const listSlots = async (classId: number) =>
  app.read(({ db }) =>
    db.select().from(classSlots).where(eq(classSlots.classId, classId)).orderBy(asc(classSlots.startAt)),
  )
const listDates = async (classId: number, status = 'PLANNED') =>
  (await listSlots(classId)).filter((slot) => slot.status === status).map(({ occurrenceDate }) => `${occurrenceDate}`)
const newClass = async (title: string) =>
  (await run(`class create --studio 123 --title ${title} --duration 60`)).classId as number
const refused = (line: string, code: string) => assert.rejects(run(line), { code: `errormessage.${code}` })

test('a series that meets no day to come is refused, and so is the same series twice', async () => {
  const classId = await newClass('Twice')
  const plan = (options: string) => `class plan-series ${classId} ${options}`
  await refused(plan('--days MO --at 18:00 --from 2026-12-01 --to 2026-12-06'), 'classSeries.noDate')
  await refused(plan('--days MO --at 18:00 --from 2026-01-01 --to 2026-06-14'), 'classSeries.noDate')
  await refused(plan('--days MO --at 18:00 --from 2026-12-06 --to 2026-12-01'), 'validation.dateOrder')
  await refused(plan('--days MO --at 18:00 --from 2026-12-01 --every-weeks 0'), 'validation.min')
  const rows = await listSlots(classId)
  assert.equal(rows.length, 0)
  await run(plan('--days MO,WE --at 18:00 --from 2026-07-01 --to 2026-07-31'))
  await refused(plan('--days MO,WE --at 18:00 --from 2026-07-01 --to 2026-07-31'), 'classSeries.duplicate')
  await refused(plan('--days WE,FR --at 18:00 --from 2026-07-20'), 'classSeries.duplicate')
  const { seriesId } = await run(plan('--days FR --at 18:00 --from 2026-07-01 --to 2026-07-31'))
  await run(plan('--days MO --at 18:00 --from 2026-08-01 --to 2026-08-31'))
  await refused(`class change-series ${seriesId} --days MO`, 'classSeries.duplicate')
})

test('whom and what a list names twice counts once', async () => {
  const classId = await newClass('Once')
  const { employeeId } = await run('employee create --first-name Ida --last-name Once --studios 123,123')
  const both = `--instructors ${employeeId},${employeeId}`
  const { classSlotId } = await run(`slot plan ${classId} 2026-06-16T05:00+02:00 ${both}`)
  await run(`slot change ${classSlotId} ${both}`)
  const { seriesId } = await run(`class plan-series ${classId} --days MO,WE,MO --at 04:00 --from 2026-07-01 ${both}`)
  const listed = await run('class list-series --studio 123')
  const found = listed.find((each: { seriesId: number }) => each.seriesId === seriesId)
  assert.deepEqual([found.weekdays, found.instructorIds], [['MONDAY', 'WEDNESDAY'], [employeeId]])
})

test('a class takes place in two rooms at the same time, but not twice in one', async () => {
  const classId = await newClass('Rooms')
  const room = async (name: string) => (await run(`resource create --studio 123 --kind room --name ${name}`)).resourceId
  const [one, other] = [await room('One'), await room('Other')]
  const plan = (id: number) =>
    `class plan-series ${classId} --days TU --at 09:00 --from 2026-07-01 --to 2026-07-31 --override --room ${id}`
  await run(plan(one))
  await run(plan(other))
  await refused(plan(one), 'classSeries.duplicate')
})

test('staff list series, and end one: booked slots are canceled, the others vanish', async () => {
  const classId = await newClass('Ends')
  const { seriesId } = await run(`class plan-series ${classId} --days TU --at 09:00 --from 2026-06-16 --max 5`)
  const [, second, , fourth] = await listSlots(classId)
  const booked = await app.post('/v1/classes/booking/book', { customerId: await customer(), classSlotId: fourth?.id })
  assert.equal(booked.status, 200, booked.text)
  const [listed] = await run(`class list-series --class ${classId}`)
  assert.deepEqual(listed, {
    maxParticipants: 5,
    seriesId,
    classId,
    title: 'Ends',
    studioId: 123,
    weekdays: ['TUESDAY'],
    localTime: '09:00',
    durationMin: 60,
    everyNWeeks: 1,
    fromDate: '2026-06-16',
    instructorIds: [],
  })
  await refused(`class end-series ${seriesId} --on 2026-06-14`, 'validation.mustNotBePast')
  const ended = await run(`class end-series ${seriesId} --on 2026-06-23`)
  assert.deepEqual(ended, { seriesId, lastDate: '2026-06-23' })
  assert.deepEqual(await listDates(classId), ['2026-06-16', '2026-06-23'])
  assert.deepEqual(await listDates(classId, 'CANCELED'), ['2026-07-07'])
  assert.equal((await app.get(`/v1/classes/booking/${booked.body.bookingId}`)).body.bookingStatus, 'CANCELED')
  assert.equal(second?.occurrenceDate.toString(), '2026-06-23')
  await run(`class end-series ${seriesId}`)
  assert.deepEqual(await run(`class list-series --class ${classId}`), [], 'it ends before its first day')
  assert.equal((await run(`class list-series --class ${classId} --ended`)).length, 1)
  assert.deepEqual(await listDates(classId), [])
  await refused('class end-series 999999999', 'classSeries.notFound')
})

test('a series changes from a date on: slots keep their ids and bookings, edited ones stay', async () => {
  const classId = await newClass('Changes')
  const { seriesId } = await run(`class plan-series ${classId} --days TU --at 09:00 --from 2026-06-16 --to 2026-07-14`)
  const before = await listSlots(classId)
  const [, , third, fourth] = before
  const booked = await app.post('/v1/classes/booking/book', { customerId: await customer(), classSlotId: third?.id })
  assert.equal(booked.status, 200, booked.text)
  await run(`slot change ${fourth?.id} --max 3`)
  const changed = await run(`class change-series ${seriesId} --from 2026-06-24 --at 10:00 --to 2026-07-21`)
  assert.notEqual(changed.seriesId, seriesId)
  const after = await listSlots(classId)
  assert.deepEqual(
    after.slice(0, 5).map(({ id }) => id),
    before.map(({ id }) => id),
  )
  const shown = after.map((slot) => [
    slot.startAt.toZonedDateTimeISO('Europe/Berlin').toPlainDateTime().toString({ smallestUnit: 'minute' }),
    slot.seriesId === seriesId ? 'old' : 'new',
  ])
  assert.deepEqual(shown, [
    ['2026-06-16T09:00', 'old'],
    ['2026-06-23T09:00', 'old'],
    ['2026-06-30T10:00', 'new'],
    ['2026-07-07T09:00', 'new'],
    ['2026-07-14T10:00', 'new'],
    ['2026-07-21T10:00', 'new'],
  ])
  const { classSlotId } = (await app.get(`/v1/classes/booking/${booked.body.bookingId}`)).body
  assert.equal(classSlotId, third?.id)
  const list = await run(`class list-series --class ${classId}`)
  assert.deepEqual(
    list.map(({ fromDate, toDate }: { fromDate: string; toDate: string }) => [fromDate, toDate]),
    [
      ['2026-06-16', '2026-06-23'],
      ['2026-06-24', '2026-07-21'],
    ],
  )
  await refused(`class change-series ${seriesId} --from 2026-07-01 --at 11:00`, 'classSeries.noDate')
})

test('a dry run of a change says what would be, and changes nothing', async () => {
  const classId = await newClass('Rehearsed')
  const { seriesId } = await run(`class plan-series ${classId} --days TU --at 09:00 --from 2026-06-16 --to 2026-06-30`)
  const before = await listSlots(classId)
  const { effects } = await run(`class change-series ${seriesId} --from 2026-06-20 --at 10:00 --dry-run`)
  assert.ok(JSON.stringify(effects).includes('CLASS_SLOT_UPDATED'))
  assert.deepEqual(await listSlots(classId), before)
})
