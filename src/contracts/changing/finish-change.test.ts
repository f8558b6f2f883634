import assert from 'node:assert/strict'
import { after, afterEach, before, test } from 'node:test'
import { eq } from 'drizzle-orm'
import { openTestApp, type TestApp } from '../../../test/support/app.ts'
import { day, months, samplePlan, starterPackage } from '../../../test/support/samples/contract-plan.ts'
import { assertLedgerWhole } from '../../../test/support/scenes/accounts.ts'
import { showClaims, signPlan } from '../../../test/support/scenes/contract-scene.ts'
import { addCustomer } from '../../../test/support/scenes/customers.ts'
import { bookPayment, listContractClaims, postSigningClaims } from '../../accounts/index.ts'
import { listEvents } from '../../../test/support/records.ts'
import { contractCancelations, contracts, idlePeriods } from '../tables.ts'
import { finishChange } from './finish-change.ts'
import { loadContractForChange, loadCustomerContracts } from './loading.ts'

let app: TestApp
before(async () => void (app = await openTestApp({ now: '2026-04-05T10:00:00+02:00' })))
after(() => app.close())
afterEach(() => assertLedgerWhole(app))

/** As an operation does it: lock, write rows, let everything else follow. */
function change(customerId: number, contractId: number, { from, rows }: { from: string; rows: Rows }) {
  return app.write(async (work) => {
    await loadContractForChange(work, { customerId, contractId })
    await rows(work)
    return finishChange(work, { contractId, action: 'contract.changed', effectiveFrom: day(from) })
  })
}
type Rows = (work: Parameters<Parameters<TestApp['write']>[0]>[0]) => Promise<unknown>

const status = async (customerId: number) => (await app.get(`/v1/customers/${customerId}`)).body.status

test('a signed contract has its claims up to the committed end, and makes its customer a member', async () => {
  const customerId = await addCustomer(app)
  assert.equal(await status(customerId), 'PROSPECT')
  const contractId = await signPlan(app, customerId, samplePlan({ start: day('2026-05-01') }))
  const claims = await showClaims(app, contractId)
  assert.deepEqual(
    [claims.length, claims[0], claims.at(-1)],
    [12, 'SCHEDULED 2026-05-01 30.00', 'SCHEDULED 2027-04-01 30.00'],
  )
  assert.equal(await status(customerId), 'MEMBER')
  const { body } = await app.get(`/v1/customers/${customerId}/account/transactions/upcoming?sliceSize=50`)
  assert.deepEqual(
    [body.result[0].description, body.result[0].chargeType, body.result[0].paidPeriodTo],
    ['Contract Basic', 'MEMBERSHIP_CHARGE', '2026-05-31'],
  )
})

test('changing nothing changes nothing: claims keep their rows, and no event is sent', async () => {
  const customerId = await addCustomer(app)
  const contractId = await signPlan(app, customerId, samplePlan())
  const read = () => app.read(({ db }) => listContractClaims(db, contractId))
  const before = await read()
  const events = (await listEvents(app)).length
  const { hasMoved } = await change(customerId, contractId, { from: '2026-01-01', rows: async () => undefined })
  assert.equal(hasMoved, false)
  assert.deepEqual(await read(), before)
  assert.equal((await listEvents(app)).length, events)
})

