import assert from 'node:assert/strict'
import { after, afterEach, before, test } from 'node:test'
import { sql } from 'drizzle-orm'
import { openTestApp, type TestApp } from '../../../test/support/app.ts'
import { listAudit } from '../../../test/support/records.ts'
import { assertLedgerWhole } from '../../../test/support/scenes/accounts.ts'
import { openRunScene, type RunScene } from '../../../test/support/scenes/run-scene.ts'
import type { JobDeps } from '../../platform/jobs/job.ts'
import type { Bytes, FileStorage } from '../../platform/files/storage.ts'
import type { RunUnit } from '../../platform/units/work.ts'
import type { Provider } from '../provider.ts'
import { provider } from '../providers.ts'
import * as api from '../staff-api.ts'
import { bookRun } from './booking.ts'
import { chargeRun } from './charging.ts'
import { prepareRun } from './exporting.ts'
import { findRun, type PaymentRun } from './run-store.ts'

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

/** Exports a draft of some members who owe 30.00 each, and takes so many steps of the export. */
async function beginExport(steps: number, members: readonly number[]) {
  for (const customerId of members) await scene.charge(customerId, '30.00')
  const runId = await scene.draft()
  await scene.staff.run(api.exportPaymentRun, { paymentRunId: runId })
  for (let step = 0; step < steps; step++) await prepare(await find(runId), () => false)
  return runId
}
async function find(runId: number): Promise<PaymentRun> {
  const run = await app.read(({ db }) => findRun(db, runId))
  assert.ok(run)
  return run
}
const write: RunUnit = (work) => app.write(work)
function prepare(run: PaymentRun, goesOn: () => boolean, files: FileStorage = app.platform.files) {
  const { tenantId } = app.berlin
  const read: JobDeps['read'] = (work) => app.platform.database.read(tenantId, work)
  return prepareRun(write, run, { ...app.platform, files, tenantId, read, goesOn })
}
const stop = (paymentRunId: number) => scene.staff.run(api.stopPaymentRun, { paymentRunId })
const goOn = async (paymentRunId: number) => {
  await scene.staff.run(api.continuePaymentRun, { paymentRunId })
  await scene.settle()
  return scene.show(paymentRunId)
}
const refuse = async (paymentRunId: number) =>
  (await scene.staff.refuse(api.stopPaymentRun, { paymentRunId }, {})).code.slice(13)

test('an export that staff stop rests until they let it go on, and then makes the file of what was fixed before', async () => {
  for (const steps of [0, 1]) {
    const customerId = await scene.member()
    const runId = await beginExport(steps, [customerId])
    await stop(runId)
    await scene.settle()
    const resting = await scene.show(runId)
    assert.deepEqual([resting.state, resting.fileId, resting.pending], ['EXPORTED', undefined, 1 - steps])
    assert.ok(resting.stoppedAt)
    if (steps > 0)
      await assert.rejects(scene.payCash(customerId, '30.00', [...(await listClaims(runId))]), { status: 409 })
    const whole = await goOn(runId)
    assert.deepEqual([typeof whole.fileId, whole.amount, whole.stoppedAt], ['number', '30.00', undefined])
    assert.match(await scene.file(runId), /<NbOfTxs>1<\/NbOfTxs>/)
    await scene.step('submit', runId)
    assert.equal((await scene.collect(runId)).state, 'BOOKED')
    await scene.retire(customerId)
  }
})

const listClaims = async (runId: number): Promise<number[]> =>
  (await scene.items(runId)).flatMap((item: any) => item.claimIds)

test('a process that is at it when staff stop a run fixes, writes and books no more', async () => {
  for (const [steps, pending] of [
    [0, 1],
    [2, 0],
  ] as const) {
    const customerId = await scene.member()
    const runId = await beginExport(steps, [customerId])
    const inHand = await find(runId)
    await stop(runId)
    await prepare(inHand, () => true)
    const resting = await scene.show(runId)
    assert.deepEqual([resting.pending, resting.fileId], [pending, undefined])
    await goOn(runId)
    await scene.staff.run(api.submitPaymentRun, { paymentRunId: runId })
    const submitted = await find(runId)
    await stop(runId)
    await bookRun(write, submitted, { goesOn: () => true })
    assert.deepEqual([(await scene.show(runId)).booked, (await scene.show(runId)).state], [0, 'SUBMITTED'])
    await goOn(runId)
    await scene.collect(runId)
    await scene.retire(customerId)
  }
})

test('stopping twice is stopping once, and both turns are on record; nothing is stopped that is not under way', async () => {
  const customerId = await scene.member()
  const runId = await beginExport(0, [customerId])
  for (let time = 0; time < 2; time++) await stop(runId)
  for (let time = 0; time < 2; time++) await goOn(runId)
  const actions = (await listAudit(app))
    .filter(({ action, entityId }) => /^paymentRun\.(stopped|continued)$/.test(action) && entityId === runId)
    .map(({ action }) => action)
  assert.deepEqual(actions, ['paymentRun.stopped', 'paymentRun.continued'])
  assert.equal(await refuse(runId), 'paymentRun.stateInvalid')
  assert.equal(await refuse(1), 'paymentRun.notFound')
  await scene.step('cancel', runId)
  assert.equal(await refuse(runId), 'paymentRun.stateInvalid')
  await scene.retire(customerId)
})

