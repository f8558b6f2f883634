import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, afterEach, before, test } from 'node:test'
import { sql } from 'drizzle-orm'
import { openTestApp, type TestApp } from '../../../test/support/app.ts'
import { assertPain008, readPain008 } from '../../../test/support/pain-008.ts'
import { listEvents } from '../../../test/support/records.ts'
import { assertLedgerWhole } from '../../../test/support/scenes/accounts.ts'
import { addToken } from '../../../test/support/scenes/payment-scene.ts'
import { openRunScene, type RunScene } from '../../../test/support/scenes/run-scene.ts'
import { creditClaim, planInstallments, writeOffClaim } from '../../accounts/index.ts'
import { listReminded } from '../../accounts/dunning/dunning-store.ts'
import { lockAccount } from '../../accounts/account-lock.ts'
import { listPaymentInstruments } from '../index.ts'
import * as api from '../staff-api.ts'

let app: TestApp
let scene: RunScene
before(async () => {
  // A Wednesday before a first of May that is a Friday.
  app = await openTestApp({ now: '2026-04-29T10:00:00+02:00' })
  scene = await openRunScene(app)
})
after(() => app.close())
afterEach(() => assertLedgerWhole(app))

const eur = (minor: bigint) => ({ minor, currency: 'EUR' })
/** What a run collects of each claim, and whether it still does. */
const listParts = async (runId: number) => {
  const amount = sql<string>`amount::numeric(9,2)::text`
  const own = sql`payment_run_item_claims where item_id in (select id from payment_run_items where run_id = ${runId})`
  const rows = await app.read(({ db }) => db.select({ amount, isLive: sql<boolean>`is_live` }).from(own))
  return rows.map((row) => `${row.amount} ${row.isLive}`).toSorted()
}
const instrument = async (customerId: number) => (await app.read(({ db }) => listPaymentInstruments(db, customerId)))[0]

test('what is due of a mandate is collected in one sum, on the banking day after the target date, and booked then', async () => {
  const [x, y] = [await scene.member(), await scene.member()]
  const claims = [await scene.charge(x, '29.90', '2026-05-01'), await scene.charge(x, '9.90', '2026-05-01', 'Locker')]
  await scene.charge(y, '49.90', '2026-05-01')
  await scene.charge(y, '1.00', '2026-05-02')
  const wish = { studioId: scene.studioId, targetDate: '2026-05-01' }
  const preview = await scene.staff.run(api.previewPaymentRun, {}, wish)
  assert.deepEqual(
    [preview.items, preview.claims, preview.amount, preview.collectionDate],
    [2, 3, '89.70', '2026-05-04'],
  )

  const runId = await scene.draft({ targetDate: '2026-05-01' })
  const drafted = await scene.show(runId)
  assert.deepEqual([drafted.state, drafted.items, drafted.amount], ['DRAFT', 2, '89.70'])
  assert.deepEqual((await scene.findItem(runId, x)).claimIds, claims)
  const refusal = await scene.staff.refuse(api.exportPaymentRun, { paymentRunId: runId }, {})
  assert.equal(refusal.code, 'errormessage.paymentRun.creditorIncomplete')
  await scene.openBank()

  const exported = await scene.step('export', runId)
  assert.deepEqual([exported.state, exported.collectionDate], ['EXPORTED', '2026-05-04'])
  const xml = await scene.file(runId)
  assert.equal(createHash('sha256').update(xml).digest('hex'), exported.fileSha256)
  await assertPain008(xml)
  const read = readPain008(xml)
  assert.deepEqual([read.counts, read.sums, read.sequences], [['2', '2'], ['89.70', '89.70'], ['FRST']])
  assert.deepEqual([read.amounts, read.days], [['39.80', '49.90'], ['2026-05-04']])
  assert.deepEqual([read.debtors[0], read.texts[0]], ['Juergen Mueller', 'Locker, Membership fee'])
  assert.equal(read.references[0], (await scene.findItem(runId, x)).endToEndId)

  assert.equal((await scene.step('submit', runId)).state, 'SUBMITTED')
  await app.travelTo('2026-05-03T12:00:00+02:00')
  assert.deepEqual([await scene.balance(x), (await scene.show(runId)).booked], ['-39.80', 0])
  const known = (await listEvents(app)).length
  await app.travelTo('2026-05-04T03:00:00+02:00')
  const booked = await scene.show(runId)
  assert.deepEqual([booked.state, booked.booked], ['BOOKED', 2])
  assert.deepEqual([await scene.balance(x), await scene.balance(y)], ['0.00', '-1.00'])
  assert.deepEqual(
    (await listEvents(app)).slice(known).map(({ type }) => type),
    ['PAYMENT_BOOKED', 'PAYMENT_BOOKED'],
  )
  const { firstCollectedOn, lastCollectedOn } = (await instrument(x)) ?? {}
  assert.deepEqual([String(firstCollectedOn), String(lastCollectedOn)], ['2026-05-04', '2026-05-04'])

  await app.travelTo('2026-05-05T10:00:00+02:00')
  const next = await scene.draft()
  await scene.step('export', next)
  assert.deepEqual(readPain008(await scene.file(next)).sequences, ['RCUR'])
  await scene.step('cancel', next)
  await scene.retire(x, y)
})

