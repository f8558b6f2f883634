import assert from 'node:assert/strict'
import { after, afterEach, before, test } from 'node:test'
import { eq } from 'drizzle-orm'
import { openTestApp, type TestApp } from '../../../test/support/app.ts'
import { listEvents } from '../../../test/support/records.ts'
import { day, samplePlan } from '../../../test/support/samples/contract-plan.ts'
import { assertLedgerWhole } from '../../../test/support/scenes/accounts.ts'
import { showClaims, signPlan } from '../../../test/support/scenes/contract-scene.ts'
import { addCustomer } from '../../../test/support/scenes/customers.ts'
import { addModule, buyModule, modulePath } from '../../../test/support/scenes/module-scene.ts'
import { openStaff, type Staff } from '../../../test/support/scenes/staff.ts'
import { entitlements } from '../../entitlements/tables.ts'
import { createService } from '../../entitlements/index.ts'
import { membershipOffersModule } from '../../membership-offers/index.ts'

// Saturday 20 June 2026. The contract costs 30.00 on the 1st of each month.
let app: TestApp
let staff: Staff
before(async () => {
  app = await openTestApp({ now: '2026-06-20T10:00:00+02:00' })
  staff = openStaff(app, membershipOffersModule)
})
after(() => app.close())
afterEach(() => assertLedgerWhole(app))

async function sign(changes: Parameters<typeof samplePlan>[0] = {}) {
  const customerId = await addCustomer(app)
  return { customerId, contractId: await signPlan(app, customerId, samplePlan(changes)) }
}
/** What was added to the claims of the contract itself. */
async function moduleClaims(contractId: number) {
  return (await showClaims(app, contractId)).filter((claim) => !claim.endsWith(' 30.00'))
}
const show = async (contractId: number, id: number) => (await app.get(modulePath(contractId, id))).body
const refusal = ({ status, body }: { status: number; body: { errorCode?: string; reference?: string } }) =>
  `${status} ${body.errorCode?.replace('errormessage.additionalModule.', '')} ${body.reference ?? ''}`.trim()

test('a module with a trial on the grid of its contract is charged in part, then by the month', async () => {
  const { customerId, contractId } = await sign()
  const drinks = await addModule(staff, { trialTerm: { value: 7, unit: 'DAY' }, billingAlignment: 'MAIN_CONTRACT' })
  const known = (await listEvents(app)).length
  const answer = await buyModule(app, contractId, drinks, { bookTrialPeriod: true })
  assert.equal(answer.status, 200, answer.text)
  assert.deepEqual((await moduleClaims(contractId)).slice(0, 3), [
    'SCHEDULED 2026-06-27 1.60',
    'SCHEDULED 2026-07-01 12.00',
  ])
  const events = (await listEvents(app)).slice(known)
  assert.deepEqual(
    events.map(({ type, content }) => [type, content]),
    [
      ['CONTRACT_UPDATED', { contractId }],
      ['CONTRACT_ADDITIONAL_MODULE_CREATED', { contractId, moduleContractId: answer.body.id }],
    ],
  )
  assert.ok(events.every(({ entityId }) => entityId === customerId))
  assert.deepEqual(await show(contractId, answer.body.id), {
    name: drinks.name,
    price: { amount: 12, currency: 'EUR' },
    startDate: '2026-06-20',
    endDate: '2026-07-26',
    lastPossibleCancelationDate: '2026-07-26',
    contractCancelationCanBeWithdrawn: false,
    trialPeriod: { term: { value: 7, unit: 'DAY' }, startDate: '2026-06-20' },
    availableCancelationDates: [
      '2026-06-26',
      ...['2026-07-26', '2026-08-26', '2026-09-26', '2026-10-26', '2026-11-26', '2026-12-26'],
      ...['2027-01-26', '2027-02-26', '2027-03-26', '2027-04-26', '2027-05-26'],
    ],
    rateCodes: [],
  })
})

test('without a trial the first payment is due today; a trial is given once', async () => {
  const { contractId, customerId } = await sign()
  const drinks = await addModule(staff, { trialTerm: { value: 7, unit: 'DAY' } })
  assert.equal((await buyModule(app, contractId, drinks)).status, 200)
  assert.deepEqual(await moduleClaims(contractId), ['SCHEDULED 2026-06-20 12.00'])
  const second = await signPlan(app, customerId, samplePlan())
  assert.equal((await buyModule(app, second, drinks, { bookTrialPeriod: true })).status, 200)
  const third = await signPlan(app, customerId, samplePlan())
  const again = await buyModule(app, third, drinks, { bookTrialPeriod: true })
  assert.equal(refusal(again), '400 trialPeriodNotBookable bookTrialPeriod')
  assert.deepEqual(again.body.args, ['ADDITIONAL_MODULE_TRIAL_PERIOD_NOT_BOOKABLE'])
})

