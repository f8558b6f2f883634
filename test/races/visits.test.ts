import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isNull } from 'drizzle-orm'
import { setVisitSettings } from '../../src/checkins/index.ts'
import { checkIns } from '../../src/checkins/tables.ts'
import { openTestApp, outOfTurn, type TestApp } from '../support/app.ts'
import { runUnlocked } from '../support/unlocked.ts'
import { visitScene } from '../support/scenes/visit-scene.ts'

const SWIPES = 6
const CAPACITY = 100

function openVisits(app: TestApp) {
  return app.read(({ db }) => db.$count(checkIns, isNull(checkIns.checkedOutAt)))
}

/** One card at the doors of two studios at once: the outcomes, open visits, and what the events say is open. */
async function swipeEverywhere(app: TestApp) {
  const { member, enter, events } = visitScene(app)
  const customerId = await member()
  await Promise.all(Array.from({ length: SWIPES }, (_, n) => enter(customerId, { studioId: n % 2 === 0 ? 123 : 124 })))
  const listed = await events()
  const count = (type: string) => listed.filter((event) => event.startsWith(`${type} `)).length
  return { open: await openVisits(app), listed: count('CHECKIN') - count('CHECKOUT') }
}

test('one card at the doors of two studios at once: one visit is open, and the events say so', async () => {
  await using app = await openTestApp(outOfTurn)
  assert.deepEqual(await swipeEverywhere(app), { open: 1, listed: 1 })
})

test('control: without locks and index the same person is in several times', async () => {
  const without = ['check_ins.check_ins_one_open_visit']
  await runUnlocked({ pauseBefore: /insert into "check_ins"/, without }, async (app) => {
    const { open } = await swipeEverywhere(app)
    assert.ok(open > 1, `${open} open visits`)
  })
})

/** Two readers at once where there is room for one. */
async function fillUp(app: TestApp, rules: { readonly enforceCapacity: boolean }) {
  const { members, enter, utilization } = visitScene(app)
  await app.write((work) => setVisitSettings(work, 123, { capacity: CAPACITY }))
  const customers = await members(CAPACITY + 1)
  await app.write((work) => {
    const visit = { studioId: 123, checkedInAt: work.now, inSource: 'DEVICE' as const, createdAt: work.now }
    return work.tx.insert(checkIns).values(customers.slice(0, CAPACITY - 1).map((id) => ({ ...visit, customerId: id })))
  })
  const outcomes = await Promise.all(customers.slice(CAPACITY - 1).map((id) => enter(id, { rules })))
  return { outcomes: outcomes.toSorted(), count: await utilization() }
}

test('with room for one left two readers let one person in', async () => {
  await using app = await openTestApp(outOfTurn)
  const filled = await fillUp(app, { enforceCapacity: true })
  assert.deepEqual(filled, { outcomes: ['CHECKED_IN', 'studioFull'], count: CAPACITY })
})

test('where the capacity is not enforced both are let in', async () => {
  await using app = await openTestApp(outOfTurn)
  const filled = await fillUp(app, { enforceCapacity: false })
  assert.deepEqual(filled, { outcomes: ['CHECKED_IN', 'CHECKED_IN'], count: CAPACITY + 1 })
})

test('control: without the lock of the studio two readers fill the last room twice', async () => {
  await runUnlocked({ pauseBefore: /insert into "check_ins"/ }, async (app) => {
    assert.equal((await fillUp(app, { enforceCapacity: true })).count, CAPACITY + 1)
  })
})

test('twenty entrances at once never lift a studio above its capacity', async () => {
  await using app = await openTestApp(outOfTurn)
  const { members, enter, utilization } = visitScene(app)
  await app.write((work) => setVisitSettings(work, 123, { capacity: 5, enforceCapacity: true }))
  const outcomes = await Promise.all((await members(20)).map((customerId) => enter(customerId)))
  assert.equal(outcomes.filter((outcome) => outcome === 'CHECKED_IN').length, 5)
  assert.equal(await utilization(), 5)
})

/** An exit, the front desk and the automatic check-out at the same visit: the events of its end. */
async function endAtOnce(app: TestApp) {
  const { member, enter, leave, events } = visitScene(app)
  const customerId = await member()
  await enter(customerId)
  await app.travelTo('2026-06-15T14:00:00+02:00')
  await app.write((work) => setVisitSettings(work, 123, { autoCheckoutAfterMinutes: 240 }))
  const exits = Array.from({ length: 4 }, () => leave(customerId))
  await Promise.all([...exits, app.travelTo('2026-06-15T14:00:01+02:00')])
  return (await events()).filter((event) => event.includes('CHECKOUT'))
}

test('a visit that a device, staff and the job end at once ends once, with one event', async () => {
  await using app = await openTestApp(outOfTurn)
  assert.equal((await endAtOnce(app)).length, 1)
  assert.equal(await openVisits(app), 0)
})

test('a pass of one visit opens two doors at once for one visit', async () => {
  await using app = await openTestApp(outOfTurn)
  const { guest, pass, enter, listVisits } = visitScene(app)
  const customerId = await guest()
  await pass(customerId)
  const outcomes = await Promise.all([enter(customerId), enter(customerId), enter(customerId)])
  assert.deepEqual(outcomes.toSorted(), ['CHECKED_IN', 'REENTERED', 'REENTERED'])
  assert.equal((await listVisits(customerId)).length, 1)
})
