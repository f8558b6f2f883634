import assert from 'node:assert/strict'
import { test } from 'node:test'
import { and, eq } from 'drizzle-orm'
import * as idle from '../../src/contracts/idle-periods/staff-api.ts'
import { contractsModule } from '../../src/contracts/index.ts'
import { idlePeriods } from '../../src/contracts/tables.ts'
import { idleReasons } from '../../src/membership-offers/tables.ts'
import { openTestApp, outOfTurn, type TestApp } from '../support/app.ts'
import { day } from '../support/samples/contract-plan.ts'
import { bookDueClaims } from '../support/scenes/accounts.ts'
import { policy } from '../support/scenes/idle-scene.ts'
import { assertBooksWhole } from '../support/scenes/money-whole.ts'
import { openStaff } from '../support/scenes/staff.ts'
import { openSwitch, switchCalls } from '../support/scenes/switch-scene.ts'
import { runUnlocked } from '../support/unlocked.ts'

// Contracts of 1 June 2026; it is the 15th, from which a switch gives them up. Pauses are wished from August on.

async function addReason(app: TestApp) {
  const { studioId } = app.berlin
  return app.write(async ({ tx, now }) => {
    const reason = { studioId, name: 'Vacation', position: 0, createdAt: now, updatedAt: now }
    return (await tx.insert(idleReasons).values(reason).returning({ id: idleReasons.id }))[0]?.id
  })
}

/** Pauses a contract that is switched at the same time. Answers how the switch went, and the pauses that the old one is left with. */
async function pauseMeanwhile(app: TestApp) {
  const plan = { start: day('2026-06-01'), signedOn: day('2026-06-01') }
  const offer = { terms: [{ frequency: { price: '44.90' } }] }
  const { customerId, contractId, wish } = await openSwitch(app, { plan, offer, signed: { idlePolicy: policy } })
  await bookDueClaims(app, { customerId, contractId, until: '2026-06-15' })
  const pauseWish = { startDate: '2026-08-01', termValue: 1, reasonId: await addReason(app) }
  const pause = openStaff(app, contractsModule).run(idle.createIdlePeriod, { contractId }, pauseWish)
  const change = switchCalls(app).change(customerId, { ...wish, startDate: '2026-06-15' })
  const [paused, switched] = await Promise.allSettled([pause, change])
  if (paused.status === 'rejected') assert.equal(paused.reason.code, 'errormessage.idlePeriod.deactivatedForContract')
  const isLive = and(eq(idlePeriods.contractId, contractId), eq(idlePeriods.state, 'ACCEPTED'))
  const pauses = await app.read(({ db }) => db.$count(idlePeriods, isLive))
  return { switched: switched.status === 'fulfilled' ? switched.value.status : switched.reason, pauses }
}

test('no pause is left of a contract that is switched while it pauses', async () => {
  await using app = await openTestApp(outOfTurn)
  for (let round = 0; round < 4; round++) assert.deepEqual(await pauseMeanwhile(app), { switched: 200, pauses: 0 })
  await assertBooksWhole(app)
})

test('control: without locks a pause is left of a contract that was switched', () =>
  runUnlocked({ pauseBefore: /^insert into "idle_periods"|^commit/i }, async (app) => {
    assert.deepEqual(await pauseMeanwhile(app), { switched: 200, pauses: 1 })
  }))
