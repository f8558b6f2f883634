import assert from 'node:assert/strict'
import { after, afterEach, before, test } from 'node:test'
import type { TestApp } from '../../../test/support/app.ts'
import { listAudit } from '../../../test/support/records.ts'
import { assertLedgerWhole } from '../../../test/support/scenes/accounts.ts'
import { endless, openIdleScene, policy, type Signed, yearly } from '../../../test/support/scenes/idle-scene.ts'
import { openStaff, type Staff } from '../../../test/support/scenes/staff.ts'
import { contractsModule } from '../index.ts'
import * as api from './staff-api.ts'

// 20 December 2025. Contracts run from 1 January 2026 for 30.00 a month.
let scene: Awaited<ReturnType<typeof openIdleScene>>
let app: TestApp
let staff: Staff
before(async () => {
  scene = await openIdleScene()
  app = scene.app
  staff = openStaff(app, contractsModule)
})
after(() => app.close())
afterEach(() => assertLedgerWhole(app))

const pause = async ({ contractId }: Signed, wish: object): Promise<number> =>
  (await staff.run(api.createIdlePeriod, { contractId }, { reasonId: scene.vacation, ...wish })).idlePeriodId
const change = (idlePeriodId: number, wish: object) => staff.run(api.changeIdlePeriod, { idlePeriodId }, wish)
const refuse = async (idlePeriodId: number, wish: object) =>
  (await staff.refuse(api.changeIdlePeriod, { idlePeriodId }, wish)).code.split('.').at(-1)
const days = async (id: number) => {
  const row = await scene.findRow(id)
  return [String(row?.startDate), row?.endDate?.toString() ?? null]
}

test('staff shorten a pause to any day, whatever its rules say, and the days after it are charged', async () => {
  const signed = await scene.sign(yearly, policy)
  const id = await pause(signed, { startDate: '2026-07-01', termValue: 2 })
  assert.equal((await signed.contract()).endDate, '2027-02-28')
  await change(id, { endDate: '2026-07-20' })
  assert.deepEqual(await days(id), ['2026-07-01', '2026-07-20'])
  assert.equal((await signed.contract()).endDate, '2027-01-20')
  const claims = await signed.claims()
  // 11 of the 31 days of July; the first month of a year is free.
  assert.ok(
    claims.some((claim) => claim.endsWith(' 10.65')),
    claims.join(),
  )
  assert.deepEqual(
    (await signed.idleNews()).map(({ type }) => type),
    ['CONTRACT_IDLE_PERIOD_CREATED', 'CONTRACT_IDLE_PERIOD_UPDATED'],
  )
})

test('staff move and lengthen a pause; one that is only moved keeps its length', async () => {
  const signed = await scene.sign(yearly, policy)
  const id = await pause(signed, { startDate: '2026-07-01', termValue: 1 })
  await change(id, { startDate: '2026-09-10' })
  assert.deepEqual(await days(id), ['2026-09-10', '2026-10-09'])
  await change(id, { termValue: 2 })
  assert.deepEqual(await days(id), ['2026-09-10', '2026-11-09'])
  await change(id, { endDate: '2026-09-30', reasonId: scene.illness })
  assert.equal((await scene.findRow(id))?.reasonId, scene.illness)
  assert.equal(await refuse(id, { startDate: '2026-10-01' }), 'termvalueMissing')
  await change(id, { unlimited: true })
  assert.deepEqual(await days(id), ['2026-09-10', null])
})

