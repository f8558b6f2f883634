import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { eq } from 'drizzle-orm'
import { openTestApp, type TestApp } from '../../../test/support/app.ts'
import { makeForm, tinyPdf, type TestPart } from '../../../test/support/multipart.ts'
import { listEvents } from '../../../test/support/records.ts'
import { day, months, samplePlan } from '../../../test/support/samples/contract-plan.ts'
import { showClaims, signPlan } from '../../../test/support/scenes/contract-scene.ts'
import { addCustomer } from '../../../test/support/scenes/customers.ts'
import { openStaff, type Staff } from '../../../test/support/scenes/staff.ts'
import { bookPayment, listContractClaims } from '../../accounts/index.ts'
import type { ContractPlan } from '../../membership-offers/index.ts'
import { idleReasons } from '../../membership-offers/tables.ts'
import { configureAmendments } from '../../self-service/index.ts'
import { contractsModule } from '../index.ts'
import type { IdlePolicySnapshot } from '../signed/snapshot.ts'
import { contractCancelations, idlePeriods } from '../tables.ts'
import * as staffApi from './staff-api.ts'

const policy: IdlePolicySnapshot = {
  enabled: true,
  temporalUnit: 'MONTH',
  maxTerms: 3,
  limitWindow: 'CONTRACT_YEAR',
  freeTerms: 1,
  leadDays: 0,
  nextStartOnly: false,
  startAlignment: 'CALENDAR',
  feeType: 'TERM_BASED',
  amount: null,
  amountPerUnit: '5.00',
  percentage: null,
  recurringCharges: false,
  accessRefusal: true,
  extendsContract: true,
  unlimitedAllowed: false,
  dayShortening: false,
  suspendsModules: true,
}
const byDay = {
  ...policy,
  temporalUnit: 'DAY',
  maxTerms: 30,
  freeTerms: 0,
  feeType: 'NONE',
  amountPerUnit: null,
} as const
const endless = {
  ...policy,
  startAlignment: 'BILLING_PERIOD',
  recurringCharges: true,
  freeTerms: 0,
  unlimitedAllowed: true,
  dayShortening: true,
} as const
const yearly = samplePlan({
  extension: { type: 'TERM_EXTENSION', next: months(12) },
  cancelationPeriod: months(3),
})
const final = samplePlan({ extension: { type: 'NONE' } })
const fromMiddle = samplePlan({ start: day('2026-01-15'), extension: { type: 'NONE' } })

let app: TestApp
let staff: Staff
let vacation = 0
let illness = 0
before(async () => {
  app = await openTestApp({ now: '2025-12-20T10:00:00+01:00', environment: { PALESTRA_RATELIMIT_DEFAULT: '100000' } })
  staff = openStaff(app, contractsModule)
  await decide('CHANGES_WITHOUT_VERIFICATION')
  ;[vacation, illness] = await Promise.all([addReason('Vacation', false), addReason('Illness', true)])
})
after(() => app.close())

const decide = (mode: 'READ' | 'CHANGES_REQUIRE_VERIFICATION' | 'CHANGES_WITHOUT_VERIFICATION') =>
  app.write((work) =>
    configureAmendments(work, { studioId: app.berlin.studioId, kind: 'IDLE_PERIOD', mode, requireSignature: false }),
  )

function addReason(name: string, documentRequired: boolean) {
  return app.write(async ({ tx, now }) => {
    const reason = { studioId: app.berlin.studioId, name, documentRequired, position: 0 }
    const [row] = await tx
      .insert(idleReasons)
      .values({ ...reason, createdAt: now, updatedAt: now })
      .returning({ id: idleReasons.id })
    return row?.id ?? 0
  })
}

