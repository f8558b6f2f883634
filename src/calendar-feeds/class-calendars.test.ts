import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openTestApp, type TestApp } from '../../test/support/app.ts'
import {
  insertClass,
  insertEmployee,
  insertInstructor,
  insertResource,
  insertSlot,
} from '../../test/support/scenes/booking-world.ts'
import { classScene } from '../../test/support/scenes/class-scene.ts'
import { feedScene } from '../../test/support/scenes/feed-scene.ts'
import { readLocalStart, readMoment, onlyEvent } from '../../test/support/icalendar.ts'
import { cancelSlot, changeSlot, createSeries, updateClass } from '../classes/index.ts'
import { defined } from '../platform/values/defined.ts'

// What calendars of classes show. Monday 15 June 2026, 09:00 in Berlin, where the studio speaks German.

let app: TestApp
let scene: ReturnType<typeof classScene>
let feeds: ReturnType<typeof feedScene>
before(async () => {
  app = await openTestApp()
  scene = classScene(app)
  feeds = feedScene(app)
  await feeds.settle()
})
after(() => app.close())

test('the calendar of a class has its dates with room, staff and description, in the words of the studio', async () => {
  const { classId, classSlotId } = await app.write(async (work) => {
    const made = await insertClass(work, app.berlin, { description: 'Bring a mat.' })
    const locationId = await insertResource(work, app.berlin, { name: 'Room 1' })
    const id = await insertSlot(work, { ...app.berlin, ...made }, '2026-06-17T18:00+02:00', { locationId })
    for (const firstName of ['Anna', 'Ben']) {
      const employeeId = await insertEmployee(work, app.berlin, firstName)
      await insertInstructor(work, app.berlin, { slotId: id, employeeId })
    }
    return { ...made, classSlotId: id }
  })
  const calendar = await feeds.read(await feeds.make(`classes/${classId}`))
  const { properties } = calendar
  assert.deepEqual(
    [properties['NAME'], properties['X-WR-CALNAME'], properties['REFRESH-INTERVAL'], properties['METHOD']],
    ['Yoga · Berlin', 'Yoga · Berlin', 'PT1H', undefined],
  )
  const { DTSTAMP: _, 'LAST-MODIFIED': changed, ...event } = onlyEvent(calendar)
  assert.equal(changed, '20260615T070000Z')
  assert.deepEqual(event, {
    UID: `class-slot-${classSlotId}@demo.palestra`,
    SEQUENCE: '0',
    DTSTART: '20260617T160000Z',
    DTEND: '20260617T164500Z',
    SUMMARY: 'Yoga',
    STATUS: 'CONFIRMED',
    TRANSP: 'TRANSPARENT',
    LOCATION: 'Room 1, Berlin, Lindenallee 12, 10435 Berlin',
    DESCRIPTION: 'Mit Anna Berg, Ben Berg\nBring a mat.',
  })
})

test('a stream takes place nowhere', async () => {
  const { classId } = await scene.arrange({ type: 'STREAM' })
  const calendar = await feeds.read(await feeds.make(`classes/${classId}`))
  assert.equal(onlyEvent(calendar)['LOCATION'], undefined)
})

test('a date that was moved or canceled keeps its name and counts as changed', async () => {
  const { classId, classSlotId } = await scene.arrange()
  const feed = await feeds.make(`classes/${classId}`)
  const readEvent = async () => onlyEvent(await feeds.read(feed))
  const planned = await readEvent()
  await app.travelTo('2026-06-15T09:30+02:00')
  const [start, end] = ['2026-06-18T10:00+02:00', '2026-06-18T11:00+02:00'].map((text) => Temporal.Instant.from(text))
  await app.write((work) => changeSlot(work, classSlotId, { ...defined({ start }), ...defined({ end }) }))
  const moved = await readEvent()
  assert.deepEqual([moved['DTSTART'], moved['DTEND']], ['20260618T080000Z', '20260618T090000Z'])
  assert.equal(moved['STATUS'], 'CONFIRMED')
  await app.travelTo('2026-06-15T10:00+02:00')
  await app.write((work) => cancelSlot(work, classSlotId))
  const canceled = await readEvent()
  assert.equal(canceled['STATUS'], 'CANCELLED')
  const versions = [planned, moved, canceled]
  assert.equal(new Set(versions.map((event) => event['UID'])).size, 1)
  const sequences = versions.map((event) => Number(event['SEQUENCE']))
  assert.ok(
    sequences.every((one, at) => at === 0 || one > (sequences[at - 1] ?? 0)),
    sequences.join(),
  )
  assert.deepEqual(
    versions.map((event) => event['LAST-MODIFIED']),
    ['20260615T070000Z', '20260615T073000Z', '20260615T080000Z'],
  )
})

