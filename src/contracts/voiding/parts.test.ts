import assert from 'node:assert/strict'
import { after, afterEach, before, test } from 'node:test'
import { eq } from 'drizzle-orm'
import { openTestApp, type TestApp } from '../../../test/support/app.ts'
import { day, months } from '../../../test/support/samples/contract-plan.ts'
import { assertLedgerWhole } from '../../../test/support/scenes/accounts.ts'
import { outcome } from '../../../test/support/scenes/canceling-scene.ts'
import { showClaims } from '../../../test/support/scenes/contract-scene.ts'
import { endless, policy } from '../../../test/support/scenes/idle-scene.ts'
import { addModule, buyModule, modulePath } from '../../../test/support/scenes/module-scene.ts'
import { openStaff, type Staff } from '../../../test/support/scenes/staff.ts'
import { openSwitch, switchCalls } from '../../../test/support/scenes/switch-scene.ts'
import { openVoiding } from '../../../test/support/scenes/voiding-scene.ts'
import { membershipOffersModule } from '../../membership-offers/index.ts'
import { contractsModule } from '../index.ts'
import { finishChange } from '../changing/finish-change.ts'
import { idlePeriods, subContracts } from '../tables.ts'
import * as api from './staff-api.ts'

let app: TestApp
let scene: ReturnType<typeof openVoiding>
let offers: Staff
let staff: Staff
before(async () => {
  app = await openTestApp({ now: '2026-06-10T10:00:00+02:00' })
  scene = openVoiding(app)
  offers = openStaff(app, membershipOffersModule)
  staff = openStaff(app, contractsModule)
})
after(() => app.close())
afterEach(() => assertLedgerWhole(app))

const ofContracts = (types: readonly string[]) => types.filter((type) => type.startsWith('CONTRACT'))
const withdraw = (contract: Parameters<typeof scene.withdraw>[0]) =>
  scene.collectEvents(async () => assert.equal(outcome(await scene.withdraw(contract)), 'true'))
const findState = async (id: number) =>
  (await app.read(({ db }) => db.select().from(idlePeriods).where(eq(idlePeriods.id, id))))[0]

function pause(contractId: number, row: Partial<typeof idlePeriods.$inferInsert>) {
  return app.write(async (work) => {
    const [added] = await work.tx
      .insert(idlePeriods)
      .values({
        contractId,
        startDate: day('2026-08-01'),
        endDate: day('2026-09-30'),
        unit: 'MONTH',
        value: 2,
        state: 'ACCEPTED',
        policySnapshot: policy,
        createdAt: work.now,
        updatedAt: work.now,
        ...row,
      })
      .returning({ id: idlePeriods.id })
    await finishChange(work, { contractId, action: 'contract.paused', effectiveFrom: day('2026-06-01') })
    return added?.id as number
  })
}

test('modules end with the contract, are gone for members, and what they have cost is given back', async () => {
  const contract = await scene.sign()
  const { body } = await buyModule(app, contract.contractId, await addModule(offers), {})
  await scene.pay(contract, '2026-06-10')
  assert.deepEqual(ofContracts(await withdraw(contract)), ['CONTRACT_REVERSED', 'CONTRACT_ADDITIONAL_MODULE_DELETED'])
  assert.equal(await scene.balance(contract), '42.00')
  assert.equal((await app.get(modulePath(contract.contractId, body.id))).status, 404)
  const { moduleContracts } = await scene.show(contract)
  assert.deepEqual(
    moduleContracts.map(({ id, contractStatus }: { id: number; contractStatus: string }) => [id, contractStatus]),
    [[body.id, 'INACTIVE']],
  )
})

test('pauses to come are taken back with their fee, one that runs ends, and wishes come to nothing', async () => {
  const contract = await scene.sign()
  const later = await pause(contract.contractId, {})
  const wished = await pause(contract.contractId, {
    startDate: day('2026-11-01'),
    endDate: day('2026-11-30'),
    state: 'PENDING_VERIFICATION',
  })
  const running = await scene.sign()
  const open = { startDate: day('2026-06-01'), endDate: null, unlimited: true, unit: null, value: null }
  const endlessId = await pause(running.contractId, { ...open, policySnapshot: endless })
  assert.deepEqual(ofContracts(await withdraw(contract)), ['CONTRACT_REVERSED', 'CONTRACT_IDLE_PERIOD_CANCELLED'])
  assert.deepEqual(ofContracts(await withdraw(running)), ['CONTRACT_REVERSED'])
  assert.deepEqual(
    [
      (await findState(later))?.state,
      (await findState(wished))?.state,
      (await findState(endlessId))?.endDate?.toString(),
    ],
    ['WITHDRAWN', 'REJECTED', '2026-06-10'],
  )
  for (const { contractId } of [contract, running]) assert.deepEqual(await showClaims(app, contractId), [])
})

