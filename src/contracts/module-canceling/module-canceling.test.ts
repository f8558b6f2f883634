import assert from 'node:assert/strict'
import { after, afterEach, before, test } from 'node:test'
import { eq, sql } from 'drizzle-orm'
import { insertService } from '../../../test/support/scenes/booking-world.ts'
import { entitlements } from '../../entitlements/tables.ts'
import { openTestApp, type TestApp } from '../../../test/support/app.ts'
import { listEvents } from '../../../test/support/records.ts'
import { samplePlan } from '../../../test/support/samples/contract-plan.ts'
import { assertLedgerWhole } from '../../../test/support/scenes/accounts.ts'
import { showClaims, signPlan } from '../../../test/support/scenes/contract-scene.ts'
import { addCustomer } from '../../../test/support/scenes/customers.ts'
import { addModule, buyModule, modulePath } from '../../../test/support/scenes/module-scene.ts'
import { openStaff, type Staff } from '../../../test/support/scenes/staff.ts'
import { membershipOffersModule } from '../../membership-offers/index.ts'
import * as offers from '../../membership-offers/staff-api.ts'
import type { StaffOperation } from '../../platform/staff/staff-operation.ts'
import { configureAmendments } from '../../self-service/index.ts'
import { contractsModule } from '../index.ts'
import { contractCancelations, contracts } from '../tables.ts'
import * as api from './staff-api.ts'

// Saturday 20 June 2026. Contracts cost 30.00 on the 1st of each month, modules 12.00 a month.
const verifying = 'CHANGES_REQUIRE_VERIFICATION'
const free = 'CHANGES_WITHOUT_VERIFICATION'

let app: TestApp
let staff: Staff
let contractStaff: Staff
let reasonId: number
before(async () => {
  app = await openTestApp({ now: '2026-06-20T10:00:00+02:00' })
  staff = openStaff(app, membershipOffersModule)
  contractStaff = openStaff(app, contractsModule)
  const reason = { studioId: app.berlin.studioId, name: 'Too expensive' }
  reasonId = (await staff.run(offers.createCancelationReason, {}, reason)).cancelationReasonId
  await allow(free)
})
after(() => app.close())
afterEach(() => assertLedgerWhole(app))

function allow(mode: 'READ' | typeof verifying | typeof free) {
  const config = { studioId: app.berlin.studioId, kind: 'MODULE_CANCELATION', mode, requireSignature: false } as const
  return app.write((work) => configureAmendments(work, config))
}

/** A contract with a module, which has seven free days where `trial` says so. */
async function buy({ trial = false, ...module }: { readonly trial?: boolean; readonly [field: string]: unknown } = {}) {
  const customerId = await addCustomer(app)
  const contractId = await signPlan(app, customerId, samplePlan())
  const aligned = { trialTerm: { value: 7, unit: 'DAY' }, billingAlignment: 'MAIN_CONTRACT' }
  const sold = await addModule(staff, { ...(trial ? aligned : {}), ...module })
  const { body } = await buyModule(app, contractId, sold, { bookTrialPeriod: trial })
  return { customerId, contractId, sold, path: modulePath(contractId, body.id) }
}
const cancel = (path: string, cancelationDate: string, more: object = {}) =>
  app.post(`${path}/ordinary-cancelation`, { cancelationDate, cancelationReasonId: reasonId, ...more })
const withdraw = (path: string) => app.post(`${path}/withdraw-cancelation`)
const show = async (path: string) => (await app.get(path)).body
const refusal = ({ status, body }: { status: number; body: { errorCode?: string } }) =>
  `${status} ${body.errorCode?.replace('errormessage.', '')}`
const moduleClaims = async (contractId: number) =>
  (await showClaims(app, contractId)).filter((claim) => !claim.endsWith(' 30.00'))
const countEvents = async () => (await listEvents(app)).length
const newsSince = async (known: number) => (await listEvents(app)).slice(known).map(({ type }) => type)

test('a module that is canceled in its trial costs nothing', async () => {
  const { contractId, path } = await buy({ trial: true })
  assert.equal((await moduleClaims(contractId))[0], 'SCHEDULED 2026-06-27 1.60')
  const known = await countEvents()
  const { status, body } = await cancel(path, '2026-06-26')
  assert.deepEqual([status, body], [200, { success: 'true' }])
  assert.deepEqual(await moduleClaims(contractId), [])
  assert.deepEqual(await newsSince(known), ['CONTRACT_UPDATED', 'CONTRACT_ADDITIONAL_MODULE_CANCELLED'])
  const shown = await show(path)
  assert.deepEqual(
    [shown.endDate, shown.cancelationDate, shown.cancelationReason, shown.contractCancelationStatus],
    ['2026-06-26', '2026-06-26', 'Too expensive', 'CANCELED'],
  )
  assert.deepEqual([shown.contractCancelationCanBeWithdrawn, shown.availableCancelationDates], [true, []])
})

