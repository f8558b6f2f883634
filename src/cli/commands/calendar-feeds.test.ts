import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openTestApp } from '../../../test/support/app.ts'
import { insertClass } from '../../../test/support/scenes/booking-world.ts'
import { commandLine } from '../../../test/support/command-line.ts'
import { feedScene } from '../../../test/support/scenes/feed-scene.ts'

test('operators see which calendars are given away, and end one', async () => {
  await using app = await openTestApp()
  const run = commandLine(app)
  const feeds = feedScene(app)
  const { classId } = await app.write((work) => insertClass(work, app.berlin))
  const [first, second] = [await feeds.make(`classes/${classId}`), await feeds.make(`classes/${classId}`)]
  const listed = await run('calendar-feed list --tenant demo --studio 123')
  assert.deepEqual(
    listed.map((line: Record<string, unknown>) => [line['calendarFeedId'], line['classId'], line['integrationId']]),
    [
      [first.id, classId, app.berlin.integrationId],
      [second.id, classId, app.berlin.integrationId],
    ],
  )
  assert.ok(!JSON.stringify(listed).includes('feeds/'))
  assert.deepEqual(await run('calendar-feed list --tenant demo --studio 124'), [])
  assert.deepEqual(await run(`calendar-feed revoke ${first.id} --tenant demo`), { calendarFeedId: first.id })
  assert.deepEqual([await feeds.fetchStatus(first), await feeds.fetchStatus(second)], [404, 200])
})
