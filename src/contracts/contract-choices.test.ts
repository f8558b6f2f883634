import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { eq } from 'drizzle-orm'
import { openTestApp, type TestApp } from '../../test/support/app.ts'
import { signSold } from '../../test/support/scenes/contract-scene.ts'
import { addCustomer } from '../../test/support/scenes/customers.ts'
import { openStaff, type Staff } from '../../test/support/scenes/staff.ts'
import { membershipOffersModule } from '../membership-offers/index.ts'
import * as api from '../membership-offers/staff-api.ts'
import { contractCancelations, contracts, idlePeriods, subContracts } from './tables.ts'

const english = { 'accept-language': 'en' }
const month = { value: 1, unit: 'MONTH' }
const monthly = { type: 'RECURRING', term: month, price: '29.90' }
const pauses = { enabled: true, temporalUnit: 'MONTH', maxTerms: 6, feeType: 'ABSOLUTE', amount: '5.00' }
const day = (text: string) => Temporal.PlainDate.from(text)

let app: TestApp
let staff: Staff
before(async () => {
  app = await openTestApp()
  staff = openStaff(app, membershipOffersModule)
})
after(() => app.close())

const addRate = async (name: string): Promise<number> => (await staff.run(api.rates.import, {}, { name })).rateId
const addOffer = async (rateId: number, more: object = {}): Promise<number> => {
  const term = { term: { value: 12, unit: 'MONTH' }, paymentFrequency: monthly, extensionType: 'NONE' }
  const offer = { rateId, name: 'Offer', description: 'All', terms: [term], ...more }
  return (await staff.run(api.offers.import, {}, offer)).offerId
}
const addSwitch = async (name: string, more: object) => {
  const config = { name, studioIds: [app.berlin.studioId], ...more }
  return (await staff.run(api.switches.import, {}, config)).configId as number
}

/** A contract of Berlin from 2026-01-01 to 2026-12-31, which is final. */
async function sign(rateId: number, more: Parameters<typeof signSold>[1] | object = {}) {
  const customerId = await addCustomer(app)
  const contractId = await signSold(app, { customerId, rateId, ...more })
  return { customerId, contractId }
}
const cancel = (contractId: number, state: 'PENDING' | 'EFFECTIVE', toDate: string) =>
  app.write(({ tx, now }) =>
    tx.insert(contractCancelations).values({
      contractId,
      kind: 'ORDINARY',
      origin: 'CUSTOMER',
      receiptDate: day('2026-06-01'),
      toDate: day(toDate),
      state,
      createdAt: now,
      updatedAt: now,
    }),
  )
const switches = (customerId: number, query = '') =>
  app.get(`/v1/memberships/${customerId}/membership-switch/configs${query}`, { headers: english })

test('a customer switches from the rate of a contract that runs or will run, and is not canceled', async () => {
  const [basic, other] = [await addRate('Basic'), await addRate('Other')]
  const destination = await addOffer(other)
  const configId = await addSwitch('Upgrade', {
    bannerText: 'More',
    sourceRateIds: [basic, other],
    destinationOfferIds: [destination],
  })
  await addSwitch('Closed', { sourceRateIds: [basic], destinationOfferIds: [destination], active: false })
  await addSwitch('Elsewhere', {
    sourceRateIds: [basic],
    destinationOfferIds: [destination],
    studioIds: [app.hamburg.studioId],
  })
  const { customerId, contractId } = await sign(basic)
  assert.deepEqual((await switches(customerId)).body, [
    {
      id: configId,
      name: 'Upgrade',
      presentation: { bannerText: 'More' },
      sourceContracts: [{ id: basic, rateName: 'Basic' }],
    },
  ])
  const future = await sign(basic, { start: '2026-09-01' })
  assert.equal((await switches(future.customerId)).body.length, 1)
  const ended = await sign(basic, { start: '2025-01-01' })
  assert.deepEqual((await switches(ended.customerId)).body, [])
  await cancel(contractId, 'PENDING', '2026-12-31')
  assert.deepEqual((await switches(customerId)).body, [])
  const path = `/v1/memberships/${customerId}/membership-switch/configs/${configId}`
  assert.equal((await app.get(path)).body.errorCode, 'errormessage.membershipSwitchConfig.notFound')
})