async function sign(plan: ContractPlan, idlePolicy: IdlePolicySnapshot) {
  const customerId = await addCustomer(app)
  const contractId = await signPlan(app, customerId, plan, { idlePolicy })
  const path = `/v1/memberships/${contractId}/self-service/idle-periods`
  const send = (method: 'POST' | 'PUT', to: string, parts: readonly TestPart[]) =>
    app.sendRaw(method, to, makeForm(parts))
  const asPart = (data: object) => ({ name: 'data', content: JSON.stringify(data), type: 'application/json' })
  return {
    customerId,
    contractId,
    path,
    pause: (data: object, ...more: TestPart[]) =>
      send('POST', path, [asPart({ reasonId: vacation, ...data }), ...more]),
    change: (id: number, data: object) => send('PUT', `${path}/${id}`, [asPart({ reasonId: vacation, ...data })]),
    preview: (id: number, data: object) =>
      app.sendRaw('PUT', `${path}/${id}/preview`, {
        headers: { 'content-type': 'application/json' },
        payload: JSON.stringify({ reasonId: vacation, ...data }),
      }),
    validate: async (data: object) => (await app.post(`${path}/validate`, data)).body.validationStatus,
    withdraw: (id: number) => app.sendRaw('DELETE', `${path}/${id}`, {}),
    list: async () => (await app.get(path)).body,
    claims: () => showClaims(app, contractId),
    contract: async () => (await app.get(`/v1/customers/${customerId}/contracts`)).body[0],
    upcoming: async () =>
      (await app.get(`/v1/customers/${customerId}/account/transactions/upcoming?sliceSize=50`)).body.result,
    news: async () => (await listEvents(app)).filter((event) => event.customerId === customerId),
  }
}
type Signed = Awaited<ReturnType<typeof sign>>

const refusal = ({ status, body }: { status: number; body: any }) => [status, body?.errorCode]
const idleNews = async (signed: Signed) =>
  (await signed.news())
    .filter(({ type }) => type.startsWith('CONTRACT_IDLE'))
    .map(({ type, content }) => ({ type, content }))

/** The part of what a preview and the list of upcoming charges say that clients compare. */
const comparable = (charges: any[]) =>
  charges.map(({ dueDate, description, amount, paidPeriodFrom, paidPeriodTo, chargeType }) => ({
    dueDate,
    description,
    amount,
    paidPeriodFrom,
    paidPeriodTo,
    chargeType,
  }))

