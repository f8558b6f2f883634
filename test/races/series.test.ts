import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createSeries } from '../../src/classes/series/series.ts'
import { classSeries } from '../../src/classes/tables.ts'
import { openTestApp, type TestApp } from '../support/app.ts'
import { insertClass } from '../support/scenes/booking-world.ts'
import { runUnlocked } from '../support/unlocked.ts'

/** Several planners save the same series at once; answers how many there are then. */
async function raceForSeries(app: TestApp) {
  const { classId } = await app.write((work) => insertClass(work, app.berlin))
  const input = {
    classId,
    weekdays: ['MONDAY'] as const,
    localTime: Temporal.PlainTime.from('18:00'),
    fromDate: Temporal.PlainDate.from('2026-06-22'),
    toDate: Temporal.PlainDate.from('2026-07-06'),
  }
  await Promise.allSettled(Array.from({ length: 4 }, () => app.write((work) => createSeries(work, input))))
  return app.read(({ db }) => db.$count(classSeries))
}

test('the same series saved by several at once is there once', async () => {
  await using app = await openTestApp()
  assert.equal(await raceForSeries(app), 1)
})

test('control: without the lock of the class it is there several times', async () => {
  await runUnlocked({ pauseBefore: /^insert into "class_slots"/ }, async (app) => {
    assert.ok((await raceForSeries(app)) > 1)
  })
})