test('a pause inside a month that is booked is credited; without the pause it is charged again', async () => {
  const customerId = await addCustomer(app)
  const plan = samplePlan({ extension: { type: 'NONE' }, signedOn: day('2026-01-01') })
  const contractId = await signPlan(app, customerId, plan)
  const april = (await app.read(({ db }) => listContractClaims(db, contractId))).find(
    ({ periodFrom }) => periodFrom?.month === 4,
  )
  const { studioId } = app.berlin
  const amount = { minor: 3000n, currency: 'EUR' }
  const payment = {
    customerId,
    studioId,
    amount,
    method: 'CASH',
    description: 'April',
    claimIds: [april?.id ?? 0],
    journalKey: 'april',
  } as const
  await app.write((work) => bookPayment(work, payment))
  const idle = { contractId, startDate: day('2026-04-10'), endDate: day('2026-04-19'), unit: 'DAY', value: 10 } as const
  const policySnapshot = { temporalUnit: 'DAY', extendsContract: true, suspendsModules: true } as const
  await change(customerId, contractId, {
    from: '2026-04-10',
    rows: ({ tx, now }) =>
      tx.insert(idlePeriods).values({ ...idle, policySnapshot, state: 'ACCEPTED', createdAt: now, updatedAt: now }),
  })
  const paused = await showClaims(app, contractId)
  assert.ok(paused.includes('SCHEDULED 2026-04-05 -10.00'), paused.join(', '))
  assert.equal(paused.at(-1), 'SCHEDULED 2027-01-01 9.68')
  await change(customerId, contractId, {
    from: '2026-04-10',
    rows: ({ tx }) => tx.update(idlePeriods).set({ state: 'WITHDRAWN' }).where(eq(idlePeriods.contractId, contractId)),
  })
  const back = await showClaims(app, contractId)
  assert.equal(back.at(-1), 'SCHEDULED 2026-12-01 30.00')
  assert.equal(
    back.some((claim) => claim.includes('-10.00')),
    false,
  )
})

test('a cancelation fixes the end, cuts the last period and ends the membership', async () => {
  const customerId = await addCustomer(app)
  const contractId = await signPlan(app, customerId, samplePlan({ start: day('2026-04-15'), initialTerm: months(1) }))
  const cancelation = { contractId, kind: 'ORDINARY', origin: 'CUSTOMER', state: 'EFFECTIVE' } as const
  const days = { receiptDate: day('2026-04-05'), toDate: day('2026-06-10') }
  const { timeline, hasMoved } = await change(customerId, contractId, {
    from: '2026-06-10',
    rows: ({ tx, now }) =>
      tx.insert(contractCancelations).values({ ...cancelation, ...days, createdAt: now, updatedAt: now }),
  })
  assert.deepEqual([timeline.finalEnd?.toString(), hasMoved], ['2026-06-10', true])
  assert.equal((await showClaims(app, contractId)).at(-1), 'SCHEDULED 2026-05-15 26.13')
  const [row] = await app.read(({ db }) => db.select().from(contracts).where(eq(contracts.id, contractId)))
  assert.deepEqual([row?.committedEnd.toString(), row?.endIsFinal], ['2026-06-10', true])
})

test('the contract of another customer is not found', async () => {
  const [owner, other] = [await addCustomer(app), await addCustomer(app)]
  const contractId = await signPlan(app, owner, samplePlan())
  await assert.rejects(
    app.write((work) => loadContractForChange(work, { customerId: other, contractId })),
    /errormessage\.contract\.notFound/,
  )
})

test('what was due on signing is booked, the rest waits', async () => {
  const customerId = await addCustomer(app)
  const plan = samplePlan({
    start: day('2026-07-01'),
    signedOn: day('2026-04-05'),
    flatFees: [starterPackage('39.00')],
    dueOnSigning: ['STARTER_PACKAGE', 'FIRST_CONTRACT_FEE'],
  })
  const contractId = await signPlan(app, customerId, plan)
  assert.equal((await app.write((work) => postSigningClaims(work, { contractId, customerId }))).length, 2)
  const claims = await showClaims(app, contractId)
  assert.deepEqual(
    claims.slice(0, 3).toSorted(),
    ['POSTED 2026-04-05 30.00', 'POSTED 2026-04-05 39.00', 'SCHEDULED 2026-08-01 30.00'],
    claims.join(', '),
  )
  const [contract] = await app.read(({ db }) => loadCustomerContracts(db, customerId))
  assert.equal(contract?.row.id, contractId)
})