describe('as a year goes on', () => {
  let summer: Signed
  let inside: Signed
  let open: Signed
  let openId = 0
  before(async () => {
    ;[summer, inside, open] = await Promise.all([sign(yearly, policy), sign(final, byDay), sign(fromMiddle, endless)])
  })

  test('a pause without end goes on by units that have begun: each moves the end and is charged', async () => {
    await app.travelTo('2026-03-10T10:00:00+01:00')
    const made = await open.pause({ startDate: '2026-03-15', unlimited: true })
    assert.equal(made.status, 200, made.text)
    openId = made.body.id
    assert.deepEqual([made.body.unlimited, made.body.fee.amount, made.body.state], [true, 5, 'ACCEPTED'])
  })

  test('a pause inside a month that is booked is credited; taken back, it is charged again', async () => {
    await app.travelTo('2026-04-05T10:00:00+02:00')
    const april = (await app.read(({ db }) => listContractClaims(db, inside.contractId))).find(
      ({ periodFrom }) => periodFrom?.month === 4,
    )
    await app.write((work) =>
      bookPayment(work, {
        customerId: inside.customerId,
        studioId: app.berlin.studioId,
        amount: { minor: 3000n, currency: 'EUR' },
        method: 'CASH',
        description: 'April',
        claimIds: [april?.id ?? 0],
        journalKey: 'april',
      }),
    )
    const made = await inside.pause({ startDate: '2026-04-10', temporalUnit: 'DAY', termValue: 10 })
    assert.equal(made.status, 200, made.text)
    const paused = await inside.claims()
    assert.ok(paused.includes('SCHEDULED 2026-04-05 -10.00'), paused.join(', '))
    assert.equal(paused.at(-1), 'SCHEDULED 2027-01-01 9.68')
    assert.equal((await inside.contract()).endDate, '2027-01-10')
    await app.travelTo('2026-04-06T10:00:00+02:00')
    const back = await inside.withdraw(made.body.id)
    assert.deepEqual([back.status, back.body], [200, { success: 'true' }])
    assert.equal((await inside.contract()).endDate, '2026-12-31')
    assert.equal((await inside.claims()).at(-1), 'SCHEDULED 2026-12-01 30.00')
    assert.deepEqual(refusal(await inside.withdraw(made.body.id)), [404, 'errormessage.idlePeriod.notFound'])
  })

  test('a pause that ends today by having ended yesterday: the charge starts today, as the preview says', async () => {
    await app.travelTo('2026-04-20T10:00:00+02:00')
    assert.equal((await open.contract()).endDate, '2027-03-14')
    const [shown] = (await open.list()).currentAndUpcomingIdlePeriods
    assert.deepEqual([shown.endDate, shown.fee.amount], ['2027-03-14', 10])
    const wish = { startDate: '2026-03-15', endDate: '2026-04-19', unlimited: false }
    const status = async (endDate: string) => (await open.preview(openId, { ...wish, endDate })).body.validationStatus
    assert.equal(await status('2026-04-18'), 'IDLEPERIOD_DEADLINE_VIOLATED')
    assert.equal(await status('2026-03-14'), 'IDLEPERIOD_ENDDATE_BEFORE_STARTDATE')
    const preview = await open.preview(openId, wish)
    assert.deepEqual(
      [preview.body.validationStatus, preview.body.previewEndDate],
      ['IDLEPERIOD_UPDATABLE', '2027-02-19'],
    )
    const [first] = preview.body.previewCharges
    assert.deepEqual(
      [first.dueDate, first.amount.amount, first.paidPeriodFrom, first.paidPeriodTo, first.chargeType],
      ['2026-04-20', 25, '2026-04-20', '2026-05-14', 'MEMBERSHIP_CHARGE'],
    )
    const done = await open.change(openId, wish)
    assert.equal(done.status, 200, done.text)
    assert.deepEqual([done.body.endDate, done.body.unlimited, done.body.fee.amount], ['2026-04-19', false, 10])
    const fromToday = (await open.upcoming()).filter(({ dueDate }: { dueDate: string }) => dueDate >= '2026-04-20')
    assert.deepEqual(comparable(preview.body.previewCharges), comparable(fromToday))
    assert.equal(fromToday.at(-1).amount.amount, 5.36)
    assert.equal((await open.contract()).endDate, '2027-02-19')
    assert.deepEqual(
      (await idleNews(open)).map(({ type }) => type),
      ['CONTRACT_IDLE_PERIOD_CREATED', 'CONTRACT_IDLE_PERIOD_UPDATED'],
    )
  })

  test('two months with one free: the fee, the end and the deadline follow, and what is left is counted', async () => {
    await app.travelTo('2026-05-10T10:00:00+02:00')
    const made = await summer.pause({ startDate: '2026-07-01', temporalUnit: 'MONTH', termValue: 2 })
    assert.equal(made.status, 200, made.text)
    assert.deepEqual(
      [made.body.endDate, made.body.fee, made.body.reason],
      ['2026-08-31', { amount: 5, currency: 'EUR' }, 'Vacation'],
    )
    const claims = await summer.claims()
    assert.deepEqual(
      claims.filter((claim) => /2026-0[78]/.test(claim)),
      ['SCHEDULED 2026-07-01 5.00'],
    )
    assert.equal(claims.filter((claim) => claim.endsWith(' 30.00')).length, 12)
    const { endDate, lastPossibleCancellationDate } = await summer.contract()
    assert.deepEqual([endDate, lastPossibleCancellationDate], ['2027-02-28', '2026-11-30'])
    const [news] = await idleNews(summer)
    assert.deepEqual(news?.content, {
      contractId: summer.contractId,
      idlePeriodId: made.body.id,
      idlePeriodAmount: 5,
      usedFreeTermsInDays: 31,
    })
    assert.deepEqual((await app.get(`${summer.path}/remaining`)).body, {
      remainingMaxTerms: { value: 1, unit: 'MONTH' },
      remainingFreeTerms: { value: 0, unit: 'MONTH' },
    })
  })
})

test('the first rule that is broken decides, in their order', async () => {
  const signed = await sign(yearly, { ...policy, leadDays: 30 })
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
  assert.equal(refused.body.args[0].value, 'IDLEPERIOD_OVERLAPPING')
  const next = await sign(yearly, { ...policy, nextStartOnly: true })
  assert.equal(await next.validate({ startDate: '2026-07-01', ...month }), 'IDLEPERIOD_EXPECTED_STARTDATE_MISMATCH')
})

test('where staff decide, a pause changes nothing until they accept it, and they may turn it down', async () => {
  await decide('CHANGES_REQUIRE_VERIFICATION')
  const signed = await sign(yearly, policy)
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
    (await idleNews(signed)).map(({ type }) => type),
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
  await decide('READ')
  assert.equal(await signed.validate({ ...wish, startDate: '2026-10-01' }), 'IDLEPERIOD_DEACTIVATED_FOR_CONTRACT')
  const byHand = { startDate: '2026-10-05', termValue: 1, reasonId: illness }
  const { idlePeriodId } = await staff.run(staffApi.createIdlePeriod, { contractId: signed.contractId }, byHand)
  assert.equal((await app.get(`${signed.path}/${idlePeriodId}`)).body.endDate, '2026-11-04')
  await staff.run(staffApi.withdrawIdlePeriod, { idlePeriodId })
  await decide('CHANGES_WITHOUT_VERIFICATION')
})