test('what a run collects just now is settled by nothing else and reminded of by nobody', async () => {
  const customerId = await scene.member()
  const claimId = await scene.charge(customerId, '30.00')
  const other = await scene.charge(customerId, '12.00', '2026-12-31')
  const runId = await scene.draft()
  await scene.step('export', runId)
  await assert.rejects(scene.payCash(customerId, '30.00', [claimId]), {
    code: 'errormessage.account.claimInPaymentRun',
  })
  const { token } = await addToken(app, { customerId, amount: '30.00' })
  const body = { paymentRequestToken: token, amount: { amount: 30, currency: 'EUR' }, debtClaimIds: [claimId] }
  const answer = await app.post(`/v1/customers/${customerId}/account/payment`, body)
  assert.deepEqual([answer.status, answer.body.errorCode], [409, 'errormessage.account.claimInPaymentRun'])
  await assert.rejects(
    app.write((work) => writeOffClaim(work, { claimId, journalKey: 'runs-test:write-off' })),
    { code: 'errormessage.account.claimInPaymentRun' },
  )
  const dueDates = [Temporal.PlainDate.from('2026-06-01')]
  const parts = { customerId, claimIds: [claimId], dueDates, description: 'Parts', journalKey: 'runs-test:parts' }
  await assert.rejects(
    app.write((work) => planInstallments(work, parts)),
    { code: 'errormessage.account.claimInPaymentRun' },
  )
  const reminded = await app.write(async (work) => listReminded(work.tx, await lockAccount(work, customerId)))
  assert.deepEqual(
    reminded.map(({ id }) => id),
    [other],
  )
  await scene.payCash(customerId, '20.00')
  await app.write((work) => creditClaim(work, { claimId, amount: eur(500n), journalKey: 'runs-test:credit' }))
  assert.equal((await scene.findItem(runId, customerId)).amount, '30.00')
  assert.equal(await scene.balance(customerId), '-17.00')
  const cancelled = await scene.step('cancel', runId)
  assert.deepEqual([cancelled.state, cancelled.fileId, cancelled.items], ['CANCELLED', undefined, 0])
  assert.equal(await scene.balance(customerId), '-17.00')
  const rest = await scene.draft()
  assert.equal((await scene.show(rest)).amount, '17.00')
  const again = await scene.staff.refuse(api.draftPaymentRun, {}, { studioId: scene.studioId })
  assert.equal(again.code, 'errormessage.paymentRun.nothingDue', 'the other draft has it')
  await scene.step('cancel', rest)
  await scene.retire(customerId)
})

test('until the export claims that are settled otherwise drop out, and staff take customers out', async () => {
  const [paid, partly, removed] = [await scene.member(), await scene.member(), await scene.member()]
  const [moved, card] = [await scene.member(), await scene.cardHolder()]
  for (const customerId of [paid, partly, removed, moved, card]) await scene.charge(customerId, '30.00')
  const dropped = await scene.charge(partly, '10.00')
  const runId = await scene.draft()
  assert.equal((await scene.show(runId)).amount, '130.00')
  await scene.payCash(paid, '30.00')
  await scene.payCash(partly, '15.00', [dropped])
  await scene.staff.run(api.removePaymentRunItem, { itemId: (await scene.findItem(runId, removed)).itemId })
  await scene.retire(moved)
  const run = await scene.step('export', runId)
  assert.deepEqual([run.items, run.amount], [1, '25.00'])
  assert.deepEqual(
    (await scene.items(runId)).map(({ state }: any) => state),
    ['DROPPED', 'EXPORTED', 'DROPPED', 'DROPPED'],
  )
  const parts = ['10.00 false', '25.00 true', '30.00 false', '30.00 false', '30.00 false']
  assert.deepEqual(await listParts(runId), parts)
  const cards = await scene.draft({ methodGroup: 'CREDIT_CARD' })
  await scene.step('export', cards)
  const { state, amount, sequenceType } = await scene.findItem(cards, card)
  assert.deepEqual([state, amount, sequenceType], ['EXPORTED', '30.00', undefined])
  await scene.step('cancel', cards)
  const again = await scene.draft()
  assert.deepEqual(
    [(await scene.show(again)).amount, (await scene.findItem(again, removed)).state],
    ['30.00', 'PENDING'],
  )
  await scene.payCash(removed, '30.00')
  assert.equal((await scene.step('export', again)).state, 'CANCELLED', 'nothing was left of it')
  await scene.step('cancel', runId)
  await scene.retire(paid, partly, removed, card)
})

