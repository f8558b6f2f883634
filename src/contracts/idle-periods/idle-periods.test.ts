import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { makeForm, tinyPdf } from '../../../test/support/multipart.ts'
import { day } from '../../../test/support/samples/contract-plan.ts'
import {
  comparable,
  endless,
  fromMiddle,
  openIdleScene,
  policy,
  refusal,
  yearly,
} from '../../../test/support/scenes/idle-scene.ts'
import { openStaff, type Staff } from '../../../test/support/scenes/staff.ts'
import type { TestApp } from '../../../test/support/app.ts'
import { contractsModule } from '../index.ts'
import { contractCancelations } from '../tables.ts'
import * as staffApi from './staff-api.ts'

let scene: Awaited<ReturnType<typeof openIdleScene>>
let app: TestApp
let staff: Staff
before(async () => {
  scene = await openIdleScene('2026-05-10T10:00:00+02:00')
  ;({ app } = scene)
  staff = openStaff(app, contractsModule)
})
after(() => app.close())

test('the first rule that is broken decides, in their order', async () => {
  const signed = await scene.sign(yearly, { ...policy, leadDays: 30 })
  const month = { temporalUnit: 'MONTH', termValue: 1 }
  assert.equal(await signed.validate({ startDate: '2025-12-01' }), 'IDLEPERIOD_DEACTIVATED_FOR_CONTRACT')
  assert.equal(await signed.validate({ startDate: '2026-05-02' }), 'IDLEPERIOD_UNLIMITED_PARAMETER_IS_MISSING')
  assert.equal(await signed.validate({ startDate: '2026-05-02', temporalUnit: 'DAY' }), 'IDLEPERIOD_TERMVALUE_MISSING')
  const days = { startDate: '2026-05-02', temporalUnit: 'DAY', termValue: 1 }
  assert.equal(await signed.validate(days), 'IDLEPERIOD_TEMPORALUNIT_INVALID')
  const at = (startDate: string, more: object = {}) => signed.validate({ startDate, ...month, ...more })
  assert.equal(await at('2026-05-02'), 'IDLEPERIOD_DATE_NOT_FIRSTDAY_OF_TEMPORALUNIT')
  assert.equal(await at('2026-06-01'), 'IDLEPERIOD_DEADLINE_VIOLATED')
  assert.equal(await at('2026-07-01', { termValue: 61 }), 'IDLEPERIOD_MAXIMUM_YEARS_VIOLATED')
  assert.equal(await at('2026-07-01', { termValue: 2_147_483_647 }), 'IDLEPERIOD_MAXIMUM_YEARS_VIOLATED')
  assert.equal(await at('2026-07-01', { termValue: 4 }), 'IDLEPERIOD_MAXIMUM_TERMS_VIOLATED')
  assert.equal(await at('2026-07-01', { unlimited: true }), 'IDLEPERIOD_MAXIMUM_TERMS_VIOLATED')
  assert.equal(await at('2026-07-01'), 'IDLEPERIOD_CREATABLE')
  assert.equal((await signed.pause({ startDate: '2026-07-01', ...month })).status, 200)
  assert.equal(await at('2026-07-01'), 'IDLEPERIOD_OVERLAPPING')
  const refused = await signed.pause({ startDate: '2026-07-01', ...month })
  assert.deepEqual(refusal(refused), [400, 'errormessage.idlePeriod.overlapping'])
  assert.equal(refused.body.args[0], 'IDLEPERIOD_OVERLAPPING')
  const next = await scene.sign(yearly, { ...policy, nextStartOnly: true })
  assert.equal(await next.validate({ startDate: '2026-07-01', ...month }), 'IDLEPERIOD_EXPECTED_STARTDATE_MISMATCH')
})

