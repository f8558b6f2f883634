import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  type BuyingContract,
  findModuleStart,
  judgePurchase,
  type SoldModule,
  type TrialWish,
} from './purchase-rules.ts'

const day = (text: string) => Temporal.PlainDate.from(text)
const today = day('2026-06-15')
const running: BuyingContract = {
  today,
  start: today,
  periodStart: day('2026-07-01'),
  isCanceled: false,
  rateId: 1,
  moduleIds: new Set(),
}
/** Seven free days, then a month. */
const drinks: SoldModule = {
  id: 7,
  isSoldOnline: true,
  hasTerm: true,
  startRule: 'IMMEDIATE',
  hasTrial: true,
  multipleAllowed: false,
  rateIds: [],
  findEnd: (start, withTrial) => start.add({ days: withTrial ? 7 : 0 }).add({ months: 1 }),
}
const judge = (contract: Partial<BuyingContract> = {}, module: Partial<SoldModule> = {}, trial?: TrialWish) =>
  judgePurchase({ ...drinks, ...module }, { ...running, ...contract }, trial).replace('ADDITIONAL_MODULE_', '')

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
  const trial = { isWished: true, wasUsed: false }
  assert.equal(judge(canceledTo('2026-07-20'), {}, trial), 'CONTRACT_INVALID_STATUS')
  assert.equal(judge(canceledTo('2026-07-21'), {}, trial), 'PURCHASABLE')
})

test('a module that waits for the next billing period needs a contract that lasts until then', () => {
  const waiting = { startRule: 'NEXT_MAIN_PERIOD' } as const
  assert.equal(findModuleStart({ ...drinks, ...waiting }, running).toString(), '2026-07-01')
  assert.equal(findModuleStart(drinks, running).toString(), '2026-06-15')
  assert.equal(judge({ lastDay: day('2026-06-30') }, waiting), 'CONTRACT_INVALID_STATUS')
  assert.equal(judge({ lastDay: day('2026-07-01') }, waiting), 'PURCHASABLE')
})

test('a module of other rates is not for sale, and one that the contract has is only where it may be had twice', () => {
  assert.equal(judge({}, { rateIds: [2] }), 'NOT_ONLINE_PURCHASABLE')
  assert.equal(judge({}, { rateIds: [1, 2] }), 'PURCHASABLE')
  assert.equal(judge({ rateId: undefined }, { rateIds: [1] }), 'NOT_ONLINE_PURCHASABLE')
  const owned = { moduleIds: new Set([7]) }
  assert.equal(judge(owned), 'CONTRACT_ALREADY_PURCHASED')
  assert.equal(judge(owned, { multipleAllowed: true }), 'PURCHASABLE')
})

test('of several reasons against a purchase the first one is the answer: module, contract, sale, possession, trial', () => {
  const contract: Partial<BuyingContract> = { lastDay: day('2026-06-01'), moduleIds: new Set([7]) }
  const module = { isSoldOnline: false, hasTrial: false }
  const trial = { isWished: true, wasUsed: true }
  assert.equal(judgePurchase(undefined, { ...running, ...contract }, trial), 'ADDITIONAL_MODULE_NOT_FOUND')
  assert.equal(judge(contract, module, trial), 'CONTRACT_INVALID_STATUS')
  const { lastDay: _over, ...lasting } = contract
  assert.equal(judge(lasting, module, trial), 'NOT_ONLINE_PURCHASABLE')
  assert.equal(judge(lasting, { hasTrial: false }, trial), 'CONTRACT_ALREADY_PURCHASED')
  assert.equal(judge({}, { hasTrial: false }, { isWished: true, wasUsed: false }), 'TRIAL_PERIOD_NOT_BOOKABLE')
  assert.equal(judge({}, {}, trial), 'TRIAL_PERIOD_NOT_BOOKABLE')
  assert.equal(judge({}, {}, { isWished: false, wasUsed: true }), 'PURCHASABLE')
})