test('steps of a run follow each other', async () => {
  const customerId = await scene.member()
  await scene.charge(customerId, '30.00')
  const runId = await scene.draft()
  const refuse = async (operation: Parameters<typeof scene.staff.refuse>[0]) =>
    (await scene.staff.refuse(operation, { paymentRunId: runId }, {})).code.split('.').at(-1)
  assert.equal(await refuse(api.submitPaymentRun), 'stateInvalid')
  await scene.staff.run(api.exportPaymentRun, { paymentRunId: runId })
  assert.equal(await refuse(api.submitPaymentRun), 'fileNotReady')
  assert.equal(await refuse(api.exportPaymentRun), 'stateInvalid')
  await scene.settle()
  await scene.step('submit', runId)
  assert.equal(await refuse(api.cancelPaymentRun), 'stateInvalid')
  assert.equal((await scene.collect(runId)).state, 'BOOKED')
  assert.equal(await refuse(api.retryPaymentRun), 'stateInvalid')
  await scene.retire(customerId)
})

test('a return opens the claims again, they join the next run, and after two repeats they are left to staff', async () => {
  const customerId = await scene.member()
  await scene.charge(customerId, '30.00')
  for (const [n, sequence] of ['FRST', 'FRST', 'FRST'].entries()) {
    const runId = await scene.draft()
    await scene.step('export', runId)
    assert.deepEqual(readPain008(await scene.file(runId)).sequences, [sequence])
    await scene.step('submit', runId)
    await scene.collect(runId)
    assert.equal(await scene.balance(customerId), '0.00', `run ${n}`)
    const [payment] = await app.read(({ db }) =>
      db.select({ id: sql<number>`id::float8` }).from(sql`payments where customer_id = ${customerId} order by id desc`),
    )
    await scene.staff.run(api.returnPayment, { paymentId: payment?.id }, { reason: 'INSUFFICIENT_COVERING' })
    const item = await scene.findItem(runId, customerId)
    assert.deepEqual([item.state, item.rejectionReason], ['RETURNED', 'INSUFFICIENT_COVERING'])
    assert.equal(await scene.balance(customerId), '-30.00')
  }
  const { excluded } = await scene.staff.run(api.previewPaymentRun, {}, { studioId: scene.studioId })
  assert.deepEqual(
    excluded.filter((each: any) => each.customerId === customerId).map(({ reason }: any) => reason),
    ['RETURNED_TOO_OFTEN'],
  )
  await scene.retire(customerId)
})

test('a mandate that was not used for 36 months ends, and one for a single collection ends with it', async () => {
  const day = (await scene.today()).subtract({ years: 3 })
  const old = await scene.member({ signed: day.subtract({ days: 1 }).toString() })
  const young = await scene.member({ signed: day.add({ days: 5 }).toString() })
  const once = await scene.member({ isOneOff: true })
  for (const customerId of [old, young, once]) await scene.charge(customerId, '30.00')
  const runId = await scene.draft()
  assert.deepEqual(
    (await scene.items(runId)).map((item: any) => item.customerId),
    [young, once],
  )
  assert.equal((await instrument(old))?.state, 'EXPIRED')
  const [claim] = await app.read(({ db }) =>
    db.select({ reason: sql<string>`latest_rejection_reason` }).from(sql`debt_claims where customer_id = ${old}`),
  )
  assert.equal(claim?.reason, 'INVALID_SEPA_MANDATE')
  await scene.step('export', runId)
  assert.deepEqual(readPain008(await scene.file(runId)).sequences, ['FRST', 'OOFF'])
  await scene.step('submit', runId)
  await scene.collect(runId)
  assert.deepEqual([(await instrument(young))?.state, (await instrument(once))?.state], ['ACTIVE', 'EXPIRED'])
  await scene.retire(old, young, once)
})