test('where staff decide, a pause changes nothing until they accept it, and they may turn it down', async () => {
  await scene.decide('CHANGES_REQUIRE_VERIFICATION')
  const signed = await scene.sign(yearly, policy)
  const wish = { startDate: '2026-07-01', temporalUnit: 'MONTH', termValue: 1 }
  const before = await signed.claims()
  const made = await signed.pause(wish)
  assert.deepEqual([made.status, made.body.state], [200, 'PENDING_VERIFICATION'], made.text)
  assert.deepEqual(await signed.claims(), before)
  assert.equal(await signed.validate({ ...wish, startDate: '2026-09-01' }), 'IDLEPERIOD_PENDING_VERIFICATION')
  const waiting = await staff.run(staffApi.listIdlePeriods, {}, { studioId: app.berlin.studioId })
  assert.ok(waiting.some(({ idlePeriodId }: any) => idlePeriodId === made.body.id))
  await staff.run(staffApi.acceptIdlePeriod, { idlePeriodId: made.body.id })
  assert.equal((await signed.contract()).endDate, '2027-01-31')
  assert.deepEqual(
    (await signed.idleNews()).map(({ type }) => type),
    ['CONTRACT_IDLE_PERIOD_CREATED'],
  )
  assert.equal((await app.get(`${signed.path}/${made.body.id}`)).body.state, 'ACCEPTED')
  const changed = await signed.change(made.body.id, { ...wish, termValue: 2 })
  assert.deepEqual([changed.body.endDate, changed.body.state], ['2026-08-31', 'PENDING_VERIFICATION'], changed.text)
  assert.equal((await signed.contract()).endDate, '2027-01-31')
  assert.equal((await signed.withdraw(made.body.id)).status, 200)
  const [kept] = (await signed.list()).currentAndUpcomingIdlePeriods
  assert.deepEqual([kept.endDate, kept.state], ['2026-07-31', 'ACCEPTED'])
  await signed.change(made.body.id, { ...wish, termValue: 2 })
  await staff.run(staffApi.acceptIdlePeriod, { idlePeriodId: made.body.id })
  assert.equal((await signed.contract()).endDate, '2027-02-28')
  const second = await signed.pause({ ...wish, startDate: '2026-10-01' })
  await staff.run(staffApi.rejectIdlePeriod, { idlePeriodId: second.body.id }, { note: 'No' })
  assert.deepEqual(refusal(await app.get(`${signed.path}/${second.body.id}`)), [
    404,
    'errormessage.idlePeriod.notFound',
  ])
  const again = await staff.refuse(staffApi.rejectIdlePeriod, { idlePeriodId: made.body.id }, {})
  assert.equal(again.code, 'errormessage.amendment.notPending')
  await scene.decide('READ')
  assert.equal(await signed.validate({ ...wish, startDate: '2026-10-01' }), 'IDLEPERIOD_DEACTIVATED_FOR_CONTRACT')
  const byHand = { startDate: '2026-10-05', termValue: 1, reasonId: scene.illness }
  const { idlePeriodId } = await staff.run(staffApi.createIdlePeriod, { contractId: signed.contractId }, byHand)
  assert.equal((await app.get(`${signed.path}/${idlePeriodId}`)).body.endDate, '2026-11-04')
  await staff.run(staffApi.withdrawIdlePeriod, { idlePeriodId })
  await scene.decide('CHANGES_WITHOUT_VERIFICATION')
})

test('a document comes as a part of its own, and a reason may need one', async () => {
  const signed = await scene.sign(yearly, policy)
  const wish = { startDate: '2026-07-01', temporalUnit: 'MONTH', termValue: 1, reasonId: scene.illness }
  const refused = await signed.pause(wish)
  assert.deepEqual(
    [...refusal(refused), refused.body.reference],
    [400, 'errormessage.idlePeriod.documentRequired', 'document'],
  )
  const unknown = await signed.pause({ ...wish, reasonId: 1 })
  assert.deepEqual(
    [...refusal(unknown), unknown.body.reference],
    [400, 'errormessage.idlePeriod.reasonInvalid', 'reasonId'],
  )
  const made = await signed.pause(wish, { name: 'document', content: tinyPdf, fileName: 'doctor.pdf' })
  assert.equal(made.status, 200, made.text)
  const file = await app.app.server.inject({
    method: 'GET',
    url: made.body.documentUrl.replace(/^https?:\/\/[^/]+/, ''),
  })
  assert.deepEqual(file.rawPayload, tinyPdf)
  const kept = await signed.change(made.body.id, { ...wish, startDate: '2026-08-01' })
  assert.deepEqual([kept.status, kept.body.startDate], [200, '2026-08-01'], kept.text)
})

test('the part with the request is read however its header is written, and may come as plain JSON', async () => {
  const signed = await scene.sign(yearly, policy)
  const wish = JSON.stringify({
    startDate: '2026-07-01',
    temporalUnit: 'MONTH',
    termValue: 1,
    unlimited: null,
    reasonId: scene.vacation,
    phone: '1',
  })
  const head = 'content-disposition: form-data;name="data"\r\ncontent-type: application/json;charset=UTF-8'
  const payload = Buffer.from(`--x\r\n${head}\r\n\r\n${wish}\r\n--x--`)
  const headers = { 'content-type': 'multipart/form-data;boundary=x' }
  const made = await app.sendRaw('POST', signed.path, { headers, payload })
  assert.equal(made.status, 200, made.text)
  await signed.withdraw(made.body.id)
  const json = { headers: { 'content-type': 'application/json' }, payload: wish }
  assert.equal((await app.sendRaw('POST', signed.path, json)).status, 200)
  const part = { name: 'data', content: wish }
  const twice = await app.sendRaw('POST', signed.path, makeForm([part, part]))
  assert.deepEqual([...refusal(twice), twice.body.reference], [400, 'errormessage.upload.partDuplicate', 'data'])
  const none = await app.sendRaw('POST', signed.path, makeForm([{ name: 'other', content: wish }]))
  assert.deepEqual([...refusal(none), none.body.reference], [400, 'errormessage.validation.required', 'data'])
  const empty = await app.sendRaw('POST', signed.path, makeForm([{ name: 'data', content: '{}' }]))
  assert.equal(empty.status, 400)
})

