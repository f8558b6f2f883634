import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type DemoApp, openDemoApp } from '../../../test/support/demo-app.ts'
import { assertCollectionWhole } from '../../../test/support/scenes/collection.ts'
import { inboundKey } from '../house/keys.ts'
import { demoRun } from './collection.ts'

let app: DemoApp
before(async () => {
  app = await openDemoApp()
})
after(async () => {
  await assertCollectionWhole(app)
  await app.close()
})

const read = async (path: string) => {
  const as = { ...app.berlin, key: inboundKey('demoBerlinAgency') }
  const { status, body, text } = await app.get(`/v1/debt-collection/${path}`, { as })
  assert.equal(status, 200, text)
  return body
}

test('the agency of Berlin reads for whom it collects', async () => {
  const { client, debtCollectionType } = await read('configuration')
  assert.equal(debtCollectionType, 'TRUST')
  assert.deepEqual(
    [client.name2, client.legalForm, client.paymentDetails.bank, client.addressLine3],
    ['Lindenhof GmbH', 'GmbH', 'Société Générale', 'Deutschland'],
  )
})

test('Nora waits for the agency, Rita has paid a part, Bob cannot be reached', async () => {
  const { result } = await read(`${demoRun.waiting}/debtors`)
  assert.equal(result[0].firstName, 'Nora')
  assert.equal(result[0].collectionCases[0].openAmount, 64.8)
  const [rita] = (await read(`cases?agencyCollectionCaseId=DEMO-1`)) as any[]
  assert.deepEqual(
    rita.agencyCollectionCases[0].debts.map((debt: { paidAmount: number }) => debt.paidAmount),
    [5, 0],
  )
  const [bob] = (await read(`${demoRun.rejected}/debtors`)).result
  assert.equal(bob.addressData.addressStatus.type, 'INVALID')
  assert.equal((await read(`${demoRun.withdrawn}/details`)).status, 'FAILED')
})

test('a debtor and a debt are blocked', async () => {
  const [ida] = (await read('blocked/debtors')).result
  assert.deepEqual(ida.block, { limitType: 'LIMITED', endDate: '2026-12-31' })
  const [carla] = (await read('blocked/debts')).result
  assert.deepEqual([carla.debts[0].amount, carla.debts[0].block], [29.9, { limitType: 'UNLIMITED' }])
})

test('the waiting handover is confirmed at the first try', async () => {
  const headers = { 'x-api-key': inboundKey('demoBerlinAgency') }
  const { status } = await app.post(`/v1/debt-collection/${demoRun.waiting}/confirmTransfer`, undefined, { headers })
  assert.equal(status, 200)
})