test('each day that is offered is accepted, and no other one', async () => {
  const { path } = await buy()
  const { availableCancelationDates: dates } = await show(path)
  const wrong = await cancel(path, '2026-07-18')
  assert.deepEqual([refusal(wrong), wrong.body.args], ['400 contract.cancelationDateInvalid', dates])
  for (const date of [dates[0], dates.at(-1)]) {
    assert.equal((await cancel(path, date)).status, 200)
    assert.equal((await show(path)).cancelationDate, date)
    assert.equal((await withdraw(path)).status, 200)
  }
})

test('the same cancelation again changes nothing, another one meets a conflict', async () => {
  const { path } = await buy()
  assert.equal(
    refusal(await cancel(path, '2026-07-19', { cancelationReasonId: 1 })),
    '400 contract.cancelationReasonInvalid',
  )
  assert.equal((await cancel(path, '2026-07-19')).status, 200)
  const known = await countEvents()
  assert.equal((await cancel(path, '2026-07-19')).status, 200)
  assert.deepEqual(await newsSince(known), [])
  assert.equal(refusal(await cancel(path, '2026-08-19')), '409 contract.cancelationExists')
})

test('a module whose cancelation is taken back is what it was', async () => {
  const { contractId, path } = await buy({ trial: true })
  const [claims, shown] = [await moduleClaims(contractId), await show(path)]
  assert.equal(refusal(await withdraw(path)), '400 contract.cancelationNotFound')
  await cancel(path, '2026-06-26')
  const known = await countEvents()
  assert.equal((await withdraw(path)).status, 200)
  assert.deepEqual([await moduleClaims(contractId), await show(path)], [claims, shown])
  assert.deepEqual(await newsSince(known), ['CONTRACT_UPDATED', 'CONTRACT_ADDITIONAL_MODULE_UPDATED'])
})

test('a cancelation that the end of the contract overtakes, or that staff made, is not taken back', async () => {
  const { contractId, path } = await buy()
  await cancel(path, '2026-07-19')
  const main = { contractId, kind: 'ORDINARY', origin: 'CUSTOMER', state: 'EFFECTIVE' } as const
  const days = { receiptDate: Temporal.PlainDate.from('2026-06-20'), toDate: Temporal.PlainDate.from('2026-07-19') }
  await app.write(({ tx, now }) =>
    tx.insert(contractCancelations).values({ ...main, ...days, createdAt: now, updatedAt: now }),
  )
  assert.equal((await show(path)).contractCancelationCanBeWithdrawn, false)
  assert.equal(refusal(await withdraw(path)), '400 contract.cancelationNotWithdrawable')
})

test('modules that came with the contract, and those that end by themselves, offer no day', async () => {
  const { path } = await buy({ extensionType: 'NONE', extensionTerm: undefined })
  assert.deepEqual((await show(path)).availableCancelationDates, [])
  assert.equal(refusal(await cancel(path, '2026-07-19')), '400 contract.cancelationDateInvalid')
})

test('of parallel cancelations to different days one passes', async () => {
  const { path } = await buy()
  const answers = await Promise.all(['2026-07-19', '2026-08-19'].map((date) => cancel(path, date)))
  assert.deepEqual(answers.map(refusal).toSorted(), ['200 undefined', '409 contract.cancelationExists'])
})

test('where the studio lets members change nothing, both calls are refused', async (t) => {
  const { path } = await buy()
  t.after(() => allow(free))
  await allow('READ')
  assert.equal(refusal(await cancel(path, '2026-07-19')), '403 selfService.readOnly')
  assert.equal(refusal(await withdraw(path)), '403 selfService.readOnly')
})

test('where the staff must agree, a cancelation waits; they accept it or turn it down, and so with its withdrawal', async (t) => {
  const { path, contractId } = await buy()
  t.after(() => allow(free))
  await allow(verifying)
  const known = await countEvents()
  const status = async () => (await show(path)).contractCancelationStatus
  const moduleContractId = Number(path.split('/').at(-1))
  const decide = (operation: StaffOperation) => contractStaff.run(operation, { moduleContractId })
  await cancel(path, '2026-07-19')
  assert.deepEqual([await status(), await newsSince(known)], ['PENDING_VERIFICATION', []])
  const [waiting] = await contractStaff.run(api.listModuleCancelations, {}, { studioId: app.berlin.studioId })
  assert.deepEqual([waiting.contractId, waiting.toDate, waiting.state], [contractId, '2026-07-19', 'PENDING'])
  assert.equal((await decide(api.rejectModuleCancelation)).state, 'REJECTED')
  assert.equal(await status(), undefined)
  await cancel(path, '2026-07-19')
  await withdraw(path)
  assert.equal(await status(), undefined)
  await cancel(path, '2026-07-19')
  assert.equal((await decide(api.acceptModuleCancelation)).state, 'EFFECTIVE')
  await withdraw(path)
  await withdraw(path)
  assert.equal(await status(), 'PENDING_WITHDRAWAL_VERIFICATION')
  assert.equal((await decide(api.rejectModuleCancelation)).state, 'EFFECTIVE')
  await withdraw(path)
  assert.equal((await decide(api.acceptModuleCancelation)).state, 'WITHDRAWN')
  assert.deepEqual(await newsSince(known), [
    'CONTRACT_UPDATED',
    'CONTRACT_ADDITIONAL_MODULE_CANCELLED',
    'CONTRACT_UPDATED',
    'CONTRACT_ADDITIONAL_MODULE_UPDATED',
  ])
})

