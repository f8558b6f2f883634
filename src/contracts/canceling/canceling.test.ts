import assert from 'node:assert/strict'
import { after, afterEach, before, test } from 'node:test'
import { eq, sql } from 'drizzle-orm'
import { openTestApp, type TestApp } from '../../../test/support/app.ts'
import { day, months } from '../../../test/support/samples/contract-plan.ts'
import { assertLedgerWhole } from '../../../test/support/scenes/accounts.ts'
import { insertEntitlement, insertIdlePeriod, insertService } from '../../../test/support/scenes/booking-world.ts'
import { addReason, allowCanceling, openCanceling, outcome } from '../../../test/support/scenes/canceling-scene.ts'
import { addCustomer } from '../../../test/support/scenes/customers.ts'
import { addOffer } from '../../../test/support/scenes/offer-world.ts'
import { entitlements } from '../../entitlements/tables.ts'
import { cancelationReasons } from '../../membership-offers/tables.ts'
import { contracts, idlePeriods, subContracts } from '../tables.ts'

let app: TestApp
let scene: Awaited<ReturnType<typeof openCanceling>>
before(async () => {
  app = await openTestApp({ now: '2026-05-10T10:00:00+02:00' })
  scene = await openCanceling(app)
})
after(() => app.close())
afterEach(async () => {
  await allowCanceling(app)
  await assertLedgerWhole(app)
})

test('a contract that is canceled by receipt ends after the notice, and its last period is cut', async () => {
  const contract = await scene.sign({ start: day('2025-01-15'), cancelationStrategy: 'RECEIPT_DATE' })
  const { availableCancelationDates: dates } = await scene.show(contract)
  assert.deepEqual(
    [dates.length, ...dates.slice(0, 3), dates.at(-1)],
    [12, '2026-06-10', '2026-06-14', '2026-07-14', '2027-04-14'],
  )
  assert.deepEqual(await scene.collectEvents(() => scene.cancel(contract, '2026-06-10')), ['CONTRACT_CANCELLED'])
  assert.equal(await scene.lastClaim(contract), 'SCHEDULED 2026-05-15 26.13')
  const { endDate, cancelationStatus, cancelationReason, cancelationOrigin } = await scene.show(contract)
  assert.deepEqual(
    [endDate, cancelationStatus, cancelationReason, cancelationOrigin],
    ['2026-06-10', 'CANCELED', 'Moving away', 'CUSTOMER'],
  )
})

test('a contract that is canceled to the end of a later term is charged up to there at once', async () => {
  const contract = await scene.sign({ start: day('2026-01-01') })
  assert.equal(await scene.lastClaim(contract), 'SCHEDULED 2026-12-01 30.00')
  assert.equal(outcome(await scene.cancel(contract, '2027-02-28')), 'true')
  assert.equal(await scene.lastClaim(contract), 'SCHEDULED 2027-02-01 30.00')
  assert.equal(outcome(await scene.withdraw(contract)), 'true')
  assert.equal(await scene.lastClaim(contract), 'SCHEDULED 2026-12-01 30.00')
})

test('every day that is listed is accepted on the same day, and no other', async () => {
  const { availableCancelationDates: dates } = await scene.show(await scene.sign())
  for (const date of dates) assert.equal(outcome(await scene.cancel(await scene.sign(), date)), 'true', date)
  const contract = await scene.sign()
  for (const date of ['2026-12-30', '2027-01-01', '2026-05-10', '2031-12-31']) {
    const answer = await scene.cancel(contract, date)
    assert.equal(outcome(answer), '400 contract.cancelationDateInvalid')
    assert.deepEqual(
      answer.body.typedArgs,
      dates.map((value: string) => ({ type: 'DATE', value })),
    )
  }
  const fixed = await scene.sign({ extension: { type: 'NONE' } })
  assert.equal(outcome(await scene.cancel(fixed, '2026-12-31')), '400 contract.cancelationDateInvalid')
})

