import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { openTestApp, type TestApp } from '../../../test/support/app.ts'
import { listEvents } from '../../../test/support/records.ts'
import { day, monthly, months, percent, samplePlan } from '../../../test/support/samples/contract-plan.ts'
import { showClaims, signPlan } from '../../../test/support/scenes/contract-scene.ts'
import { addCustomer } from '../../../test/support/scenes/customers.ts'
import type { ContractPlan } from '../../membership-offers/index.ts'

let app: TestApp
before(async () => void (app = await openTestApp({ now: '2026-02-18T10:00:00+01:00' })))
after(() => app.close())

const contracts = async (customerId: number) => (await app.get(`/v1/customers/${customerId}/contracts`)).body
const ownContracts = async (customerId: number) =>
  (await app.get(`/v1/memberships/${customerId}/self-service/contract-data`)).body

/** The types of the events about a customer, in their order. */
const news = async (customerId: number) =>
  (await listEvents(app)).filter((event) => event.customerId === customerId).map(({ type }) => type)

async function signed(plan: ContractPlan) {
  const customerId = await addCustomer(app)
  return { customerId, contractId: await signPlan(app, customerId, plan) }
}

const byMonth = { type: 'TERM_EXTENSION', next: months(1) } as const

const byMonthAfterWeek = { extension: byMonth, cancelationPeriod: { value: 1, unit: 'WEEK' } } as const

describe('as time passes', () => {
  const month = { start: day('2026-01-31'), initialTerm: months(1) }
  const raise = { change: { type: 'RAISE', by: percent('5') }, firstAfter: months(1) } as const
  let rolling: Awaited<ReturnType<typeof signed>>
  let ending: typeof rolling
  let following: typeof rolling
  let stepping: typeof rolling

  before(async () => {
    rolling = await signed(samplePlan({ ...month, ...byMonthAfterWeek, frequency: monthly('29.90') }))
    ending = await signed(samplePlan({ ...month, extension: { type: 'NONE' } }))
    const later = samplePlan({ extension: byMonth, initialTerm: months(6), frequency: monthly('19.90') })
    const change = { extension: { type: 'SUBSEQUENT_RATE_DETAIL' }, subsequent: later } as const
    following = await signed(samplePlan({ ...month, ...byMonthAfterWeek, ...change }))
    const rate = { frequency: monthly('20.00'), ageAdjustments: [], priceRules: [raise] }
    stepping = await signed(samplePlan({ start: day('2026-02-01'), rate }))
  })

  test('a contract extends on the day after its deadline, and its claims reach on', async () => {
    const [early] = await contracts(rolling.customerId)
    assert.deepEqual([early.endDate, early.lastPossibleCancellationDate], ['2026-02-27', '2026-02-20'])
    const earlier = (await news(rolling.customerId)).length
    await app.travelTo('2026-02-21T00:00:00+01:00')
    const [extended] = await contracts(rolling.customerId)
    assert.deepEqual([extended.endDate, extended.lastPossibleCancellationDate], ['2026-03-30', '2026-03-23'])
    assert.deepEqual(await showClaims(app, rolling.contractId), [
      'SCHEDULED 2026-02-18 29.90',
      'SCHEDULED 2026-02-28 29.90',
    ])
    assert.deepEqual((await news(rolling.customerId)).slice(earlier), ['CONTRACT_UPDATED', 'CONTRACT_EXTENDED'])
  })

  test('an agreed price step is news on its day, and the current price shows it', async () => {
    const earlier = (await news(stepping.customerId)).length
    const [present] = await ownContracts(stepping.customerId)
    assert.equal(present.priceDetails.currentPrice.amount, 20)
    await app.travelTo('2026-03-01T00:00:00+01:00')
    const [stepped] = await ownContracts(stepping.customerId)
    const { basePrice, currentPrice } = stepped.priceDetails
    assert.deepEqual([basePrice.amount, currentPrice.amount], [20, 21])
    assert.deepEqual((await news(stepping.customerId)).slice(earlier), ['CONTRACT_UPDATED'])
    assert.deepEqual(stepped.availableCancelationDates.slice(0, 2), ['2027-01-31', '2027-02-28'])
  })

  test('a contract whose end was agreed is over, and its member a former one', async () => {
    const [over] = await contracts(ending.customerId)
    assert.deepEqual([over.endDate, over.contractStatus], ['2026-02-27', 'INACTIVE'])
    assert.equal((await app.get(`/v1/customers/${ending.customerId}`)).body.status, 'FORMER_MEMBER')
    const types = await news(ending.customerId)
    assert.equal(types.filter((type) => type === 'CONTRACT_ENDED').length, 1)
    assert.deepEqual((await app.get(`/v1/customers/${ending.customerId}/contracts?status=ACTIVE`)).body, [])
  })

  test('a later rate begins, with its name and its price', async () => {
    const [later] = await contracts(following.customerId)
    const { rateName, price, endDate, term } = later
    assert.deepEqual([rateName, price, endDate, term.periodValue], ['Flex', 19.9, '2026-08-27', 6])
    const claims = await showClaims(app, following.contractId)
    assert.deepEqual(claims.slice(1, 3), ['SCHEDULED 2026-02-28 19.90', 'SCHEDULED 2026-03-28 19.90'])
  })

  test('one jump over a month leaves what each day would have left', async () => {
    await app.travelTo('2026-04-01T12:00:00+02:00')
    assert.deepEqual(await showClaims(app, rolling.contractId), [
      'SCHEDULED 2026-02-18 29.90',
      'SCHEDULED 2026-02-28 29.90',
      'SCHEDULED 2026-03-31 29.90',
    ])
    const types = await news(rolling.customerId)
    assert.equal(types.filter((type) => type === 'CONTRACT_EXTENDED').length, 2)
  })
})