test('a document comes as a part of its own, and a reason may need one', async () => {
  const signed = await sign(yearly, policy)
  const wish = { startDate: '2026-07-01', temporalUnit: 'MONTH', termValue: 1, reasonId: illness }
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
  const signed = await sign(yearly, policy)
  const wish = JSON.stringify({
    startDate: '2026-07-01',
    temporalUnit: 'MONTH',
    termValue: 1,
    unlimited: null,
    reasonId: vacation,
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
  const signed = await sign(yearly, { ...policy, maxTerms: 12 })
  const wishes = [
    { startDate: '2026-07-01', temporalUnit: 'MONTH', termValue: 2 },
    { startDate: '2026-08-01', temporalUnit: 'MONTH', termValue: 2 },
  ]
  // Each of them alone would be taken: only the other one can be what stands in its way.
  for (const wish of wishes) assert.equal(await signed.validate(wish), 'IDLEPERIOD_CREATABLE')
  const answers = await Promise.all(wishes.map((wish) => signed.pause(wish)))
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 400])
  const refused = answers.find(({ status }) => status === 400)
  assert.equal(refused?.body.errorCode, 'errormessage.idlePeriod.overlapping')
  assert.equal((await signed.list()).currentAndUpcomingIdlePeriods.length, 1)
})

test('a free freeze names its length, a paid one has no end and gets one later', async () => {
  const free = await sign(yearly, { ...policy, feeType: 'NONE', amountPerUnit: null })
  const month = { temporalUnit: 'MONTH', termValue: 1 }
  const first = await free.pause({ startDate: '2026-06-01', ...month })
  assert.deepEqual([first.status, first.body.fee.amount], [200, 0], first.text)
  const paid = await sign(yearly, { ...endless, startAlignment: 'CALENDAR' })
  const second = await paid.pause({ startDate: '2026-06-01', unlimited: true })
  assert.deepEqual([second.status, second.body.unlimited], [200, true], second.text)
  const wish = { startDate: '2026-06-01', ...month, unlimited: false }
  const preview = await paid.preview(second.body.id, wish)
  assert.equal(preview.body.validationStatus, 'IDLEPERIOD_UPDATABLE', preview.text)
  const limited = await paid.change(second.body.id, wish)
  assert.deepEqual([limited.body.unlimited, limited.body.endDate], [false, '2026-06-30'], limited.text)
  const fromToday = (await paid.upcoming()).filter(({ dueDate }: { dueDate: string }) => dueDate >= '2026-05-10')
  assert.deepEqual(comparable(preview.body.previewCharges), comparable(fromToday))
})

test('a cancelation moves with the pause, and back when it is taken back', async () => {
  const signed = await sign(yearly, policy)
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
    (await idleNews(signed)).map(({ type }) => type),
    ['CONTRACT_IDLE_PERIOD_CREATED', 'CONTRACT_IDLE_PERIOD_CANCELLED'],
  )
})

test('a pause that is over stands among the past ones, and one that has begun is only shortened', async () => {
  const signed = await sign(yearly, { ...policy, dayShortening: true })
  const made = await signed.pause({ startDate: '2026-06-01', temporalUnit: 'MONTH', termValue: 2 })
  await app.travelTo('2026-06-15T10:00:00+02:00')
  assert.deepEqual(refusal(await signed.withdraw(made.body.id)), [400, 'errormessage.idlePeriod.deadlineViolated'])
  const ended = await signed.change(made.body.id, { startDate: '2026-06-01', endDate: '2026-06-14' })
  assert.equal(ended.status, 200, ended.text)
  const { pastIdlePeriods, currentAndUpcomingIdlePeriods } = await signed.list()
  assert.deepEqual([pastIdlePeriods.length, currentAndUpcomingIdlePeriods.length], [1, 0])
  const rows = await app.read(({ db }) => db.select().from(idlePeriods).where(eq(idlePeriods.id, made.body.id)))
  assert.equal(rows[0]?.freeDays, 30)
})
