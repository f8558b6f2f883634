import assert from 'node:assert/strict'
import { after, afterEach, before, test } from 'node:test'
import { eq } from 'drizzle-orm'
import { openTestApp, type TestApp } from '../../../test/support/app.ts'
import { listAudit, listEvents } from '../../../test/support/records.ts'
import { day, months, starterPackage, weeks } from '../../../test/support/samples/contract-plan.ts'
import { assertLedgerWhole } from '../../../test/support/scenes/accounts.ts'
import { insertService } from '../../../test/support/scenes/booking-world.ts'
import { allowCanceling, openCanceling, outcome } from '../../../test/support/scenes/canceling-scene.ts'
import { showClaims } from '../../../test/support/scenes/contract-scene.ts'
import { openVoiding } from '../../../test/support/scenes/voiding-scene.ts'
import { debtClaims } from '../../accounts/tables.ts'
import { entitlements } from '../../entitlements/tables.ts'
import { contracts } from '../tables.ts'

// Half an hour into 10 June 2026 in Berlin, while it is still the 9th in UTC. Contracts were signed on 1 June and began then.
let app: TestApp
let scene: ReturnType<typeof openVoiding>
before(async () => {
  app = await openTestApp({ now: '2026-06-10T00:30:00+02:00' })
  scene = openVoiding(app)
})
after(() => app.close())
afterEach(async () => {
  await scene.grant({ withdrawalDays: 14, withdrawalChargesUsedDays: false })
  await assertLedgerWhole(app)
})

const over = '400 contract.withdrawalPeriodOver'
const status = async (customerId: number) => (await app.get(`/v1/customers/${customerId}`)).body.status

test('a member who withdraws gets back what was paid, keeps no claim, no entitlement and no membership', async () => {
  const serviceId = await app.write((work) => insertService(work))
  const grant = { serviceId, quantity: null, periodValue: null, periodUnit: null, crossStudio: false }
  const contract = await scene.sign({ flatFees: [starterPackage('39.00')] }, { services: [grant] })
  const { customerId, contractId } = contract
  await scene.pay(contract, '2026-06-10')
  assert.deepEqual([await scene.balance(contract), await status(customerId)], ['0.00', 'MEMBER'])
  const events = await scene.collectEvents(async () => assert.equal(outcome(await scene.withdraw(contract)), 'true'))
  assert.deepEqual(
    events.filter((type) => type.startsWith('CONTRACT')),
    ['CONTRACT_REVERSED'],
  )
  const { entityId, content } = (await listEvents(app)).findLast(({ type }) => type === 'CONTRACT_REVERSED') ?? {}
  assert.deepEqual([entityId, content], [customerId, { contractId }])
  const claims = (await showClaims(app, contractId)).toSorted()
  assert.deepEqual(claims, [
    'POSTED 2026-06-10 -30.00',
    'POSTED 2026-06-10 -39.00',
    'POSTED 2026-06-10 30.00',
    'POSTED 2026-06-10 39.00',
  ])
  assert.deepEqual([await scene.balance(contract), await status(customerId)], ['69.00', 'PROSPECT'])
  const [entitled] = await app.read(({ db }) =>
    db.select().from(entitlements).where(eq(entitlements.contractId, contractId)),
  )
  assert.equal(entitled?.validTo?.toString(), '2026-05-31')
  const upcoming = await app.get(`/v1/customers/${customerId}/account/transactions/upcoming?sliceSize=50`)
  assert.deepEqual(
    upcoming.body.result.filter(({ dueDate }: { dueDate: string }) => dueDate > '2026-06-10'),
    [],
  )
})

test('days that were used are charged where the studio says so: 10 of the 30 days of June, and no fee', async () => {
  await scene.grant({ withdrawalChargesUsedDays: true })
  const [paid, waiting] = [await scene.sign({ flatFees: [starterPackage('39.00')] }), await scene.sign()]
  await scene.pay(paid, '2026-06-10')
  for (const contract of [paid, waiting]) assert.equal(outcome(await scene.withdraw(contract)), 'true')
  assert.equal(await scene.balance(paid), '59.00')
  assert.deepEqual((await showClaims(app, paid.contractId)).toSorted(), [
    'POSTED 2026-06-10 -20.00',
    'POSTED 2026-06-10 -39.00',
    'POSTED 2026-06-10 30.00',
    'POSTED 2026-06-10 39.00',
  ])
  assert.deepEqual(await showClaims(app, waiting.contractId), ['SCHEDULED 2026-06-10 10.00'])
  assert.equal((await scene.row(waiting))?.usedUntil?.toString(), '2026-06-10')
})

test('a contract that has not begun costs nothing, whatever the studio says of used days', async () => {
  await scene.grant({ withdrawalChargesUsedDays: true })
  const contract = await scene.sign({ start: day('2026-07-01') })
  assert.equal(outcome(await scene.withdraw(contract)), 'true')
  assert.deepEqual(await showClaims(app, contract.contractId), [])
})

test('a studio that grants no days lets members withdraw on the day of signing only', async () => {
  await scene.grant({ withdrawalDays: 0 })
  const [one, other] = [await scene.sign({ signedOn: day('2026-06-10') }), await scene.sign()]
  assert.deepEqual([outcome(await scene.withdraw(one)), outcome(await scene.withdraw(other))], ['true', over])
})

