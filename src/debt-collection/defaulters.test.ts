import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openTestApp } from '../../test/support/app.ts'
import { charge, openAgency } from '../../test/support/scenes/collection.ts'
import { openDefault } from '../../test/support/scenes/default-scene.ts'
import { assertLedgerWhole } from '../../test/support/scenes/accounts.ts'
import { debtCollectionRuns } from './tables.ts'

test('what a member owes whose contract is ended for default goes to the agency at once, and what is residual says so', async () => {
  await using app = await openTestApp({ now: '2026-09-15T10:00:00+02:00' })
  const scene = await openDefault(app)
  const contract = await scene.signUnpaid()
  const wish = { residualClaims: true, handOver: true }
  assert.equal((await scene.refuse(contract, wish)).code, 'errormessage.debtCollection.contractMissing')
  assert.deepEqual(await scene.states(contract), [])
  await openAgency(app)
  const open = (await scene.listClaims(contract)).find((claim) => claim.state === 'POSTED' && claim.openAmount > 0n)
  const fee = { amount: '5.00', days: 0, kind: 'DUNNING_FEE', parent: open?.id ?? 0 } as const
  await charge(app, contract.customerId, fee)
  await scene.end(contract, wish)
  const [run] = await app.read(({ db }) => db.select().from(debtCollectionRuns))
  assert.deepEqual([run?.origin, run?.state], ['CONTRACT_CANCELATION', 'WAITING_FOR_CONFIRMATION'])
  const { body } = await app.get(`/v1/debt-collection/${run?.id}/debtors`)
  const [handed] = body.result[0].collectionCases
  assert.equal(handed.openAmount, 154.5)
  const kinds = handed.debt.map(
    (debt: { maturityType: string; amount: number }) => `${debt.maturityType} ${debt.amount}`,
  )
  assert.deepEqual(kinds.toSorted(), [
    'NORMAL 29.9',
    'NORMAL 29.9',
    'NORMAL 5',
    'RESIDUAL 29.9',
    'RESIDUAL 29.9',
    'RESIDUAL 29.9',
  ])
  await assertLedgerWhole(app)
})
