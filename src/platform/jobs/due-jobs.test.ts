import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openTestApp } from '../../../test/support/app.ts'
import type { DueJob } from './job.ts'
import { Scheduler } from './scheduler.ts'

test('a job runs only when it has work, also work that a job before it has just made, and once in a round', async () => {
  await using app = await openTestApp()
  const { tenantId } = app.berlin
  const work = new Set<string>()
  const runs: string[] = []
  const job = (name: string, leaves: readonly string[] = []): DueJob => ({
    kind: 'DUE',
    name,
    isDue: async () => work.has(name),
    nextDue: async () => undefined,
    async run() {
      runs.push(name)
      work.delete(name)
      for (const other of leaves) work.add(other)
    },
  })
  const scheduler = new Scheduler(app.platform, [job('first'), job('second', ['first', 'third']), job('third')])
  await scheduler.runDue(tenantId)
  assert.deepEqual(runs, [])
  work.add('second')
  await scheduler.runDue(tenantId)
  assert.deepEqual(runs, ['second', 'third'])
  await scheduler.runDue(tenantId)
  assert.deepEqual(runs, ['second', 'third', 'first'], 'what is left for a job before it waits for the next round')
})