test('a switch shows the offers at its end in its order, published or not, as long as they can be signed', async () => {
  const rateId = await addRate('From')
  const [second, first] = [await addOffer(rateId, { name: 'Second' }), await addOffer(rateId, { name: 'First' })]
  const over = await addOffer(rateId, { limitedFrom: '2025-01-01', limitedTo: '2025-02-01' })
  const closed = await addOffer(rateId, { active: false })
  const configId = await addSwitch('Change', {
    sourceRateIds: [rateId],
    destinationOfferIds: [first, over, closed, second],
  })
  const { customerId } = await sign(rateId)
  const shown = await app.get(`/v1/memberships/${customerId}/membership-switch/configs/${configId}`)
  assert.equal(shown.status, 200, shown.text)
  assert.deepEqual(
    shown.body.destinationMembershipOffers.map(({ name }: { name: string }) => name),
    ['First', 'Second'],
  )
  assert.equal((await app.get(`/v1/memberships/membership-offers/${first}`)).status, 200)
  assert.equal((await app.get(`/v1/memberships/membership-offers/${over}`)).status, 404)
})

test('a customer may switch in another studio of the integration, with its prices, and in no other', async () => {
  const rateId = await addRate('Wandering')
  const term = { term: { value: 12, unit: 'MONTH' }, paymentFrequency: monthly, extensionType: 'NONE' }
  const studioPrices = [{ studioId: app.hamburg.studioId, paymentFrequency: { ...monthly, price: '34.90' } }]
  const offerId = await addOffer(rateId, { terms: [{ ...term, studioPrices }] })
  const configId = await addSwitch('Move', {
    sourceRateIds: [rateId],
    destinationOfferIds: [offerId],
    studioIds: [app.hamburg.studioId],
  })
  const { customerId } = await sign(rateId)
  assert.deepEqual((await switches(customerId)).body, [])
  const query = `?studioId=${app.hamburg.studioId}`
  assert.equal((await switches(customerId, query)).body[0].id, configId)
  const path = `/v1/memberships/${customerId}/membership-switch/configs/${configId}${query}`
  const [offer] = (await app.get(path)).body.destinationMembershipOffers
  assert.equal(offer.terms[0].paymentFrequency.price.amount, 34.9)
  const unknown = await switches(customerId, `?studioId=${app.stranger.studioId}`)
  assert.deepEqual([unknown.status, unknown.body.errorCode], [404, 'errormessage.studio.notFound'])
})

test('modules that are sold online are listed by name, with their prices and a picture', async () => {
  const drinks = {
    name: 'Zumba drinks',
    extensionType: 'NEW',
    term: month,
    extensionTerm: month,
    cancelationPeriod: { value: 2, unit: 'WEEK' },
    trialTerm: { value: 7, unit: 'DAY' },
    onlineBookable: true,
    paymentFrequencies: [{ paymentFrequency: monthly }],
  }
  const { moduleId } = await staff.run(api.modules.import, {}, drinks)
  for (const hidden of [
    { onlineBookable: false },
    { active: false },
    { paymentFrequencies: [] },
    { studioId: app.hamburg.studioId },
    { term: undefined, extensionTerm: undefined, extensionType: 'NONE' },
  ])
    await staff.run(api.modules.import, {}, { ...drinks, ...hidden })
  const { body } = await app.get('/v1/memberships/self-service/additional-modules')
  assert.equal(body.length, 1)
  const [{ imageUrl, paymentFrequencies, ...module }] = body
  assert.match(imageUrl, /^data:image\/svg\+xml;base64,/)
  assert.deepEqual(paymentFrequencies[0].price, { amount: 29.9, currency: 'EUR' })
  assert.deepEqual(module, {
    id: moduleId,
    name: 'Zumba drinks',
    termInformation: {
      term: month,
      extension: {
        extensionType: 'NEW',
        termExtension: month,
        extensionCancelationPeriod: { value: 2, unit: 'WEEK' },
      },
      cancelationPeriod: { value: 2, unit: 'WEEK' },
    },
    trialPeriodConfig: { term: { value: 7, unit: 'DAY' } },
    rateCodes: [],
  })
})

