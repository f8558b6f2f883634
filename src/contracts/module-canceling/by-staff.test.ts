import assert from 'node:assert/strict'
import { after, afterEach, before, test } from 'node:test'
import { openTestApp, type TestApp } from '../../../test/support/app.ts'
import { listAudit, listEvents } from '../../../test/support/records.ts'
import { samplePlan } from '../../../test/support/samples/contract-plan.ts'
import { assertLedgerWhole } from '../../../test/support/scenes/accounts.ts'
import { addReason } from '../../../test/support/scenes/canceling-scene.ts'
import { showClaims, signPlan } from '../../../test/support/scenes/contract-scene.ts'
import { addCustomer } from '../../../test/support/scenes/customers.ts'
import { addModule, buyModule, modulePath } from '../../../test/support/scenes/module-scene.ts'
import { addOffer } from '../../../test/support/scenes/offer-world.ts'
import { openStaff, type Staff } from '../../../test/support/scenes/staff.ts'
import * as canceling from '../canceling/staff-api.ts'
import { contractsModule } from '../index.ts'
import * as sales from '../module-sales/staff-api.ts'
import { membershipOffersModule } from '../../membership-offers/index.ts'
import * as api from './staff-api.ts'

// Saturday 20 June 2026. Contracts cost 30.00 on the 1st of each month until the end of 2026, modules 12.00 a month. Members
// of Berlin may cancel nothing.

let app: TestApp
let offers: Staff
let staff: Staff
let reasonId: number
before(async () => {
  app = await openTestApp({ now: '2026-06-20T10:00:00+02:00' })
  offers = openStaff(app, membershipOffersModule)
  staff = openStaff(app, contractsModule)
  reasonId = await addReason(app, { name: 'Goodwill', visibleOnline: false })
})
after(() => app.close())
afterEach(() => assertLedgerWhole(app))

interface Bought {
  readonly customerId: number
  readonly contractId: number
  readonly moduleContractId: number
}

async function buy(changes: object = {}): Promise<Bought> {
  const customerId = await addCustomer(app)
  const contractId = await signPlan(app, customerId, samplePlan())
  const { body } = await buyModule(app, contractId, await addModule(offers, changes))
  return { customerId, contractId, moduleContractId: body.id }
}
const show = async ({ contractId, moduleContractId }: Bought) =>
  (await app.get(modulePath(contractId, moduleContractId))).body
const cancel = ({ moduleContractId }: Bought, body: object) =>
  staff.run(api.cancelModule, { moduleContractId }, { reasonId, ...body })
const refuse = async ({ moduleContractId }: Bought, body: object) =>
  (await staff.refuse(api.cancelModule, { moduleContractId }, { reasonId, ...body })).code.slice(13)
const reason = 'Stays after all'
const withdraw = ({ moduleContractId }: Bought) =>
  staff.run(api.withdrawModuleCancelation, { moduleContractId }, { reason })
const refuseWithdrawal = async ({ moduleContractId }: Bought) =>
  (await staff.refuse(api.withdrawModuleCancelation, { moduleContractId }, { reason })).code.slice(13)
const moduleClaims = async ({ contractId }: Bought) =>
  (await showClaims(app, contractId)).filter((claim) => !claim.endsWith(' 30.00'))
async function newEvents(call: () => Promise<unknown>) {
  const known = (await listEvents(app)).length
  await call()
  return (await listEvents(app)).slice(known).map(({ type }) => type)
}

test('staff sell a module that members cannot buy themselves, once; one for other rates, or without its price, they do not', async () => {
  const customerId = await addCustomer(app)
  const contractId = await signPlan(app, customerId, samplePlan())
  const module = await addModule(offers, { onlineBookable: false })
  assert.equal(
    (await buyModule(app, contractId, module)).body.errorCode,
    'errormessage.additionalModule.notOnlinePurchasable',
  )
  const wish = { moduleId: module.moduleId, paymentFrequencyId: module.frequencyId }
  const sell = (body: object) => staff.run(sales.sellModule, { contractId }, { ...wish, ...body })
  const refused = async (body: object) =>
    (await staff.refuse(sales.sellModule, { contractId }, { ...wish, ...body })).code.split('.').at(-1)
  assert.equal(await refused({ paymentFrequencyId: 1 }), 'notFound')
  assert.equal(await refused({ withTrial: true }), 'trialPeriodNotBookable')
  const { rateId } = await addOffer(app)
  const other = await addModule(offers, { rateIds: [rateId] })
  const ofOther = { moduleId: other.moduleId, paymentFrequencyId: other.frequencyId }
  assert.equal(await refused(ofOther), 'rateNotAllowed')
  const events = await newEvents(() => sell({}))
  assert.deepEqual(events, ['CONTRACT_UPDATED', 'CONTRACT_ADDITIONAL_MODULE_CREATED'])
  assert.equal((await showClaims(app, contractId)).filter((claim) => claim.endsWith(' 12.00')).length > 0, true)
  assert.equal(await refused({}), 'contractAlreadyPurchased')
  const timeless = await addModule(offers, { term: undefined, extensionType: 'NONE', extensionTerm: undefined })
  assert.equal(await refused({ moduleId: timeless.moduleId, paymentFrequencyId: timeless.frequencyId }), 'termMissing')
})

