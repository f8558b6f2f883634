import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openTestApp } from '../../../test/support/app.ts'
import { realTime } from '../time/clock.ts'
import type { DueJob } from './job.ts'
import { Scheduler } from './scheduler.ts'
import { JOBS_CHANNEL, wakeJobs } from './wake-jobs.ts'

test('work that a unit leaves to jobs is done after its commit, without waiting for the next sweep', async () => {
  // No sweep follows the first one.
  await using app = await openTestApp({ real: { ...realTime, monotonicMs: () => 0 } })
  const { tenantId } = app.berlin
  const runs: number[] = []
  let reportRun = () => undefined as void
  const job: DueJob = {
    kind: 'DUE',
    name: 'test.waiting',
    isDue: async () => true,
    nextDue: async () => undefined,
    run: async (_run, _now, deps) => {
      runs.push(deps.tenantId)
      reportRun()
    },
  }
  const nextRun = () => new Promise<void>((resolve) => (reportRun = resolve))
  const scheduler = new Scheduler(app.platform, [job])
  await app.platform.database.listen([JOBS_CHANNEL], (notice) => scheduler.wake(notice && Number(notice.payload)))
  scheduler.start()
  try {
    while (!runs.includes(tenantId) || !runs.includes(app.stranger.tenantId)) await nextRun()
    const swept = runs.length
    const woken = nextRun()
    await app.write(({ tx }) => wakeJobs(tx))
    await woken
    assert.deepEqual(runs.slice(swept), [tenantId], 'no other tenant is woken')
    await assert.rejects(
      app.write(async ({ tx }) => {
        await wakeJobs(tx)
        throw new Error('Rolled back.')
      }),
      /Rolled back/,
    )
    const again = nextRun()
    scheduler.wake(tenantId)
    await again
    assert.equal(runs.length, swept + 2, 'a unit that was undone wakes none')
  } finally {
    await scheduler.stop()
  }
})
