import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { pino } from 'pino'
import { openTestApp, type TestApp } from '../../test/support/app.ts'
import { insertEmployee } from '../../test/support/scenes/booking-world.ts'
import { classScene } from '../../test/support/scenes/class-scene.ts'
import { testDatabase } from '../../test/support/database.ts'
import { feedScene } from '../../test/support/scenes/feed-scene.ts'
import { manualTime } from '../../test/support/manual-time.ts'
import { watchStatements } from '../../test/support/statements.ts'
import { resumeActivation, suspendActivation } from '../integrations/index.ts'

// How links are followed: by programs that have no key, again and again.

const watch = watchStatements()
const lines: string[] = []
const real = manualTime()
let app: TestApp
let scene: ReturnType<typeof classScene>
let feeds: ReturnType<typeof feedScene>
before(async () => {
  const log = pino({ level: 'trace' }, { write: (line) => void lines.push(line) })
  app = await openTestApp({ real, log })
  scene = classScene(app)
  feeds = feedScene(app)
})
after(() => app.close())

const newClassFeed = async () => feeds.make(`classes/${(await scene.arrange()).classId}`)
const newBooking = async () => scene.mustBook(await scene.customer(), (await scene.arrange()).classSlotId)

test('the calendar is fetched without a key, may be kept for a moment, and is not sent again unchanged', async () => {
  const { path } = await newClassFeed()
  const { status, headers, text } = await feeds.fetchPath(path)
  assert.equal(status, 200)
  assert.equal(headers['content-type'], 'text/calendar; charset=utf-8')
  assert.equal(headers['cache-control'], 'private, max-age=300')
  assert.match(String(headers['x-robots-tag']), /noindex/)
  assert.equal(headers['referrer-policy'], 'no-referrer')
  assert.ok(!String(headers['content-disposition']).includes(path.slice(7, 20)))
  const etag = String(headers.etag)
  const known = await feeds.fetchPath(path, { 'if-none-match': etag })
  assert.deepEqual([known.status, known.text, known.headers.etag], [304, '', etag])
  assert.equal(known.headers['cache-control'], 'private, max-age=300')
  const head = await feeds.fetchPath(path, {}, 'HEAD')
  assert.deepEqual([head.status, head.text, head.headers.etag], [200, '', etag])
  assert.equal(Number(head.headers['content-length']), Buffer.byteLength(text))
})

test('a calendar costs two statements', async () => {
  const employeeId = await app.write((work) => insertEmployee(work, app.berlin))
  const made = [
    await newClassFeed(),
    await feeds.make(`employees/${employeeId}`),
    await feeds.make(`bookings/${await newBooking()}`),
  ]
  for (const { path } of made) {
    await feeds.fetchPath(path)
    const sent: string[] = []
    watch.onResult = ({ text }) => void sent.push(text)
    assert.equal((await feeds.fetchPath(path)).status, 200)
    watch.onResult = () => {}
    assert.equal(
      sent.filter((text) => /^\s*(select|with)\b/i.test(text) && !text.includes('set_config')).length,
      2,
      sent.join('\n'),
    )
  }
})

test('a caller who guesses learns nothing, and after thirty guesses in a minute is refused for a minute', async () => {
  const { path } = await newClassFeed()
  real.pass({ minutes: 2 })
  const guesses = [`/feeds/${'a'.repeat(43)}.ics`, '/feeds/%00', `${path}x`, `/feeds/${'x'.repeat(5000)}.ics`]
  for (let n = 0; n < 30; n++) assert.equal((await feeds.fetchPath(guesses[n % 4] ?? '')).status, 404)
  const blocked = await feeds.fetchPath(path)
  assert.deepEqual(
    [blocked.status, blocked.headers['retry-after'], blocked.headers['cache-control']],
    [429, '60', 'no-store'],
  )
  real.pass({ minutes: 1 })
  assert.equal((await feeds.fetchPath(path)).status, 200)
})

test('calendars that go on asking for a link that rests are no guesses', async () => {
  const feed = await newClassFeed()
  const { activationId } = app.berlin
  await app.write((work) => suspendActivation(work, activationId))
  for (let n = 0; n < 31; n++) assert.equal(await feeds.fetchStatus(feed), 404)
  await app.write((work) => resumeActivation(work, activationId))
  assert.equal(await feeds.fetchStatus(feed), 200)
})

test('no link reaches the logs', async () => {
  const { path } = await newClassFeed()
  await feeds.fetchPath(path)
  await feeds.fetchPath(`${path}x`)
  assert.ok(lines.some((line) => line.includes('"operation":"calendarFeed"')))
  const token = path.slice('/feeds/'.length, -4)
  assert.ok(!lines.some((line) => line.includes(token)))
})

test('a link outlives the secret under which it was issued', async () => {
  await using database = await testDatabase()
  const [old, fresh] = ['o'.repeat(40), 'f'.repeat(40)]
  const withKey = (PALESTRA_SECRET_KEY: string) => ({ database, environment: { PALESTRA_SECRET_KEY } })
  await using first = await openTestApp(withKey(old))
  const { berlin, hamburg, stranger } = first
  const { classId } = await classScene(first).arrange()
  const feed = await feedScene(first).make(`classes/${classId}`)
  const world = { berlin, hamburg, stranger }
  await using both = await openTestApp({ ...withKey(`${fresh},${old}`), world })
  assert.equal(await feedScene(both).fetchStatus(feed), 200)
  await using later = await openTestApp({ ...withKey(fresh), world })
  assert.equal(await feedScene(later).fetchStatus(feed), 200)
})