test('a new title counts as a change, a booking does not', async () => {
  const { classId, classSlotId } = await scene.arrange()
  const feed = await feeds.make(`classes/${classId}`)
  const { headers } = await feeds.fetchPath(feed.path)
  await scene.mustBook(await scene.customer(), classSlotId)
  assert.equal((await feeds.fetchPath(feed.path)).headers.etag, headers.etag)
  await app.travelTo('2026-06-15T11:00+02:00')
  await app.write((work) => updateClass(work, classId, { title: 'Power Yoga' }))
  const event = onlyEvent(await feeds.read(feed))
  assert.deepEqual([event['SUMMARY'], event['LAST-MODIFIED']], ['Power Yoga', '20260615T090000Z'])
})

test('a class shows its dates from 30 days ago to 180 days ahead, by the days of the studio', async () => {
  const { classId } = await scene.arrange({}, {}, '2026-05-15T23:59+02:00')
  const within = ['2026-05-16T00:00+02:00', '2026-12-12T23:59+01:00']
  for (const start of [...within, '2026-12-13T00:00+01:00']) await scene.addSlot(classId, start)
  const { events } = await feeds.read(await feeds.make(`classes/${classId}`))
  assert.deepEqual(
    events.map((event) => readLocalStart(event, app.berlin.zone)),
    ['2026-05-16T00:00', '2026-12-12T23:59'],
  )
})

test('texts of staff stay what they are, whatever they hold', async () => {
  const title = 'Yoga, "soft"; \\ Level 1^\nEND:VEVENT'
  const description = `${'Übung 🧘 für alle, '.repeat(30)}\r\nBEGIN:VALARM\tend\u0007\u0085`
  const { classId } = await scene.arrange({ title, description })
  const calendar = await feeds.read(await feeds.make(`classes/${classId}`))
  assert.equal(calendar.properties['NAME'], `${title} · Berlin`)
  const event = onlyEvent(calendar)
  assert.equal(event['SUMMARY'], title)
  // A tab is the one control character that a text may hold, and even it is no line.
  const shown = description.replace('\r\n', '\n').replace('\u0007\u0085', '')
  assert.equal(event['DESCRIPTION'], shown)
})

/** The Sundays of a class at half past two in the night, from `now` on, and what staff have planned besides. */
async function sundays(now: string, ...besides: string[]) {
  await using other = await openTestApp({ now })
  const { berlin } = other
  const classId = await other.write(async (work) => {
    const made = await insertClass(work, berlin)
    const days = { weekdays: ['SUNDAY' as const], toDate: null }
    const fromDate = Temporal.PlainDate.from(now.slice(0, 10))
    await createSeries(work, { ...made, ...days, fromDate, localTime: Temporal.PlainTime.from('02:30') })
    for (const start of besides) await insertSlot(work, { ...berlin, ...made }, start)
    return made.classId
  })
  const calendar = feedScene(other)
  const { events } = await calendar.read(await calendar.make(`classes/${classId}`))
  for (const event of events) {
    assert.equal(readMoment(event, 'DTEND').since(readMoment(event, 'DTSTART')).total('minutes'), 45)
  }
  return events.slice(0, 3).map((event) => [event['DTSTART'], readLocalStart(event, berlin.zone)])
}

test('dates stay on the wall clock when it is put forward; what lies in the gap is moved', async () => {
  assert.deepEqual(await sundays('2026-03-16T09:00+01:00'), [
    ['20260322T013000Z', '2026-03-22T02:30'],
    ['20260329T013000Z', '2026-03-29T03:30'],
    ['20260405T003000Z', '2026-04-05T02:30'],
  ])
})

test('when the clock is put back, both passes of the hour are dates of their own', async () => {
  assert.deepEqual(await sundays('2026-10-19T09:00+02:00', '2026-10-25T02:30+01:00'), [
    ['20261025T003000Z', '2026-10-25T02:30'],
    ['20261025T013000Z', '2026-10-25T02:30'],
    ['20261101T013000Z', '2026-11-01T02:30'],
  ])
})
