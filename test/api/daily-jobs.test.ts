import { test } from 'node:test'
import assert from 'node:assert/strict'
import { ClockMover } from '../../src/platform/test-clock/clocks.ts'
import type { DailyJob } from '../../src/platform/jobs/job.ts'
import { Scheduler } from '../../src/platform/jobs/scheduler.ts'
import { openTestApp, type TestApp } from '../support/app.ts'
import { asSuperuser } from '../support/row-hashes.ts'
import { openSecondApp } from '../support/second-app.ts'

interface Run {
  readonly tenantId: number
  readonly studioId: number
  readonly local: Temporal.ZonedDateTime
}

/** A job at half past two, the hour that clock changes skip and repeat; it records when it ran. */
function notingJob(runs: Run[]): DailyJob {
  return {
    kind: 'DAILY',
    name: 'test.noting',
    at: Temporal.PlainTime.from('02:30'),
    run: async ({ caller, now }, { id, zone }) => {
      runs.push({ tenantId: caller.tenantId, studioId: id, local: now.toZonedDateTimeISO(zone) })
    },
  }
}

const DAYS = 400
const NOON = '2026-03-01T12:00:00+01:00'

async function openWithJob() {
  const app = await openTestApp({ now: NOON })
  const zone = `update studios set time_zone = 'America/New_York' where id = $1`
  await asSuperuser(app.url, (client) => client.query(zone, [app.hamburg.studioId]))
  const runs: Run[] = []
  const scheduler = new Scheduler(app.platform, [notingJob(runs)])
  return { app, runs, scheduler, mover: new ClockMover(app.platform, scheduler) }
}

test(`${DAYS} days forward run a daily job ${DAYS} times per studio, in order, over every change of the clocks`, async () => {
  const { app, runs, mover } = await openWithJob()
  await using _ = app
  const before = await mover.read(app.stranger.tenantId)
  const started = performance.now()
  await mover.advance(app.berlin.tenantId, Temporal.Duration.from({ days: DAYS }), { zone: 'Europe/Berlin' })
  console.log(`clock: ${runs.length} runs in ${((performance.now() - started) / 1000).toFixed(1)} s`)

  for (const { studioId, zone } of [app.berlin, { ...app.hamburg, zone: 'America/New_York' }]) {
    const mine = runs.filter((run) => run.studioId === studioId)
    const days = mine.map(({ local }) => String(local.toPlainDate()))
    const first = Temporal.PlainDate.from('2026-03-02')
    assert.deepEqual(
      days,
      Array.from({ length: DAYS }, (_, n) => String(first.add({ days: n }))),
      zone,
    )
  }
  const instants = runs.map(({ local }) => local.epochMilliseconds)
  assert.deepEqual(
    instants,
    [...instants].sort((a, b) => a - b),
  )
  assert.deepEqual(localTimesOn(runs, app, '2026-03-29'), ['03:30:00+02:00'], 'half past two is skipped')
  assert.deepEqual(localTimesOn(runs, app, '2026-10-25'), ['02:30:00+02:00'], 'the first of two')
  assert.deepEqual(localTimesOn(runs, app, '2026-10-26'), ['02:30:00+01:00'])
  assert.ok(runs.every(({ tenantId }) => tenantId === app.berlin.tenantId))
  assert.deepEqual(await mover.read(app.stranger.tenantId), before, 'the other tenant stays where it was')
})

function localTimesOn(runs: readonly Run[], { berlin }: TestApp, day: string): string[] {
  return runs
    .filter(({ studioId, local }) => studioId === berlin.studioId && String(local.toPlainDate()) === day)
    .map(({ local }) => `${local.toPlainTime()}${local.offset}`)
}

test('what was missed while no process ran runs once, oldest first, by however many processes', async () => {
  const { app, runs, scheduler, mover } = await openWithJob()
  await using _ = app
  await using other = await openSecondApp(app)
  const otherScheduler = new Scheduler(other.platform, [notingJob(runs)])
  const { tenantId } = app.berlin
  await scheduler.runDue(tenantId)
  await mover.begin(tenantId, Temporal.Instant.from(NOON).add({ hours: 10 * 24 }))
  other.platform.tenantClocks?.forget(tenantId)
  await Promise.all([scheduler.runDue(tenantId), otherScheduler.runDue(tenantId)])
  for (const { studioId } of [app.berlin, app.hamburg]) {
    assert.equal(runs.filter((run) => run.studioId === studioId).length, 10)
  }
  const done = await asSuperuser(app.url, (client) =>
    client.query(`select studio_id, run_key from job_runs where job = 'test.noting' order by id`),
  )
  for (const { studioId } of [app.berlin, app.hamburg]) {
    const keys = done.rows.filter((row) => Number(row.studio_id) === studioId).map((row) => String(row.run_key))
    assert.equal(keys.length, 10)
    assert.deepEqual(keys, [...keys].sort())
  }
})
