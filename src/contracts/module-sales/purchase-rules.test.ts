import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type BuyingContract, judgePurchase, type SoldModule } from './purchase-rules.ts'

const day = (text: string) => Temporal.PlainDate.from(text)
const judge = (contract: Partial<BuyingContract> = {}, module: Partial<SoldModule> = {}) => {
  const running = { today: day('2026-06-15'), start: day('2026-01-01'), isCanceled: false, rateId: 1 }
  const drinks = {
    id: 7,
    multipleAllowed: false,
    rateIds: [],
    findEnd: (start: Temporal.PlainDate) => start.add({ months: 1 }),
  }
  const status = judgePurchase({ ...drinks, ...module }, { ...running, moduleIds: new Set(), ...contract })
  return status.replace('ADDITIONAL_MODULE_', '')
}

test('a module is bought to a contract that runs, will run, or ends some day', () => {
  assert.equal(judge(), 'PURCHASABLE')
  assert.equal(judge({ start: day('2026-09-01') }), 'PURCHASABLE')
  assert.equal(judge({ lastDay: day('2026-06-15') }), 'PURCHASABLE')
  assert.equal(judge({ lastDay: day('2026-06-14') }), 'CONTRACT_INVALID_STATUS')
})

test('a canceled contract must last as long as the module', () => {
  const canceledTo = (text: string) => ({ lastDay: day(text), isCanceled: true })
  assert.equal(judge(canceledTo('2026-07-14')), 'PURCHASABLE')
  assert.equal(judge(canceledTo('2026-07-13')), 'CONTRACT_INVALID_STATUS')
  assert.equal(judge({ ...canceledTo('2026-09-29'), start: day('2026-09-01') }), 'CONTRACT_INVALID_STATUS')
  assert.equal(judge({ ...canceledTo('2026-09-30'), start: day('2026-09-01') }), 'PURCHASABLE')
})

test('a module of other rates is not for sale, and one that the contract has is only where it may be had twice', () => {
  assert.equal(judge({}, { rateIds: [2] }), 'NOT_ONLINE_PURCHASABLE')
  assert.equal(judge({}, { rateIds: [1, 2] }), 'PURCHASABLE')
  assert.equal(judge({ rateId: undefined }, { rateIds: [1] }), 'NOT_ONLINE_PURCHASABLE')
  const owned = { moduleIds: new Set([7]) }
  assert.equal(judge(owned), 'CONTRACT_ALREADY_PURCHASED')
  assert.equal(judge(owned, { multipleAllowed: true }), 'PURCHASABLE')
})