test('a change of a pause is on record with what it has changed, and one that changes nothing is none', async () => {
  const signed = await scene.sign(yearly, policy)
  const id = await pause(signed, { startDate: '2026-07-01', termValue: 1 })
  for (const wish of [{}, { startDate: '2026-07-01' }, { startDate: '2026-08-01' }, { reasonId: scene.vacation }]) {
    await change(id, wish)
  }
  const lines = (await listAudit(app)).filter(
    ({ action, entityId }) => action === 'idlePeriod.updated' && entityId === id,
  )
  assert.deepEqual(
    lines.map(({ diff }) => diff),
    [{ startDate: ['2026-07-01', '2026-08-01'], endDate: ['2026-07-31', '2026-08-31'] }],
  )
  assert.deepEqual(
    (await signed.idleNews()).map(({ type }) => type),
    ['CONTRACT_IDLE_PERIOD_CREATED', 'CONTRACT_IDLE_PERIOD_UPDATED'],
  )
})

test('staff name a reason that the studio has', async () => {
  const signed = await scene.sign(yearly, policy)
  const id = await pause(signed, { startDate: '2026-07-01', termValue: 1 })
  assert.equal(await refuse(id, { reasonId: 1, endDate: '2026-07-20' }), 'reasonInvalid')
  assert.deepEqual(
    [await days(id), (await scene.findRow(id))?.reasonId],
    [['2026-07-01', '2026-07-31'], scene.vacation],
  )
  const wish = { reasonId: 1, startDate: '2026-10-01', termValue: 1 }
  const { code } = await staff.refuse(api.createIdlePeriod, { contractId: signed.contractId }, wish)
  assert.equal(code, 'errormessage.idlePeriod.reasonInvalid')
  assert.equal((await signed.idleNews()).length, 1)
})

test('staff end a pause without end on a day that has passed, which is charged again', async () => {
  const signed = await scene.sign(yearly, endless)
  const id = await pause(signed, { startDate: '2026-02-01' })
  await app.travelTo('2026-03-03T10:00:00+01:00')
  await change(id, { endDate: '2026-02-28' })
  assert.ok((await signed.claims()).some((claim) => /2026-03-03 30\.00$/.test(claim)))
})

test('a pause with an end lasts five years at most, and has one length', async () => {
  const signed = await scene.sign(yearly, policy)
  const id = await pause(signed, { startDate: '2026-03-01', termValue: 1 })
  for (const termValue of [61, 999_999]) {
    assert.equal(await refuse(id, { termValue }), 'maximumYearsViolated')
    const created = await staff.refuse(
      api.createIdlePeriod,
      { contractId: signed.contractId },
      { reasonId: scene.vacation, startDate: '2027-03-01', termValue },
    )
    assert.match(created.code, /maximumYearsViolated$/)
  }
  assert.equal(await refuse(id, { endDate: '2031-03-02' }), 'maximumYearsViolated')
  assert.equal(await refuse(id, { unlimited: true, termValue: 2 }), 'enddateAndTermProvided')
  assert.deepEqual(await days(id), ['2026-03-01', '2026-03-31'])
})

test('two pauses never share a day, an end comes after its beginning, and what waits is decided first', async () => {
  const signed = await scene.sign(yearly, { ...policy, maxTerms: 12 })
  const [one, other] = [
    await pause(signed, { startDate: '2026-07-01', termValue: 1 }),
    await pause(signed, { startDate: '2026-09-01', termValue: 1 }),
  ]
  assert.equal(await refuse(one, { termValue: 3 }), 'overlapping')
  assert.equal(await refuse(one, { endDate: '2026-06-30' }), 'enddateBeforeStartdate')
  assert.equal(await refuse(one, { endDate: '2026-07-10', termValue: 1 }), 'enddateAndTermProvided')
  assert.equal(await refuse(one, { startDate: '2025-12-01' }), 'deactivatedForContract')
  await scene.decide('CHANGES_REQUIRE_VERIFICATION')
  const wish = { startDate: '2026-09-01', temporalUnit: 'MONTH', termValue: 2 }
  assert.equal((await signed.change(other, wish)).status, 200)
  assert.equal(await refuse(other, { endDate: '2026-09-10' }), 'pendingVerification')
  assert.equal(await refuse(1, { endDate: '2026-09-10' }), 'notFound')
})