test('of two wishes for the same days at once one succeeds', async () => {
  const signed = await scene.sign(yearly, { ...policy, maxTerms: 12 })
  const wishes = [
    { startDate: '2026-07-01', temporalUnit: 'MONTH', termValue: 2 },
    { startDate: '2026-08-01', temporalUnit: 'MONTH', termValue: 2 },
  ]
  // Each of them alone would be taken: only the other one can be what stands in its way.
  for (const wish of wishes) assert.equal(await signed.validate(wish), 'IDLEPERIOD_CREATABLE')
  const answers = await Promise.all(wishes.map((wish) => signed.pause(wish)))
  assert.deepEqual(
    answers.map(({ status }) => status).toSorted((a, b) => a - b),
    [200, 400],
  )
  const refused = answers.find(({ status }) => status === 400)
  assert.equal(refused?.body.errorCode, 'errormessage.idlePeriod.overlapping')
  assert.equal((await signed.list()).currentAndUpcomingIdlePeriods.length, 1)
})

test('a free freeze names its length, a paid one has no end and gets one later', async () => {
  const free = await scene.sign(yearly, { ...policy, feeType: 'NONE', amountPerUnit: null })
  const month = { temporalUnit: 'MONTH', termValue: 1 }
  const first = await free.pause({ startDate: '2026-06-01', ...month })
  assert.deepEqual([first.status, first.body.fee.amount], [200, 0], first.text)
  const paid = await scene.sign(yearly, { ...endless, startAlignment: 'CALENDAR' })
  const second = await paid.pause({ startDate: '2026-06-01', unlimited: true })
  assert.deepEqual([second.status, second.body.unlimited], [200, true], second.text)
  const wish = { startDate: '2026-06-01', ...month, unlimited: false }
  const preview = await paid.preview(second.body.id, wish)
  assert.equal(preview.body.validationStatus, 'IDLEPERIOD_UPDATABLE', preview.text)
  const limited = await paid.change(second.body.id, wish)
  assert.deepEqual([limited.body.unlimited, limited.body.endDate], [false, '2026-06-30'], limited.text)
  const fromToday = await paid.upcomingFrom('2026-05-10')
  assert.deepEqual(comparable(preview.body.previewCharges), comparable(fromToday))
})

test('a cancelation moves with the pause, and back when it is taken back', async () => {
  const signed = await scene.sign(yearly, policy)
  await app.write(({ tx, now }) =>
    tx.insert(contractCancelations).values({
      contractId: signed.contractId,
      kind: 'ORDINARY',
      origin: 'CUSTOMER',
      receiptDate: day('2026-05-01'),
      toDate: day('2026-12-31'),
      state: 'EFFECTIVE',
      createdAt: now,
      updatedAt: now,
    }),
  )
  const before = await signed.claims()
  const made = await signed.pause({ startDate: '2026-07-01', temporalUnit: 'MONTH', termValue: 2 })
  assert.equal(made.status, 200, made.text)
  assert.equal((await signed.contract()).endDate, '2027-02-28')
  await signed.withdraw(made.body.id)
  assert.equal((await signed.contract()).endDate, '2026-12-31')
  assert.deepEqual(await signed.claims(), before)
  assert.deepEqual(
    (await signed.idleNews()).map(({ type }) => type),
    ['CONTRACT_IDLE_PERIOD_CREATED', 'CONTRACT_IDLE_PERIOD_CANCELLED'],
  )
})

test('a pause that is over stands among the past ones, and one that has begun is only shortened', async () => {
  const signed = await scene.sign(yearly, { ...policy, dayShortening: true })
  const made = await signed.pause({ startDate: '2026-06-01', temporalUnit: 'MONTH', termValue: 2 })
  await app.travelTo('2026-06-15T10:00:00+02:00')
  assert.deepEqual(refusal(await signed.withdraw(made.body.id)), [400, 'errormessage.idlePeriod.deadlineViolated'])
  const ended = await signed.change(made.body.id, { startDate: '2026-06-01', endDate: '2026-06-14' })
  assert.equal(ended.status, 200, ended.text)
  const { pastIdlePeriods, currentAndUpcomingIdlePeriods } = await signed.list()
  assert.deepEqual([pastIdlePeriods.length, currentAndUpcomingIdlePeriods.length], [1, 0])
  assert.equal((await scene.findRow(made.body.id))?.freeDays, 30)
})

test('a pause without end that gets one beyond its running unit gives back the days between at once', async () => {
  const signed = await scene.sign(fromMiddle, { ...endless, startAlignment: 'CALENDAR' })
  const { body } = await signed.pause({ startDate: '2026-09-01', unlimited: true })
  await app.travelTo('2026-09-26T10:00:00+02:00')
  const ending = { startDate: '2026-09-01', endDate: '2026-10-04', unlimited: false }
  const preview = await signed.preview(body.id, ending)
  const answer = await signed.change(body.id, ending)
  assert.equal(answer.status, 200, answer.text)
  const upcoming = await signed.upcomingFrom('2026-09-26')
  assert.deepEqual(comparable(preview.body.previewCharges), comparable(upcoming))
  // Of 15 September to 14 October the days from 1 October on were booked; four of them are a pause now.
  assert.deepEqual([upcoming[0].dueDate, upcoming[0].amount.amount], ['2026-09-26', -4])
})