test('a contract that replaced another gives way to it again, with the modules that had moved along', async () => {
  const start = { start: day('2026-06-01'), signedOn: day('2026-06-01') }
  const { customerId, contractId, wish } = await openSwitch(app, {
    plan: start,
    offer: { terms: [{ frequency: { price: '44.90' } }] },
    config: { carryAdditionalModules: true },
  })
  const old = { customerId, contractId }
  const { body } = await buyModule(app, contractId, await addModule(offers), {})
  const before = await showClaims(app, contractId)
  await scene.pay(old, '2026-06-10')
  const answer = await switchCalls(app).change(customerId, { ...wish, startDate: '2026-06-10' })
  assert.equal(answer.status, 200, answer.text)
  const replacing = { customerId, contractId: Number(answer.headers['x-contract-id']) }
  assert.equal((await app.get(modulePath(replacing.contractId, body.id))).status, 200)
  assert.deepEqual(ofContracts(await withdraw(replacing)).toSorted(), [
    'CONTRACT_ADDITIONAL_MODULE_UPDATED',
    'CONTRACT_REVERSED',
    'CONTRACT_UPDATED',
  ])
  assert.equal((await app.get(modulePath(contractId, body.id))).status, 200)
  assert.deepEqual(await showClaims(app, replacing.contractId), [])
  const open = (claims: readonly string[]) => claims.filter((claim) => !claim.includes(' 2026-06-10 ')).toSorted()
  assert.deepEqual(open(await showClaims(app, contractId)), open(before))
  assert.equal(await scene.balance(old), '0.00')
  const again = await switchCalls(app).change(customerId, { ...wish, startDate: '2026-06-10' })
  assert.equal(again.status, 200, again.text)
})

test('a contract that was switched away leaves the one that replaced it alone', async () => {
  const start = { start: day('2026-06-01'), signedOn: day('2026-06-01') }
  const offer = { terms: [{ frequency: { price: '44.90' } }] }
  const { customerId, contractId, wish } = await openSwitch(app, { plan: start, offer })
  const answer = await switchCalls(app).change(customerId, { ...wish, startDate: '2026-06-10' })
  const newId = Number(answer.headers['x-contract-id'])
  assert.deepEqual(ofContracts(await withdraw({ customerId, contractId })), ['CONTRACT_REVERSED'])
  assert.equal((await scene.row({ customerId, contractId: newId }))?.voidedAt, null)
  assert.deepEqual(await showClaims(app, contractId), [])
})

test('staff void with a reason, and say themselves whether used days are charged', async () => {
  const contract = await scene.sign()
  await scene.pay(contract, '2026-06-10')
  const { contractId, customerId } = contract
  const wish = { reason: 'Entered twice', chargeUsedDays: true }
  const effects = await staff.run(api.voidContract, { contractId }, wish, { dryRun: true })
  assert.deepEqual(effects, { contractId, customerId, credited: '20.00' })
  assert.equal((await scene.row(contract))?.voidedAt, null)
  assert.deepEqual(await staff.run(api.voidContract, { contractId }, wish), effects)
  assert.equal((await scene.show(contract)).reversalReason, 'Entered twice')
  assert.equal(await scene.balance(contract), '20.00')
  assert.equal((await staff.refuse(api.voidContract, { contractId }, wish)).code, 'errormessage.contract.reversed')
  assert.equal((await staff.refuse(api.voidContract, { contractId: 1 }, wish)).code, 'errormessage.contract.notFound')
})

test('staff void after the days of the studio only where they break that rule on purpose, which is on record', async () => {
  const contract = await scene.sign({ signedOn: day('2026-05-01') })
  const { contractId } = contract
  const wish = { reason: 'Never signed' }
  const { code } = await staff.refuse(api.voidContract, { contractId }, wish)
  assert.equal(code, 'errormessage.contract.withdrawalPeriodOver')
  await staff.run(api.voidContract, { contractId }, wish, { broken: ['WITHDRAWAL_PERIOD'] })
  assert.equal((await scene.row(contract))?.reversalReason, 'Never signed')
})

test('staff take back the sale of a module: its charges are given back, and the contract goes on', async () => {
  const contract = await scene.sign({ initialTerm: months(12) })
  const known = await showClaims(app, contract.contractId)
  const { body } = await buyModule(app, contract.contractId, await addModule(offers), {})
  await scene.pay(contract, '2026-06-10')
  const params = { moduleContractId: body.id }
  const events = await scene.collectEvents(() => staff.run(api.voidModuleContract, params, { reason: 'Not wanted' }))
  assert.deepEqual(ofContracts(events), ['CONTRACT_UPDATED', 'CONTRACT_ADDITIONAL_MODULE_DELETED'])
  assert.equal(await scene.balance(contract), '12.00')
  const waiting = (claims: readonly string[]) => claims.filter((claim) => claim.startsWith('SCHEDULED 2026-07'))
  assert.deepEqual(waiting(await showClaims(app, contract.contractId)), waiting(known))
  const { code } = await staff.refuse(api.voidModuleContract, params, { reason: 'Again' })
  assert.equal(code, 'errormessage.moduleContract.notFound')
  const [row] = await app.read(({ db }) => db.select().from(subContracts).where(eq(subContracts.id, body.id)))
  assert.ok(row?.voidedAt)
})