test('a contract may buy what it does not have, and sees no trial that its customer had before', async () => {
  const path = '/v1/memberships/self-service/additional-modules'
  const [{ id: moduleId }] = (await app.get(path)).body
  const { contractId, customerId } = await sign(await addRate('Buyer'))
  const purchasable = (id: number) => app.get(`/v1/memberships/${id}/self-service/additional-modules/purchasable`)
  assert.equal((await purchasable(contractId)).body[0].trialPeriodConfig.term.value, 7)
  const sold = await app.write(async ({ tx, now }) => {
    const module = { contractId, kind: 'MODULE', origin: 'ADDITIONAL', moduleId, name: 'Drinks' } as const
    const trial = { trialTermValue: 7, trialTermUnit: 'DAY' } as const
    const stamps = { createdAt: now, updatedAt: now }
    const row = { ...module, ...trial, startDate: day('2026-06-01'), snapshot: { name: 'Drinks' }, ...stamps }
    const [added] = await tx.insert(subContracts).values(row).returning({ id: subContracts.id })
    return added?.id ?? 0
  })
  assert.deepEqual((await purchasable(contractId)).body, [])
  const second = await signSold(app, { customerId, rateId: await addRate('Second') })
  assert.equal((await purchasable(second)).body[0].trialPeriodConfig, undefined)
  await app.write(({ tx, now }) => tx.update(subContracts).set({ voidedAt: now }).where(eq(subContracts.id, sold)))
  assert.equal((await purchasable(contractId)).body.length, 1)
  await cancel(contractId, 'EFFECTIVE', '2026-06-30')
  assert.deepEqual((await purchasable(contractId)).body, [])
  await app.write(({ tx, now }) => tx.update(contracts).set({ voidedAt: now }).where(eq(contracts.id, second)))
  const gone = await purchasable(second)
  assert.deepEqual([gone.status, gone.body.errorCode], [404, 'errormessage.contract.notFound'])
})

test('reasons to cancel are those of the studio that members may choose, in its order', async () => {
  const add = (name: string, more: object = {}) =>
    staff.run(api.createCancelationReason, {}, { studioId: app.berlin.studioId, name, ...more })
  const { cancelationReasonId } = await add('Second', { position: 2 })
  await add('First', { position: 1 })
  await add('Goodwill', { visibleOnline: false })
  await add('Old', { active: false })
  await add('Elsewhere', { studioId: app.hamburg.studioId })
  const list = async () =>
    (await app.get('/v1/memberships/self-service/contract-cancelation-reasons')).body.map(
      (reason: { cancelationReasonName: string }) => reason.cancelationReasonName,
    )
  assert.deepEqual(await list(), ['First', 'Second'])
  await staff.run(api.updateCancelationReason, { cancelationReasonId }, { position: 0, name: 'Moving away' })
  assert.deepEqual(await list(), ['Moving away', 'First'])
})

test('a contract pauses by the rules with which it was signed, and never while it pauses', async () => {
  const rateId = await addRate('Pausing')
  const { policyId } = await staff.run(api.idlePolicies.import, {}, pauses)
  const policy = { ...(await staff.run(api.idlePolicies.show, { policyId })), amountPerUnit: null, percentage: null }
  const { contractId } = await sign(rateId, { idlePolicy: policy })
  const read = (id: number) => app.get(`/v1/memberships/${id}/self-service/idle-periods/config`)
  await staff.run(api.createIdleReason, {}, { studioId: app.berlin.studioId, name: 'Illness', documentRequired: true })
  const { body, text } = await read(contractId)
  assert.equal(body.firstPossibleStartDate, '2026-07-01', text)
  assert.deepEqual(body.idlePeriodFee, { amount: 5, currency: 'EUR' })
  assert.deepEqual(body.freeTerms, { value: 0, unit: 'MONTH' })
  assert.deepEqual([body.idlePeriodCreationStatus, body.idlePeriodReasons[0].name], ['READ', 'Illness'])
  await app.write(({ tx, now }) =>
    tx.insert(idlePeriods).values({
      contractId,
      startDate: day('2026-07-01'),
      endDate: day('2026-08-31'),
      state: 'PENDING_VERIFICATION',
      policySnapshot: policy,
      createdAt: now,
      updatedAt: now,
    }),
  )
  assert.equal((await read(contractId)).body.firstPossibleStartDate, '2026-09-01')
  const relative = { ...policy, feeType: 'RELATIVE', amount: null, percentage: '10' }
  const other = await sign(rateId, { idlePolicy: relative })
  assert.deepEqual((await read(other.contractId)).body.idlePeriodFee, { amount: 2.99, currency: 'EUR' })
  const none = await read((await sign(rateId)).contractId)
  assert.deepEqual([none.status, none.body.errorCode], [404, 'errormessage.idlePolicy.notFound'])
})
