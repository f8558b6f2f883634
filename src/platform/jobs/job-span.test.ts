import { test } from 'node:test'
import assert from 'node:assert/strict'
import { desc, eq } from 'drizzle-orm'
import { collectExports } from '../../../test/support/traced-app.ts'
import { ClockMover } from '../test-clock/clocks.ts'
import { auditLog } from '../tables.ts'
import type { DailyJob, DueJob } from './job.ts'
import { Scheduler } from './scheduler.ts'

const recording: DailyJob = {
  kind: 'DAILY',
  name: 'test.recording',
  at: Temporal.PlainTime.from('02:30'),
  run: async (work) => work.audit({ action: 'test.recorded', entityKind: 'test', entityId: 1 }),
}

const breaking: DueJob = {
  kind: 'DUE',
  name: 'test.breaking',
  isDue: async () => true,
  nextDue: async () => undefined,
  run: async () => Promise.reject(new RangeError('Erika Mustermann is too old.')),
}

test('each run of a job is a trace of its own, which its audit lines name', async () => {
  let recorded: string | null | undefined
  const { spans } = await collectExports(async (app) => {
    const mover = new ClockMover(app.platform, new Scheduler(app.platform, [recording]))
    await mover.set(app.berlin.tenantId, {
      mode: 'FROZEN',
      now: Temporal.Instant.from('2026-06-16T09:00:00+02:00'),
    })
    const [line] = await app.read(({ db }) =>
      db.select().from(auditLog).where(eq(auditLog.action, 'test.recorded')).orderBy(desc(auditLog.id)).limit(1),
    )
    recorded = line?.traceId
  })
  const runs = spans.filter(({ name }) => name === 'test.recording')
  assert.deepEqual(new Set(runs.map(({ attributes }) => attributes['palestra.studio.id'])), new Set([123, 124]))
  const last = runs.find(({ traceId }) => traceId === recorded)
  assert.ok(last, 'the audit line names the trace')
  assert.equal(last.parentSpanId, '')
  assert.equal(last.kind, 'INTERNAL')
  assert.equal(last.attributes['palestra.job.name'], 'test.recording')
  assert.equal(last.attributes['palestra.tenant.id'], 1)
  const statements = spans.filter(({ parentSpanId }) => parentSpanId === last.spanId)
  assert.ok(statements.some(({ attributes }) => attributes['db.query.text'] === 'commit'))
})

test('the span of a failed job holds the class of the error and not its message', async () => {
  const { spans, collector } = await collectExports(async (app) => {
    await assert.rejects(new Scheduler(app.platform, [breaking]).runDue(app.berlin.tenantId))
  })
  const [run] = spans.filter(({ name }) => name === 'test.breaking')
  assert.ok(run?.hasFailed)
  assert.equal(run.attributes['error.type'], 'RangeError')
  for (const sent of collector.bodies) assert.doesNotMatch(sent, /Erika/)
})

test('a round of housekeeping is a span, looking for work is none', async () => {
  const { spans } = await collectExports(async (app) => {
    const { promise, resolve } = Promise.withResolvers<void>()
    const run = async () => (resolve(), 0)
    const every = Temporal.Duration.from({ hours: 1 })
    const scheduler = new Scheduler(app.platform, [{ kind: 'ROUTINE', name: 'test.routine', every, run }])
    app.app.startWorkers()
    scheduler.start()
    await promise
    await scheduler.stop()
  })
  assert.ok(spans.some(({ name, parentSpanId }) => name === 'test.routine' && parentSpanId === ''))
  const ids = new Set(spans.map(({ spanId }) => spanId))
  assert.ok(spans.every(({ kind, parentSpanId }) => kind !== 'CLIENT' || ids.has(parentSpanId)))
})
