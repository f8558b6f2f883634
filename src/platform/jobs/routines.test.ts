import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import type { TestApp } from '../../../test/support/app.ts'
import { type ManualTime, manualTime } from '../../../test/support/manual-time.ts'
import { asSuperuser } from '../../../test/support/row-hashes.ts'
import { openTwoApps } from '../../../test/support/two-apps.ts'
import { ClockMover } from '../test-clock/clocks.ts'
import type { DailyJob, Routine } from './job.ts'
import { nextRound, Routines } from './routines.ts'
import { Scheduler } from './scheduler.ts'

let one: TestApp
let two: TestApp
let both: AsyncDisposable
let time: ManualTime
before(async () => {
  ;[one, two, both] = await openTwoApps()
})
beforeEach(async () => {
  time = manualTime()
  await query('delete from scheduled_jobs')
})
after(() => both[Symbol.asyncDispose]())

const query = async (statement: string, values: unknown[] = []) =>
  (await asSuperuser(one.url, (client) => client.query(statement, values))).rows

const HOURLY = Temporal.Duration.from({ hours: 1 })
const routine = (run: Routine['run'], name = 'test.tidy'): Routine => ({ kind: 'ROUTINE', name, every: HOURLY, run })
const node = ({ platform }: TestApp, routines: readonly Routine[], leaseMs?: number) =>
  new Routines({ ...platform, real: time }, routines, leaseMs)
const row = async () =>
  (await query('select * from scheduled_jobs where tenant_id = $1 and studio_id is null', [one.berlin.tenantId]))[0]

/** A round of Berlin's tenant that lasts until `end` is called; other tenants have nothing to do. */
function heldRound(rounds: string[], nodeName: string) {
  const begun = Promise.withResolvers<void>()
  const ended = Promise.withResolvers<void>()
  const held = routine(async (_, tenantId) => {
    if (tenantId !== one.berlin.tenantId) return 0
    rounds.push(nodeName)
    begun.resolve()
    await ended.promise
    return 1
  })
  return { held, begun: begun.promise, end: ended.resolve }
}
const recording = (rounds: string[], nodeName: string) =>
  routine(async (_, tenantId) => (tenantId === one.berlin.tenantId ? rounds.push(nodeName) : 0))

test('of two nodes one does each round, and each tenant has its own', async () => {
  const rounds: number[] = []
  const counting = routine(async (_, tenantId) => rounds.push(tenantId))
  const nodes = [node(one, [counting]), node(two, [counting])]
  const tenants = [one.berlin.tenantId, one.stranger.tenantId]
  for (let round = 1; round <= 3; round++) {
    await Promise.all(nodes.map((each) => each.runDue()))
    await Promise.all(nodes.map((each) => each.runDue()))
    for (const id of tenants) assert.equal(rounds.filter((tenantId) => tenantId === id).length, round)
    time.pass(HOURLY)
  }
})

test('a round that is under way on one node is not started by another: its row is held, and only that keeps it', async () => {
  const rounds: string[] = []
  const { held, begun, end } = heldRound(rounds, 'a')
  const [a, b] = [node(one, [held]), node(two, [recording(rounds, 'b')])]
  const first = a.runDue()
  await begun
  await b.runDue()
  assert.deepEqual(rounds, ['a'])
  // The control: without the lease the same round is done twice.
  await query('update scheduled_jobs set locked_until = null')
  await b.runDue()
  assert.deepEqual(rounds, ['a', 'b'])
  end()
  await first
})

test('when a node dies in the middle of a round, another does the round after a minute', async () => {
  const rounds: string[] = []
  const { held, begun, end } = heldRound(rounds, 'dying')
  const dying = node(one, [held]).runDue()
  const other = node(two, [recording(rounds, 'other')])
  await begun
  time.pass({ seconds: 59 })
  await other.runDue()
  assert.deepEqual(rounds, ['dying'])
  time.pass({ seconds: 1 })
  await other.runDue()
  assert.deepEqual(rounds, ['dying', 'other'])
  const settled = await row()
  // It was not dead after all: its round is over without a trace.
  time.pass({ minutes: 5 })
  end()
  await dying
  assert.deepEqual(await row(), settled)
})

test('a node that lives keeps a round for as long as it lasts', async () => {
  const rounds: string[] = []
  const { held, begun, end } = heldRound(rounds, 'a')
  const working = node(one, [held], 40).runDue()
  await begun
  const { locked_until: first } = (await row()) ?? {}
  time.pass({ milliseconds: 30 })
  while (Number((await row())?.['locked_until']) === Number(first)) await sleep(5)
  time.pass({ milliseconds: 30 })
  await node(two, [recording(rounds, 'b')]).runDue()
  assert.deepEqual(rounds, ['a'])
  end()
  await working
  assert.equal((await row())?.['locked_until'], null)
})