test('a second withdrawal is refused, and changes and sends nothing', async () => {
  const contract = await scene.sign()
  await scene.withdraw(contract)
  const before = await scene.row(contract)
  assert.deepEqual(await scene.collectEvents(() => scene.withdraw(contract)), [])
  assert.equal(outcome(await scene.withdraw(contract)), over)
  assert.deepEqual(await scene.row(contract), before)
})

test('a body is ignored, whatever it is', async () => {
  const json = ['{"reason":"none","contractId":7}', 'null', '[]'].map(
    (payload) => ['application/json', payload] as const,
  )
  for (const [type, payload] of [...json, ['text/plain', 'I want out'] as const]) {
    const contract = await scene.sign()
    const answer = await app.sendRaw('POST', scene.path(contract), { headers: { 'content-type': type }, payload })
    assert.equal(outcome(answer), 'true', payload)
  }
})

test('contracts of others are unknown, to members of the studio and to keys of elsewhere', async () => {
  const [contract, other] = [await scene.sign(), await scene.sign()]
  const foreign = await scene.withdraw({ customerId: other.customerId, contractId: contract.contractId })
  assert.equal(outcome(foreign), '404 contract.notFound')
  assert.equal(outcome(await scene.withdraw({ ...contract, contractId: 1 })), '404 contract.notFound')
  assert.equal(outcome(await app.post(scene.path(contract), undefined, { as: app.stranger })), '404 customer.notFound')
  assert.equal((await scene.row(contract))?.voidedAt, null)
})

test('a contract that is canceled, or is to be, can be withdrawn from, whatever members may cancel; nothing waits for staff', async () => {
  const [canceled, waiting] = [await scene.sign(), await scene.sign()]
  const canceling = await openCanceling(app)
  await canceling.cancel(canceled, '2027-05-31')
  await allowCanceling(app, 'CHANGES_REQUIRE_VERIFICATION')
  await canceling.cancel(waiting, '2027-05-31')
  await allowCanceling(app, 'READ')
  for (const contract of [canceled, waiting]) assert.equal(outcome(await scene.withdraw(contract)), 'true')
  assert.deepEqual([await canceling.states(canceled), await canceling.states(waiting)], [['EFFECTIVE'], ['REJECTED']])
})

test('what an agency collects of a contract keeps it from being withdrawn from', async () => {
  const contract = await scene.sign()
  await scene.pay(contract, '2026-06-10')
  const mark = (collectionState: 'AT_AGENCY' | 'NONE') =>
    app.write(({ tx }) =>
      tx.update(debtClaims).set({ collectionState }).where(eq(debtClaims.contractId, contract.contractId)),
    )
  await mark('AT_AGENCY')
  assert.equal(outcome(await scene.withdraw(contract)), '400 account.claimInDebtCollection')
  await mark('NONE')
  assert.equal(outcome(await scene.withdraw(contract)), 'true')
})

test('the days count from the one of signing in the zone of the studio: the last one is still in time', async () => {
  const [inTime, late] = [
    await scene.sign({ signedOn: day('2026-05-27') }),
    await scene.sign({ signedOn: day('2026-05-26') }),
  ]
  assert.deepEqual([outcome(await scene.withdraw(inTime)), outcome(await scene.withdraw(late))], ['true', over])
  await scene.grant({ withdrawalDays: 15 })
  assert.equal(outcome(await scene.withdraw(late)), 'true')
})

test('a withdrawn contract is shown as reversed to partners, as it was on that day, and no longer to its member', async () => {
  await scene.grant({ withdrawalDays: 60 })
  const april = { start: day('2026-04-15'), signedOn: day('2026-04-15') }
  const contract = await scene.sign({ ...april, initialTerm: months(1), cancelationPeriod: weeks(1) })
  const before = await scene.show(contract)
  assert.deepEqual([before.reversed, before.endDate, before.contractStatus], [false, '2026-07-14', 'ACTIVE'])
  await scene.withdraw(contract)
  const { contractId, customerId } = contract
  const line = (await listAudit(app)).findLast(({ action }) => action === 'contract.reversed')
  const reason = 'Gesetzlicher Widerruf'
  assert.deepEqual(
    [line?.diff?.['reversalReason'], line?.diff?.['usedUntil']],
    [
      [null, reason],
      [null, null],
    ],
  )
  const voidedAt = Temporal.Instant.from('2026-04-20T10:00:00+02:00')
  await app.write(({ tx }) => tx.update(contracts).set({ voidedAt }).where(eq(contracts.id, contractId)))
  const shown = await scene.show(contract)
  assert.deepEqual(
    [shown.reversed, shown.reversalReason, shown.reversalDateTime, shown.contractStatus, shown.endDate],
    [true, reason, '2026-04-20T10:00:00.000+02:00[Europe/Berlin]', 'INACTIVE', '2026-05-14'],
  )
  assert.deepEqual((await app.get(`/v1/customers/${customerId}/contracts?status=ACTIVE`)).body, [])
  assert.deepEqual((await app.get(`/v1/memberships/${customerId}/self-service/contract-data`)).body, [])
})

test('a contract that stands has nulls for its reversal, and its customer one for the province, where a client asks for nulls', async () => {
  const { customerId } = await scene.sign()
  const headers = { prefer: 'absent=null' }
  const [shown] = (await app.get(`/v1/customers/${customerId}/contracts`, { headers })).body
  assert.deepEqual([shown.reversed, shown.reversalReason, shown.reversalDateTime], [false, null, null])
  assert.equal((await app.get(`/v1/customers/${customerId}`, { headers })).body.provinceCode, null)
})
