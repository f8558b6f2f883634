import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import {
  byDay,
  comparable,
  endless,
  final,
  fromMiddle,
  openIdleScene,
  policy,
  refusal,
  type Signed,
  yearly,
} from '../../../test/support/scenes/idle-scene.ts'
import { bookPayment, listContractClaims } from '../../accounts/index.ts'

let scene: Awaited<ReturnType<typeof openIdleScene>>
let summer: Signed
let inside: Signed
let open: Signed
let openId = 0
before(async () => {
  scene = await openIdleScene()
  summer = await scene.sign(yearly, policy)
  inside = await scene.sign(final, byDay)
  open = await scene.sign(fromMiddle, endless)
})
after(() => scene.app.close())

test('a pause without end goes on by units that have begun: each moves the end and is charged', async () => {
  await scene.app.travelTo('2026-03-10T10:00:00+01:00')
  const made = await open.pause({ startDate: '2026-03-15', unlimited: true })
  assert.equal(made.status, 200, made.text)
  openId = made.body.id
  assert.deepEqual([made.body.unlimited, made.body.fee.amount, made.body.state], [true, 5, 'ACCEPTED'])
})

test('a pause inside a month that is booked is credited; taken back, it is charged again', async () => {
  await scene.app.travelTo('2026-04-05T10:00:00+02:00')
  const april = (await scene.app.read(({ db }) => listContractClaims(db, inside.contractId))).find(
    ({ periodFrom }) => periodFrom?.month === 4,
  )
  await scene.app.write((work) =>
    bookPayment(work, {
      customerId: inside.customerId,
      studioId: scene.app.berlin.studioId,
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
  await scene.app.travelTo('2026-04-06T10:00:00+02:00')
  const back = await inside.withdraw(made.body.id)
  assert.deepEqual([back.status, back.body], [200, { success: 'true' }])
  assert.equal((await inside.contract()).endDate, '2026-12-31')
  assert.equal((await inside.claims()).at(-1), 'SCHEDULED 2026-12-01 30.00')
  assert.deepEqual(refusal(await inside.withdraw(made.body.id)), [404, 'errormessage.idlePeriod.notFound'])
})

test('a pause that ends today by having ended yesterday: the charge starts today, as the preview says', async () => {
  await scene.app.travelTo('2026-04-20T10:00:00+02:00')
  assert.equal((await open.contract()).endDate, '2027-03-14')
  const [shown] = (await open.list()).currentAndUpcomingIdlePeriods
  assert.deepEqual([shown.endDate, shown.fee.amount], ['2027-03-14', 10])
  const wish = { startDate: '2026-03-15', endDate: '2026-04-19', unlimited: false }
  const status = async (endDate: string) => (await open.preview(openId, { ...wish, endDate })).body.validationStatus
  assert.equal(await status('2026-04-18'), 'IDLEPERIOD_DEADLINE_VIOLATED')
  assert.equal(await status('2026-03-14'), 'IDLEPERIOD_ENDDATE_BEFORE_STARTDATE')
  const preview = await open.preview(openId, wish)
  assert.deepEqual([preview.body.validationStatus, preview.body.previewEndDate], ['IDLEPERIOD_UPDATABLE', '2027-02-19'])
  const [first] = preview.body.previewCharges
  assert.deepEqual(
    [first.dueDate, first.amount.amount, first.paidPeriodFrom, first.paidPeriodTo, first.chargeType],
    ['2026-04-20', 25, '2026-04-20', '2026-05-14', 'MEMBERSHIP_CHARGE'],
  )
  const done = await open.change(openId, wish)
  assert.equal(done.status, 200, done.text)
  assert.deepEqual([done.body.endDate, done.body.unlimited, done.body.fee.amount], ['2026-04-19', false, 10])
  const fromToday = await open.upcomingFrom('2026-04-20')
  assert.deepEqual(comparable(preview.body.previewCharges), comparable(fromToday))
  assert.equal(fromToday.at(-1).amount.amount, 5.36)
  assert.equal((await open.contract()).endDate, '2027-02-19')
  assert.deepEqual(
    (await open.idleNews()).map(({ type }) => type),
    ['CONTRACT_IDLE_PERIOD_CREATED', 'CONTRACT_IDLE_PERIOD_UPDATED'],
  )
})

test('two months with one free: the fee, the end and the deadline follow, and what is left is counted', async () => {
  await scene.app.travelTo('2026-05-10T10:00:00+02:00')
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
  const [news] = await summer.idleNews()
  assert.deepEqual(news?.content, {
    contractId: summer.contractId,
    idlePeriodId: made.body.id,
    idlePeriodAmount: 5,
    usedFreeTermsInDays: 31,
  })
  assert.deepEqual((await scene.app.get(`${summer.path}/remaining`)).body, {
    remainingMaxTerms: { value: 1, unit: 'MONTH' },
    remainingFreeTerms: { value: 0, unit: 'MONTH' },
  })
})
