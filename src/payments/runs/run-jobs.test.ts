import assert from 'node:assert/strict'
import { after, afterEach, before, test } from 'node:test'
import { sql } from 'drizzle-orm'
import { openTestApp, type TestApp } from '../../../test/support/app.ts'
import { assertPain008 } from '../../../test/support/pain-008.ts'
import { listEvents } from '../../../test/support/records.ts'
import { assertLedgerWhole } from '../../../test/support/scenes/accounts.ts'
import { openRunScene, type RunScene } from '../../../test/support/scenes/run-scene.ts'
import type { JobDeps } from '../../platform/jobs/job.ts'
import { prepareRun } from './exporting.ts'
import { findRun } from './run-store.ts'
import * as api from '../staff-api.ts'

let app: TestApp
let scene: RunScene
before(async () => {
  app = await openTestApp({ now: '2026-05-18T10:00:00+02:00' })
  scene = await openRunScene(app)
  await scene.member()
  await scene.openBank()
})
after(() => app.close())
afterEach(() => assertLedgerWhole(app))

test('cards are charged one by one on the day, and one that is declined says why', async () => {
  const [good, bad, slow] = [
    await scene.cardHolder(),
    await scene.cardHolder('FAILS_LATER'),
    await scene.cardHolder('CAPTURES_SLOWLY'),
  ]
  for (const customerId of [good, bad, slow]) await scene.charge(customerId, '30.00')
  const runId = await scene.draft({ methodGroup: 'CREDIT_CARD' })
  const run = await scene.step('export', runId)
  assert.deepEqual([run.state, run.fileId, run.collectionDate], ['EXPORTED', undefined, String(await scene.today())])
  await assert.rejects(scene.file(runId), { code: 'errormessage.paymentRun.fileNotReady' })
  const submitted = await scene.step('submit', runId)
  assert.deepEqual([submitted.state, submitted.booked, submitted.failed], ['SUBMITTED', 1, 1], 'the slow one waits')
  assert.deepEqual([await scene.balance(good), await scene.balance(bad)], ['0.00', '-30.00'])
  assert.equal((await scene.findItem(runId, bad)).rejectionReason, 'AUTHORIZATION_DECLINED')
  const rejected = (await listEvents(app)).filter(({ type }) => type === 'CUSTOMER_PAYMENT_REJECTED').at(-1)
  assert.equal(rejected?.entityId, bad)
  await scene.payCash(bad, '30.00')
  const later = await app.read(async ({ now }) => now.add({ seconds: 31 }))
  await app.travelTo(later.toString())
  await scene.settle()
  assert.deepEqual([(await scene.show(runId)).state, await scene.balance(slow)], ['BOOKED', '0.00'])
  await scene.retire(good, bad, slow)
})

test('the calendar drafts a run in the night, after billing, once; an empty one is not made', async () => {
  const { studioId } = scene
  const tomorrow = (await scene.today()).add({ days: 1 })
  const settings = { runDays: [tomorrow.day], methodGroups: ['SEPA', 'CREDIT_CARD'] }
  await scene.staff.run(api.configurePaymentRuns, { studioId }, settings)
  const shown = await scene.staff.run(api.showPaymentRunSettings, { studioId })
  assert.deepEqual(shown, { ...settings, preNotificationDays: 1, painVersion: 'pain.008.001.08' })
  const customerId = await scene.member()
  await scene.charge(customerId, '30.00', tomorrow.toString())
  await app.travelTo(`${tomorrow}T02:31:00+02:00`)
  const { runs } = await scene.staff.run(api.listPaymentRuns, {}, { studioId })
  const byCalendar = runs.filter(({ origin }: any) => origin === 'CALENDAR')
  assert.deepEqual(
    byCalendar.map(({ methodGroup, targetDate, state, amount }: any) => [methodGroup, targetDate, state, amount]),
    [['SEPA', tomorrow.toString(), 'DRAFT', '30.00']],
  )
  await scene.staff.run(api.configurePaymentRuns, { studioId }, { runDays: [], painVersion: 'pain.008.001.02' })
  await scene.step('export', byCalendar[0].paymentRunId)
  const xml = await scene.file(byCalendar[0].paymentRunId)
  assert.match(xml, /pain\.008\.001\.02/)
  await assertPain008(xml)
  await scene.step('cancel', byCalendar[0].paymentRunId)
  await scene.retire(customerId)
})