test('what is refused is refused in one order: contract, studio, reason, ended, canceled, day', async () => {
  const [ended, running] = [
    await scene.sign({ start: day('2025-01-01'), extension: { type: 'NONE' } }),
    await scene.sign({ extension: { type: 'TERM_EXTENSION', next: months(1) } }),
  ]
  const hidden = await addReason(app, { visibleOnline: false })
  const foreign = await addReason(app, { studioId: app.hamburg.studioId })
  const wrong = { cancelationReasonId: hidden, contractId: ended.contractId }
  await allowCanceling(app, 'READ')
  assert.equal(outcome(await scene.cancel({ ...running, customerId: 1 }, '2026-05-11', wrong)), '404 customer.notFound')
  assert.equal(outcome(await scene.cancel(running, '2026-05-11', wrong)), '404 contract.notFound')
  assert.equal(outcome(await scene.cancel(ended, '2026-05-11', wrong)), '403 selfService.readOnly')
  assert.equal(outcome(await scene.withdraw(running)), '403 selfService.readOnly')
  await allowCanceling(app)
  for (const no of [hidden, foreign, 1]) {
    const answer = await scene.cancel(ended, '2026-05-11', { cancelationReasonId: no })
    assert.deepEqual(
      [outcome(answer), answer.body.reference],
      ['400 contract.cancelationReasonInvalid', 'cancelationReasonId'],
    )
  }
  assert.equal(outcome(await scene.cancel(ended, '2026-05-11')), '400 contract.ended')
  assert.equal(outcome(await scene.cancel(running, '2026-12-31')), 'true')
  assert.equal(outcome(await scene.cancel(running, '2026-05-11')), '409 contract.cancelationExists')
  const other = await addReason(app)
  assert.equal(
    outcome(await scene.cancel(running, '2026-12-31', { cancelationReasonId: other })),
    '409 contract.cancelationExists',
  )
  assert.deepEqual(await scene.collectEvents(() => scene.cancel(running, '2026-12-31')), [], 'the same again')
})

test('modules end with the contract, later pauses are taken back; a withdrawal lets modules go on', async () => {
  const { termId } = await addOffer(app, { modules: [{ name: 'Drinks', kind: 'INCLUDED' }] })
  const customerId = await addCustomer(app)
  const wish = { contractOfferTermId: termId, startDate: '2026-05-15' }
  const { headers } = await app.post(`/v1/memberships/customers/${customerId}/add-membership`, wish)
  const contract = { customerId, contractId: Number(headers['x-contract-id']) }
  await app.write(async (work) => {
    await insertIdlePeriod(work, contract.contractId, '2027-05-01', '2027-05-31')
    await insertIdlePeriod(work, contract.contractId, '2027-06-01', '2027-06-30')
  })
  const { endDate, availableCancelationDates } = await scene.show(contract)
  assert.equal(endDate, '2027-05-14')
  assert.ok(availableCancelationDates.includes(endDate))
  const readModule = async () =>
    (await app.read(({ db }) => db.select().from(subContracts)))
      .filter((sub) => sub.contractId === contract.contractId)
      .map(({ committedEnd, endIsFinal }) => `${committedEnd} ${endIsFinal}`)
  const before = await readModule()
  assert.deepEqual(await scene.collectEvents(() => scene.cancel(contract, endDate)), [
    'CONTRACT_CANCELLED',
    'CONTRACT_ADDITIONAL_MODULE_CANCELLED',
    'CONTRACT_IDLE_PERIOD_CANCELLED',
  ])
  assert.deepEqual(await readModule(), ['2027-05-14 true'])
  const pauses = await app.read(({ db }) =>
    db.select().from(idlePeriods).where(eq(idlePeriods.contractId, contract.contractId)),
  )
  assert.deepEqual(
    pauses.map(({ startDate, state }) => `${startDate} ${state}`),
    ['2027-05-01 ACCEPTED', '2027-06-01 WITHDRAWN'],
  )
  assert.deepEqual(await scene.collectEvents(() => scene.withdraw(contract)), [
    'CONTRACT_UPDATED',
    'CONTRACT_ADDITIONAL_MODULE_UPDATED',
  ])
  assert.deepEqual(await readModule(), before)
  assert.deepEqual(await scene.states(contract), ['WITHDRAWN'])
})