test('a module is followed on the day after its deadline, unless a cancelation holds it back until it is taken back', async (t) => {
  const followed = { extensionType: 'NEW', cancelationPeriod: { value: 4, unit: 'WEEK' } }
  const [going, held] = [await buy(followed), await buy(followed)]
  assert.deepEqual((await show(going.path)).availableCancelationDates, ['2026-07-19'])
  t.after(() => allow(free))
  await allow(verifying)
  await cancel(held.path, '2026-07-19')
  const known = await countEvents()
  const created = async () =>
    (await listEvents(app))
      .slice(known)
      .filter(({ type }) => type === 'CONTRACT_ADDITIONAL_MODULE_CREATED')
      .map(({ content }) => content as { contractId: number; moduleContractId: number })
  await app.travelTo('2026-06-22T12:00:00+02:00')
  const [next, ...others] = await created()
  assert.deepEqual([next?.contractId, others], [going.contractId, []])
  const { startDate, endDate } = await show(modulePath(going.contractId, next?.moduleContractId ?? 0))
  assert.deepEqual([startDate, endDate], ['2026-07-20', '2026-08-19'])
  const again = await buyModule(app, going.contractId, going.sold)
  assert.equal(refusal(again), '400 additionalModule.contractAlreadyPurchased')
  await withdraw(held.path)
  assert.deepEqual(
    (await created()).map(({ contractId }) => contractId),
    [going.contractId, held.contractId],
  )
})

test('staff take back what waits: partners learn of nothing, and a module that it held is followed', async (t) => {
  const followed = { extensionType: 'NEW', cancelationPeriod: { value: 4, unit: 'WEEK' } }
  const [going, held] = [await buy(), await buy(followed)]
  t.after(() => allow(free))
  await allow(verifying)
  for (const { path } of [going, held]) await cancel(path, (await show(path)).availableCancelationDates[0])
  const takeBack = (path: string) => {
    const moduleContractId = Number(path.split('/').at(-1))
    return contractStaff.run(api.withdrawModuleCancelation, { moduleContractId }, { reason: 'Stays after all' })
  }
  const known = await countEvents()
  await takeBack(going.path)
  assert.deepEqual([(await show(going.path)).contractCancelationStatus, await newsSince(known)], [undefined, []])
  const { now } = await app.read(async (view) => view)
  await app.travelTo(now.add({ hours: 4 * 24 }).toString())
  const late = await countEvents()
  await takeBack(held.path)
  assert.deepEqual(await newsSince(late), ['CONTRACT_ADDITIONAL_MODULE_CREATED', 'CONTRACT_UPDATED'])
})

test('a module that was canceled keeps its last day when the contract beside it, taken over, goes on again', async () => {
  const serviceId = await app.write((work) => insertService(work, 'Swim'))
  const customerId = await addCustomer(app)
  const contractId = await signPlan(app, customerId, samplePlan())
  const snapshot = sql`${contracts.snapshot} - 'services'`
  await app.write(({ tx }) => tx.update(contracts).set({ snapshot }).where(eq(contracts.id, contractId)))
  const { body } = await buyModule(app, contractId, await addModule(staff, { services: [{ serviceId }] }), {})
  const path = modulePath(contractId, body.id)
  const [lastDay] = (await show(path)).availableCancelationDates
  await cancel(path, lastDay)
  const entitledUntil = async () => {
    const ofModule = eq(entitlements.subContractId, body.id)
    const [row] = await app.read(({ db }) => db.select().from(entitlements).where(ofModule))
    return String(row?.validTo)
  }
  assert.equal(await entitledUntil(), lastDay)
  const ways = {
    studioId: app.berlin.studioId,
    kind: 'CONTRACT_CANCELATION',
    mode: free,
    requireSignature: false,
  } as const
  await app.write((work) => configureAmendments(work, ways))
  const own = `/v1/memberships/${customerId}/self-service`
  const [{ availableCancelationDates: dates }] = (await app.get(`${own}/contract-data`)).body
  const wish = { contractId, cancelationDate: dates[0], cancelationReasonId: reasonId }
  assert.equal((await app.post(`${own}/ordinary-contract-cancelation`, wish)).status, 200)
  assert.equal((await app.post(`${own}/withdraw-ordinary-contract-cancelation/${contractId}`)).status, 200)
  assert.equal(await entitledUntil(), lastDay)
})