test('a method collects in its own currency alone', async () => {
  const wish = { studioId: scene.studioId, methodGroup: 'BACS' }
  assert.equal(
    (await scene.staff.refuse(api.draftPaymentRun, {}, wish)).code,
    'errormessage.validation.currencyMismatch',
  )
  const { studioId } = scene
  const change = { methodGroups: ['SEPA', 'LSV'] }
  assert.equal((await scene.staff.refuse(api.configurePaymentRuns, { studioId }, change)).status, 400)
})

test('an item that cannot be booked says why and keeps none of the others waiting', async () => {
  const [good, bad] = [await scene.member(), await scene.member()]
  for (const customerId of [good, bad]) await scene.charge(customerId, '30.00')
  const runId = await scene.draft()
  await scene.step('export', runId)
  await scene.step('submit', runId)
  const setCurrency = (currency: string) =>
    app.write(({ tx }) =>
      tx.execute(
        sql`update payment_run_items set currency = ${currency} where run_id = ${runId} and customer_id = ${bad}`,
      ),
    )
  await setCurrency('USD')
  const run = await scene.collect(runId)
  assert.deepEqual([await scene.balance(good), await scene.balance(bad)], ['0.00', '-30.00'])
  assert.deepEqual([run.state, run.booked], ['SUBMITTED', 1])
  await setCurrency('EUR')
  assert.equal((await scene.findItem(runId, bad)).error, 'errormessage.validation.currencyMismatch')
  assert.equal((await scene.step('retry', runId)).state, 'BOOKED')
  assert.equal(await scene.balance(bad), '0.00')
  await scene.retire(good, bad)
})

test('an export that breaks off goes on where it was, and the claims that it has reached stay in flight', async () => {
  const customerId = await scene.member()
  const claimId = await scene.charge(customerId, '30.00')
  const runId = await scene.draft()
  await scene.staff.run(api.exportPaymentRun, { paymentRunId: runId })
  const run = () => app.read(({ db }) => findRun(db, runId))
  const begun = await run()
  assert.ok(begun)
  const { tenantId } = app.berlin
  const read: JobDeps['read'] = (work) => app.platform.database.read(tenantId, work)
  const deps = { ...app.platform, tenantId, read, goesOn: () => false }
  await prepareRun((work) => app.write(work), begun, deps)
  const broken = await run()
  assert.deepEqual([broken?.isFixed, broken?.fixedTo, broken?.fileId], [false, customerId, null])
  await assert.rejects(scene.payCash(customerId, '30.00', [claimId]), { status: 409 })
  await scene.settle()
  const whole = await scene.show(runId)
  assert.deepEqual([whole.items, whole.amount, typeof whole.fileId], [1, '30.00', 'number'])
  await scene.step('submit', runId)
  assert.equal((await scene.collect(runId)).state, 'BOOKED')
  await scene.retire(customerId)
})

test('a file for the portal of a bank is a table of the same collections', async () => {
  const customerId = await scene.member()
  await scene.charge(customerId, '30.00')
  const runId = await scene.draft()
  // The test world has no studio whose currency is the franc.
  await app.write(({ tx }) => tx.execute(sql`update payment_runs set method_group = 'LSV' where id = ${runId}`))
  const run = await scene.step('export', runId)
  const [heading, line] = (await scene.file(runId)).split('\r\n')
  assert.match(heading ?? '', /^reference,mandate,signed on,sequence,holder,account,bank,amount,currency/)
  assert.match(line ?? '', /^P\d+,\d+-\d+-1,2026-05-\d\d,FRST,Jürgen Müller,DE89370400440532013000,,30\.00,EUR,2026-/)
  assert.equal(run.sequences[0].items, 1)
  await scene.step('cancel', runId)
  await scene.retire(customerId)
})