test('a clock that is moved by a year runs no routine on the way; the next round knows the new time', async () => {
  const seen: string[] = []
  const tidy = routine(async (_, tenantId, now) => (tenantId === one.berlin.tenantId ? seen.push(String(now)) : 0))
  const routines = node(one, [tidy])
  await routines.runDue()
  const scheduler = new Scheduler(one.platform, [tidy])
  const mover = new ClockMover(one.platform, scheduler)
  const { now } = await mover.read(one.berlin.tenantId)
  assert.equal(await scheduler.nextDueAfter(one.berlin.tenantId, now), undefined)
  await mover.advance(one.berlin.tenantId, Temporal.Duration.from({ years: 1 }), { zone: 'Europe/Berlin' })
  assert.equal(seen.length, 1)
  await routines.runDue()
  assert.equal(seen.length, 1, 'no real time has passed')
  time.pass(HOURLY)
  await routines.runDue()
  assert.deepEqual(seen, ['2026-06-15T07:00:00Z', '2027-06-15T07:00:00Z'])
})

test('a routine that fails stops no other routine and no other tenant, and is tried again after its interval', async () => {
  let tries = 0
  const rounds: number[] = []
  const failing = routine(async () => {
    tries += 1
    throw new RangeError('broken')
  }, 'test.a-failing')
  const tidy = routine(async (_, tenantId) => rounds.push(tenantId), 'test.tidy')
  const routines = node(one, [failing, tidy])
  await routines.runDue()
  const tenants = new Set(rounds)
  assert.ok(tenants.has(one.berlin.tenantId) && tenants.has(one.stranger.tenantId))
  assert.equal(tries, tenants.size)
  await routines.runDue()
  assert.equal(tries, tenants.size)
  time.pass(HOURLY)
  await routines.runDue()
  assert.equal(tries, 2 * tenants.size)
  assert.equal(rounds.length, 2 * tenants.size)
  const { values } = await one.platform.metrics.jobRuns.get()
  const failed = values.find(({ labels }) => labels.job === 'test.a-failing' && labels.result === 'failed')
  assert.equal(failed?.value, tries)
})

test('rows that only a newer version knows are left alone, whether daily or routine', async () => {
  const due = '2026-06-15T06:00:00Z'
  const plan = `insert into scheduled_jobs (tenant_id, name, studio_id, next_run_at, created_at, updated_at)
    values ($1, $2, $3, $4, $4, $4)`
  await query(plan, [one.berlin.tenantId, 'newer.routine', null, due])
  await query(plan, [one.berlin.tenantId, 'newer.daily', one.berlin.studioId, due])
  let days = 0
  const daily: DailyJob = {
    kind: 'DAILY',
    name: 'test.daily',
    at: Temporal.PlainTime.from('02:30'),
    run: async () => void (days += 1),
  }
  const tidy = routine(async () => 0)
  await node(one, [tidy]).runDue()
  const scheduler = new Scheduler(one.platform, [daily, tidy])
  await new ClockMover(one.platform, scheduler).advance(one.berlin.tenantId, Temporal.Duration.from({ days: 1 }), {
    zone: 'Europe/Berlin',
  })
  assert.equal(days, 2, 'a run for each studio')
  const rows = await query(`select name, next_run_at, locked_until from scheduled_jobs where name like 'newer.%'`)
  for (const each of rows) {
    assert.equal(Temporal.Instant.from(each.next_run_at.toISOString()).toString(), due)
    assert.equal(each.locked_until, null)
  }
  assert.equal(rows.length, 2)
})

test('a suspended tenant is tidied up as well, and one that comes later gets its rows by itself', async () => {
  const rounds: number[] = []
  const tidy = routine(async (_, tenantId) => rounds.push(tenantId))
  const routines = node(one, [tidy])
  await routines.runDue()
  const [added] = await query(
    `with next as (select nextval('palestra_id') as id)
     insert into tenants (id, tenant_id, slug, name, default_language, status, created_at, updated_at)
     select id, id, 'later', 'Later', 'en', 'SUSPENDED', now(), now() from next returning id`,
  )
  time.pass({ minutes: 1 })
  await routines.runDue()
  assert.equal(rounds.at(-1), Number(added?.['id']))
})

test('a routine that was planned for later than its interval allows comes forward', async () => {
  const rounds: string[] = []
  await node(one, [recording(rounds, 'a')]).runDue()
  await query(`update scheduled_jobs set next_run_at = next_run_at + interval '1 year'`)
  const next = node(two, [recording(rounds, 'b')])
  await next.runDue()
  time.pass(HOURLY)
  await next.runDue()
  assert.deepEqual(rounds, ['a', 'b'])
})

test('rounds keep their beat, and missed ones are not repeated', () => {
  const at = (text: string) => Temporal.Instant.from(`2026-06-15T${text}Z`)
  const next = (now: string) => String(nextRound(at('12:00:00'), HOURLY, at(now)))
  assert.equal(next('12:00:05'), '2026-06-15T13:00:00Z')
  assert.equal(next('13:00:00'), '2026-06-15T14:00:00Z')
  assert.equal(next('20:30:00'), '2026-06-15T21:30:00Z')
})