test('a run that was stopped can be given up', async () => {
  const customerId = await scene.member()
  const runId = await beginExport(1, [customerId])
  await stop(runId)
  const { state, stoppedAt } = await scene.step('cancel', runId)
  assert.deepEqual([state, stoppedAt], ['CANCELLED', undefined])
  await scene.payCash(customerId, '30.00')
  await scene.retire(customerId)
})

test('an export that goes on after its collection date collects later', async () => {
  const customerId = await scene.member()
  const runId = await beginExport(1, [customerId])
  await stop(runId)
  const { collectionDate } = await scene.show(runId)
  const after = Temporal.PlainDate.from(collectionDate).add({ days: 3 })
  await app.travelTo(`${after.toString()}T10:00:00+02:00`)
  const whole = await goOn(runId)
  assert.ok(whole.collectionDate > after.toString(), whole.collectionDate)
  assert.match(await scene.file(runId), new RegExp(`<ReqdColltnDt>${whole.collectionDate}</ReqdColltnDt>`))
  await scene.step('cancel', runId)
  await scene.retire(customerId)
})

test('the bookings of a submitted run rest while it is stopped, beyond its collection date', async () => {
  const members = [await scene.member(), await scene.member()]
  const runId = await beginExport(0, members)
  await scene.settle()
  await scene.step('submit', runId)
  await stop(runId)
  const resting = await scene.collect(runId)
  assert.deepEqual([resting.state, resting.booked], ['SUBMITTED', 0])
  const booked = await goOn(runId)
  assert.deepEqual([booked.state, booked.booked], ['BOOKED', 2])
  await scene.retire(...members)
})

test('a card that is charged while staff stop its run is booked, and no further one is charged', async () => {
  const cards = [await scene.cardHolder(), await scene.cardHolder()]
  for (const customerId of cards) await scene.charge(customerId, '30.00')
  const runId = await scene.draft({ methodGroup: 'CREDIT_CARD' })
  await scene.step('export', runId)
  await scene.staff.run(api.submitPaymentRun, { paymentRunId: runId })
  let charged = 0
  const stopping: Provider = {
    ...provider,
    async capture(run, key) {
      charged += 1
      if (charged === 1) await stop(runId)
      return provider.capture(run, key)
    },
  }
  await chargeRun(write, await find(runId), { provider: stopping, goesOn: () => true })
  const states = async () => (await scene.items(runId)).map((item: any) => item.state)
  assert.deepEqual([charged, await states()], [1, ['BOOKED', 'EXPORTED']])
  assert.equal((await goOn(runId)).state, 'BOOKED')
  await scene.retire(...cards)
})

test('items that are booked one by one because one of them cannot be are all tried, although staff stop the run', async () => {
  const [good, bad] = [await scene.member(), await scene.member()]
  const runId = await beginExport(0, [good, bad])
  await scene.settle()
  await scene.staff.run(api.submitPaymentRun, { paymentRunId: runId })
  const breaking = sql`update payment_run_items set currency = 'USD' where run_id = ${runId} and customer_id = ${bad}`
  await app.write(({ tx }) => tx.execute(breaking))
  let hasFailed = false
  const stopping: RunUnit = async (work) => {
    try {
      return await write(work)
    } catch (error) {
      if (!hasFailed) await stop(runId)
      hasFailed = true
      throw error
    }
  }
  await bookRun(stopping, await find(runId), { goesOn: () => true })
  await app.write(({ tx }) => tx.execute(sql`update payment_run_items set currency = 'EUR' where run_id = ${runId}`))
  const items = await scene.items(runId)
  assert.deepEqual(
    items.map(({ state, error }: any) => [state, error]),
    [
      ['BOOKED', undefined],
      ['EXPORTED', 'errormessage.validation.currencyMismatch'],
    ],
  )
  await goOn(runId)
  await scene.step('retry', runId)
  assert.equal((await scene.collect(runId)).state, 'BOOKED')
  await scene.retire(good, bad)
})

test('a file that is being written when staff stop the run is given up between two pages', async () => {
  const customerId = await scene.member()
  const runId = await beginExport(2, [customerId])
  let isWhole = false
  async function* stopAfterHeading(bytes: Bytes) {
    let pieces = 0
    for await (const piece of bytes) {
      yield piece
      pieces += 1
      if (pieces === 1) await stop(runId)
    }
    isWhole = true
  }
  const { files } = app.platform
  const stopping = Object.create(files, {
    write: {
      value: (tenantId: number, bytes: Bytes, most: number) => files.write(tenantId, stopAfterHeading(bytes), most),
    },
  }) as FileStorage
  await prepare(await find(runId), () => true, stopping)
  assert.deepEqual([isWhole, (await scene.show(runId)).fileId], [false, undefined])
  assert.equal(typeof (await goOn(runId)).fileId, 'number')
  await scene.step('cancel', runId)
  await scene.retire(customerId)
})

test('no card is charged while a run is stopped', async () => {
  const cards = [await scene.cardHolder(), await scene.cardHolder()]
  for (const customerId of cards) await scene.charge(customerId, '30.00')
  const runId = await scene.draft({ methodGroup: 'CREDIT_CARD' })
  await scene.step('export', runId)
  await scene.staff.run(api.submitPaymentRun, { paymentRunId: runId })
  await stop(runId)
  await scene.settle()
  assert.deepEqual(
    (await scene.items(runId)).map((item: any) => item.state),
    ['EXPORTED', 'EXPORTED'],
  )
  assert.equal((await goOn(runId)).state, 'BOOKED')
  await scene.retire(...cards)
})