test('where staff verify, a cancelation waits without an event, and is taken back at once', async () => {
  await allowCanceling(app, 'CHANGES_REQUIRE_VERIFICATION')
  const contract = await scene.sign()
  assert.equal(outcome(await scene.withdraw(contract)), '400 contract.cancelationNotFound')
  assert.deepEqual(await scene.collectEvents(() => scene.cancel(contract, '2026-12-31')), [])
  assert.equal((await scene.show(contract)).cancelationStatus, 'PENDING_VERIFICATION')
  assert.deepEqual(await scene.collectEvents(() => scene.cancel(contract, '2026-12-31')), [], 'the same again')
  assert.equal(outcome(await scene.cancel(contract, '2027-01-31')), '409 contract.cancelationExists')
  assert.deepEqual(await scene.collectEvents(() => scene.withdraw(contract)), [])
  assert.deepEqual(await scene.states(contract), ['WITHDRAWN'])
  assert.equal(outcome(await scene.withdraw(contract)), '400 contract.cancelationNotFound')
})

test('where staff verify, what is in effect stays in effect until they agree to its withdrawal', async () => {
  const contract = await scene.sign()
  assert.equal(outcome(await scene.cancel(contract, '2026-12-31')), 'true')
  await allowCanceling(app, 'CHANGES_REQUIRE_VERIFICATION')
  assert.deepEqual(await scene.collectEvents(() => scene.withdraw(contract)), [])
  const { endDate, cancelationStatus } = await scene.show(contract)
  assert.deepEqual([endDate, cancelationStatus], ['2026-12-31', 'PENDING_WITHDRAWAL_VERIFICATION'])
  assert.deepEqual(await scene.collectEvents(() => scene.withdraw(contract)), [], 'repeated')
  assert.deepEqual(await scene.states(contract), ['WITHDRAWAL_PENDING'])
})

test('what the studio has canceled, what is no ordinary cancelation, and what is over, members cannot take back', async () => {
  for (const more of [{ origin: 'STUDIO' }, { kind: 'EXTRAORDINARY' }, { toDate: day('2026-05-09') }] as const) {
    const contract = await scene.sign()
    assert.equal(outcome(await scene.cancel(contract, '2026-12-31')), 'true')
    await scene.change(contract, more)
    assert.equal(outcome(await scene.withdraw(contract)), '400 contract.cancelationNotWithdrawable')
  }
})

test('a cancelation keeps the words of its reason when the studio words it anew', async () => {
  const contract = await scene.sign()
  const id = await addReason(app, { name: 'Too far' })
  await scene.cancel(contract, '2026-12-31', { cancelationReasonId: id })
  await app.write(({ tx }) =>
    tx.update(cancelationReasons).set({ name: 'Distance' }).where(eq(cancelationReasons.id, id)),
  )
  assert.equal((await scene.show(contract)).cancelationReason, 'Too far')
})

test('what a contract that was taken over entitles to ends with the cancelation, and goes on after a withdrawal', async () => {
  const contract = await scene.sign()
  const { customerId, contractId } = contract
  const entitlementId = await app.write(async (work) => {
    const snapshot = sql`${contracts.snapshot} - 'services'`
    await work.tx.update(contracts).set({ snapshot }).where(eq(contracts.id, contractId))
    const serviceId = await insertService(work, 'Swim')
    return insertEntitlement(work, app.berlin, { customerId, contractId, serviceId, source: 'RATE' })
  })
  const lastDay = async () => {
    const ofId = eq(entitlements.id, entitlementId)
    const [row] = await app.read(({ db }) => db.select().from(entitlements).where(ofId))
    return String(row?.validTo)
  }
  const before = await lastDay()
  await scene.cancel(contract, '2026-12-31')
  assert.deepEqual([before, await lastDay()], ['null', '2026-12-31'])
  await scene.withdraw(contract)
  assert.equal(await lastDay(), 'null')
})