test('a module begins with a contract that is to come, or with its next billing period', async () => {
  const future = await sign({ start: day('2026-09-15') })
  const sold = await buyModule(app, future.contractId, await addModule(staff))
  assert.equal((await show(future.contractId, sold.body.id)).startDate, '2026-09-15')
  const { contractId } = await sign({ start: day('2026-01-10') })
  const waiting = await buyModule(app, contractId, await addModule(staff, { startRule: 'NEXT_MAIN_PERIOD' }))
  assert.equal((await show(contractId, waiting.body.id)).startDate, '2026-07-10')
})

test('a module ends with its contract at the latest', async () => {
  const { contractId } = await sign({ start: day('2025-07-11'), extension: { type: 'NONE' } })
  const { body } = await buyModule(app, contractId, await addModule(staff))
  const { endDate, availableCancelationDates } = await show(contractId, body.id)
  assert.deepEqual([endDate, availableCancelationDates], ['2026-07-10', []])
  assert.deepEqual(await moduleClaims(contractId), ['SCHEDULED 2026-06-20 8.40'])
})

test('the validation and the purchase refuse for the same reason', async () => {
  const { contractId } = await sign()
  const [drinks, hidden] = [await addModule(staff), await addModule(staff, { onlineBookable: false })]
  const both = async (wish: { moduleId: number; frequencyId: number }) => {
    const path = `/v1/memberships/${contractId}/self-service/additional-modules/validate`
    const { moduleId: additionalModuleId, frequencyId: paymentFrequencyId } = wish
    const asked = await app.post(path, { additionalModuleId, paymentFrequencyId, bookTrialPeriod: false })
    const bought = await buyModule(app, contractId, wish)
    if (bought.status === 400) assert.deepEqual(bought.body.args, [asked.body.validationStatus])
    return `${asked.body.validationStatus.replace('ADDITIONAL_MODULE_', '')}: ${refusal(bought)}`
  }
  assert.equal(await both({ ...drinks, moduleId: 1 }), 'NOT_FOUND: 400 notFound additionalModuleId')
  assert.equal(await both({ ...drinks, frequencyId: hidden.frequencyId }), 'NOT_FOUND: 400 notFound paymentFrequencyId')
  assert.equal(await both(hidden), 'NOT_ONLINE_PURCHASABLE: 400 notOnlinePurchasable additionalModuleId')
  assert.equal(await both(drinks), 'PURCHASABLE: 200 undefined')
  assert.equal(await both(drinks), 'CONTRACT_ALREADY_PURCHASED: 400 contractAlreadyPurchased additionalModuleId')
})

test('a contract and a module contract that are not of the studio, or not of each other, are unknown', async () => {
  const [one, other] = [await sign(), await sign()]
  const drinks = await addModule(staff)
  const { body } = await buyModule(app, one.contractId, drinks)
  const foreign = await app.get(modulePath(other.contractId, body.id))
  assert.deepEqual([foreign.status, foreign.body.errorCode], [404, 'errormessage.moduleContract.notFound'])
  const stranger = await app.get(modulePath(one.contractId, body.id), { as: app.hamburg })
  assert.deepEqual([stranger.status, stranger.body.errorCode], [404, 'errormessage.contract.notFound'])
})

test('a module entitles to its services from its first day to its last one', async () => {
  const { contractId } = await sign({ start: day('2025-07-11'), extension: { type: 'NONE' } })
  const serviceId = await app.write((work) => createService(work, { name: 'Sauna', kind: 'USAGE' }))
  const sauna = await addModule(staff, { services: [{ serviceId }] })
  const { body } = await buyModule(app, contractId, sauna)
  const rows = await app.read(({ db }) => db.select().from(entitlements).where(eq(entitlements.contractId, contractId)))
  assert.deepEqual(
    rows.map(({ source, subContractId, validFrom, validTo }) => [source, subContractId, `${validFrom} ${validTo}`]),
    [['MODULE', body.id, '2026-06-20 2026-07-10']],
  )
})

test('of parallel purchases of a module one passes, and the others learn that the contract has it', async () => {
  const { contractId } = await sign()
  const drinks = await addModule(staff)
  const answers = await Promise.all(Array.from({ length: 4 }, () => buyModule(app, contractId, drinks)))
  assert.deepEqual(answers.map(refusal).toSorted(), [
    '200 undefined',
    ...Array.from({ length: 3 }, () => '400 contractAlreadyPurchased additionalModuleId'),
  ])
  assert.deepEqual(await moduleClaims(contractId), ['SCHEDULED 2026-06-20 12.00'])
})

test('where a module may be had twice the same purchases all pass, so it is the rule that stops them', async () => {
  const { contractId } = await sign()
  const drinks = await addModule(staff, { multipleAllowed: true })
  const answers = await Promise.all(Array.from({ length: 4 }, () => buyModule(app, contractId, drinks)))
  assert.ok(answers.every(({ status }) => status === 200))
})
