import assert from 'node:assert/strict'
import { after, afterEach, before, test } from 'node:test'
import { openTestApp, type TestApp } from '../../../test/support/app.ts'
import { assertLedgerWhole } from '../../../test/support/scenes/accounts.ts'
import type { Signed } from '../../../test/support/scenes/canceling-scene.ts'
import { openDefault } from '../../../test/support/scenes/default-scene.ts'
import { repairCharges } from '../changing/repair.ts'
import * as api from './staff-api.ts'

let app: TestApp
let scene: Awaited<ReturnType<typeof openDefault>>
before(async () => {
  app = await openTestApp({ now: '2026-09-15T10:00:00+02:00' })
  scene = await openDefault(app)
})
after(() => app.close())
afterEach(() => assertLedgerWhole(app))

const residual = async (contract: Signed) =>
  (await scene.listClaims(contract))
    .filter(({ maturity }) => maturity === 'RESIDUAL')
    .map(({ state, dueDate, periodFrom, amount }) => `${state} ${dueDate} for ${periodFrom}: ${amount}`)

test('a contract that is ended for default with its residual claims owes the rest of its term at once', async () => {
  const contract = await scene.signUnpaid()
  await scene.end(contract, { residualClaims: true })
  assert.deepEqual(await residual(contract), [
    'POSTED 2026-09-15 for 2026-10-01: 2990',
    'POSTED 2026-09-15 for 2026-11-01: 2990',
    'POSTED 2026-09-15 for 2026-12-01: 2990',
  ])
  const { customerId } = contract
  const { body } = await app.get(`/v1/customers/${customerId}/account/balances`)
  assert.equal(body.accountBalance.amount, -149.5)
  const shown = await scene.show(contract)
  assert.deepEqual(
    [shown.endDate, shown.cancelationOrigin, shown.cancelationStatus],
    ['2026-09-15', 'STUDIO', 'CANCELED'],
  )
  const upcoming = await app.get(`/v1/customers/${customerId}/account/transactions/upcoming?sliceSize=50`)
  assert.ok(upcoming.body.result.every(({ dueDate }: { dueDate: string }) => dueDate === '2026-09-15'))
  const billed = { studioId: app.berlin.studioId, runDate: Temporal.PlainDate.from('2026-09-16') }
  assert.equal(await app.write((work) => repairCharges(work, { ...billed, customerIds: [customerId] })), 0)
})

test('without residual claims nothing is owed beyond the last day, and September is cut', async () => {
  const contract = await scene.signUnpaid()
  await scene.end(contract, {})
  assert.deepEqual(await residual(contract), [])
  const waiting = (await scene.listClaims(contract)).filter(({ state }) => state === 'SCHEDULED')
  assert.deepEqual(
    waiting.map(({ amount }) => amount),
    [-1495n],
  )
})

test('only a cancelation for default by the studio has residual claims and a handover', async () => {
  const contract = await scene.signUnpaid()
  const refused = async (more: object) => (await scene.refuse(contract, more)).details.reference
  assert.deepEqual(
    [
      await refused({ kind: 'EXTRAORDINARY', residualClaims: true }),
      await refused({ kind: 'ORDINARY', handOver: true }),
      await refused({ origin: 'CUSTOMER' }),
    ],
    ['residualClaims', 'handOver', 'origin'],
  )
  assert.deepEqual(await scene.states(contract), [])
})

test('a cancelation for default that staff take back leaves booked what was due at once, and nothing is charged twice', async () => {
  const contract = await scene.signUnpaid()
  const { customerId, contractId } = contract
  await scene.end(contract, { residualClaims: true })
  const known = await residual(contract)
  const answer = await scene.staff.run(api.withdrawCancelation, { contractId }, { reason: 'Has paid' })
  assert.deepEqual([answer.contractEnd, await residual(contract)], ['2026-12-31', known])
  assert.ok((await scene.listClaims(contract)).every(({ state }) => state === 'POSTED'))
  const billed = { studioId: app.berlin.studioId, runDate: Temporal.PlainDate.from('2026-09-16') }
  assert.equal(await app.write((work) => repairCharges(work, { ...billed, customerIds: [customerId] })), 0)
})