test('staff cancel a module to a day that is offered, and take it back: it is what it was, with a reason on record', async () => {
  const bought = await buy()
  const before = [await show(bought), await moduleClaims(bought)]
  assert.equal(await refuse(bought, { toDate: '2026-07-18' }), 'contract.cancelationDateInvalid')
  assert.equal(await refuse(bought, { toDate: '2026-07-19', reasonId: 1 }), 'contract.cancelationReasonInvalid')
  const events = await newEvents(() => cancel(bought, { toDate: '2026-07-19' }))
  assert.deepEqual(events, ['CONTRACT_UPDATED', 'CONTRACT_ADDITIONAL_MODULE_CANCELLED'])
  const { endDate, contractCancelationStatus: status } = await show(bought)
  assert.deepEqual([endDate, status], ['2026-07-19', 'CANCELED'])
  assert.equal(await refuse(bought, { toDate: '2026-07-19' }), 'contract.cancelationExists')
  const back = await newEvents(() => withdraw(bought))
  assert.deepEqual(back, ['CONTRACT_UPDATED', 'CONTRACT_ADDITIONAL_MODULE_UPDATED'])
  assert.deepEqual([await show(bought), await moduleClaims(bought)], before)
  const line = (await listAudit(app)).findLast(({ action }) => action === 'contractCancelation.withdrawn')
  assert.deepEqual(line?.diff, { state: ['EFFECTIVE', 'WITHDRAWN'], note: [null, reason] })
  assert.equal(await refuseWithdrawal(bought), 'contract.cancelationNotFound')
})

test('out of the ordinary a module ends on any of its days, and what it has charged beyond is given back', async () => {
  const bought = await buy()
  const wish = { kind: 'EXTRAORDINARY', toDate: '2026-07-04' }
  assert.equal(await refuse(bought, { ...wish, toDate: '2026-06-19' }), 'contract.cancelationDateInvalid')
  assert.equal(await refuse(bought, { ...wish, toDate: '2027-01-01' }), 'contract.cancelationDateInvalid')
  assert.equal(await refuse(bought, { ...wish, receiptDate: '2026-06-21' }), 'validation.mustNotBeFuture')
  await cancel(bought, wish)
  // 15 of the 30 days from 20 June to 19 July.
  assert.deepEqual(await moduleClaims(bought), ['SCHEDULED 2026-06-20 6.00'])
})

test('a letter counts from the day on which it came, also after the deadline', async () => {
  const week = { value: 1, unit: 'WEEK' }
  const bought = await buy({ extensionCancelationPeriod: week, cancelationPeriod: week })
  await app.travelTo('2026-07-15T10:00:00+02:00')
  assert.equal((await show(bought)).endDate, '2026-08-19')
  const wish = { toDate: '2026-07-19' }
  assert.equal(await refuse(bought, wish), 'contract.cancelationDateInvalid')
  await cancel(bought, { ...wish, receiptDate: '2026-07-12', origin: 'CUSTOMER' })
  assert.equal((await show(bought)).endDate, '2026-07-19')
})

test('a module that is followed by its next contract is over, and so is one whose last day has passed', async () => {
  const followed = { extensionType: 'NEW', cancelationPeriod: { value: 4, unit: 'WEEK' } }
  const [going, over] = [await buy(followed), await buy()]
  await cancel(over, { kind: 'EXTRAORDINARY', toDate: '2026-07-16' })
  await app.travelTo('2026-07-20T10:00:00+02:00')
  const letter = { toDate: '2026-08-14', receiptDate: '2026-07-15' }
  assert.equal(await refuse(going, letter), 'contract.ended')
  assert.equal(await refuseWithdrawal(over), 'contract.ended')
  assert.equal(await refuse({ ...going, moduleContractId: 1 }, letter), 'moduleContract.notFound')
})

test('a module that the end of its contract overtakes does not go on', async () => {
  const bought = await buy()
  const toDate = '2026-08-19'
  await cancel(bought, { toDate })
  const { contractId } = bought
  const end = { toDate, reasonId, kind: 'EXTRAORDINARY' }
  await staff.run(canceling.cancelContract, { contractId }, end)
  assert.equal(await refuseWithdrawal(bought), 'contract.cancelationNotWithdrawable')
  await staff.run(canceling.withdrawCancelation, { contractId }, { reason })
  await withdraw(bought)
  assert.equal((await show(bought)).contractCancelationStatus, undefined)
})
