import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createOnlineOffer } from './offers.ts'
import { listCustomerClaims } from '../accounts/index.ts'
import { withdrawSharing } from '../customers/index.ts'
import { openTestApp, type TestApp } from '../../test/support/app.ts'
import { listEvents } from '../../test/support/records.ts'
import { assertLedgerWhole, selectAccount } from '../../test/support/scenes/accounts.ts'
import { addCustomer } from '../../test/support/scenes/customers.ts'
import {
  addCodedContract,
  addOnlineOffer,
  buyOffer,
  type CodedContract,
} from '../../test/support/scenes/offer-scene.ts'
import { addToken, payByToken } from '../../test/support/scenes/payment-scene.ts'
import { listPasses } from './pass-store.ts'

const date = (text: string) => Temporal.PlainDate.from(text)
const onAccount = { price: '15', allowOnAccount: true } as const

const listed = async (app: TestApp, query = '') => {
  const { body } = await app.get(`/v1/online-offers/purchasable${query}`)
  return { names: body.result.map(({ name }: { name: string }) => name), hasNext: body.hasNext, offset: body.offset }
}

test('a studio lists what it sells today, in its order, slice by slice', async () => {
  await using app = await openTestApp()
  const ids = await app.write(async (work) => {
    const added: number[] = []
    for (let n = 0; n < 12; n++) {
      const length = { periodOfUseValue: 1, periodOfUseUnit: 'DAY' } as const
      const offer = { studioId: app.berlin.studioId, name: `Pass ${n}`, position: 100 - n, ...length }
      added.push(await createOnlineOffer(work, offer))
    }
    return added
  })
  const never = { name: 'Never', position: 0 }
  for (const changes of [{ active: false }, { saleTo: date('2026-06-14') }, { saleFrom: date('2026-06-16') }]) {
    const offerId = await addOnlineOffer(app, { ...never, ...changes })
    const { status, body } = await app.get(`/v1/online-offers/purchasable/${offerId}`)
    assert.deepEqual([status, body.errorCode], [404, 'errormessage.onlineOffer.notFound'])
  }
  await addOnlineOffer(app, never, app.hamburg)
  const first = await listed(app, '?sliceSize=10')
  assert.deepEqual([first.names[0], first.names.length, first.hasNext, first.offset], ['Pass 11', 10, true, '10'])
  assert.deepEqual(await listed(app, '?sliceSize=10&offset=10'), {
    names: ['Pass 1', 'Pass 0'],
    hasNext: false,
    offset: '20',
  })
  const { body } = await app.get(`/v1/online-offers/purchasable/${ids[0]}`)
  assert.deepEqual(body, {
    onlineOfferId: ids[0],
    name: 'Pass 0',
    quantity: 1,
    periodOfUse: { value: 1, unit: 'DAY' },
    type: 'CHECK_IN_BASED',
  })
  assert.equal((await app.get(`/v1/online-offers/purchasable/${ids[0]}`, { as: app.hamburg })).status, 404)
})

test('a free pass is bought at once, whatever token comes along', async () => {
  await using app = await openTestApp()
  const customerId = await addCustomer(app)
  const onlineOfferId = await addOnlineOffer(app, { price: '0', quantity: 3, periodOfUseValue: 3 })
  const { status, body } = await buyOffer(app, { onlineOfferId, customerId, paymentRequestToken: 'none of ours' })
  assert.equal(status, 200)
  const { onlineOfferPurchaseId, ...bought } = body
  assert.deepEqual(bought, {
    onlineOfferId,
    name: 'Day pass',
    price: { amount: 0, currency: 'EUR' },
    purchaseDate: '2026-06-15',
    validFrom: '2026-06-15',
    validTo: '2026-06-17',
    quantity: 3,
    remainingQuantity: 3,
  })
  const event = (await listEvents(app)).at(-1)
  assert.deepEqual(
    [event?.type, event?.entityId, event?.content],
    ['ONLINE_OFFER_PURCHASED', customerId, { onlineOfferPurchaseId, onlineOfferId }],
  )
})

test('a price waits on the account where the offer allows it, due today; else it takes a token', async () => {
  await using app = await openTestApp()
  const customerId = await addCustomer(app)
  const onlineOfferId = await addOnlineOffer(app, { ...onAccount, name: 'Card of ten', quantity: 10 })
  assert.equal((await buyOffer(app, { onlineOfferId, customerId, paymentRequestToken: ' ' })).status, 200)
  const upcoming = await app.get(`/v1/customers/${customerId}/account/transactions/upcoming`)
  const [{ dueDate, description, amount, openAmount }] = upcoming.body.result
  const price = { amount: 15, currency: 'EUR' }
  assert.deepEqual([dueDate, description, amount, openAmount], ['2026-06-15', 'Card of ten', price, price])
  await assertLedgerWhole(app)
  const paid = await addOnlineOffer(app, { price: '15' })
  const without = await buyOffer(app, { onlineOfferId: paid, customerId })
  assert.deepEqual([without.status, without.body.reference], [400, 'paymentRequestToken'])
  for (const offerId of [paid, onlineOfferId]) {
    const unknown = await buyOffer(app, { onlineOfferId: offerId, customerId, paymentRequestToken: 'prt_unknown' })
    assert.deepEqual(
      [unknown.status, unknown.body.errorCode, unknown.body.args],
      [400, 'errormessage.paymentToken.invalid', ['UNKNOWN']],
    )
  }
  assert.equal((await app.read(({ db }) => listCustomerClaims(db, customerId))).length, 1)
})

const account = (app: TestApp, customerId: number) =>
  app.read(async ({ db }) => {
    const claims = await listCustomerClaims(db, customerId)
    return claims.map(({ amount, openAmount }) => [Number(amount), Number(openAmount)])
  })

test('a token pays exactly the price, once, and leaves credit of the account alone', async () => {
  await using app = await openTestApp()
  const customerId = await addCustomer(app)
  await payByToken(app, { token: (await addToken(app, { customerId })).token, customerId, amount: '20.00' })
  const onlineOfferId = await addOnlineOffer(app, { ...onAccount, perCustomerLimit: 1 })
  const buy = (paymentRequestToken: string) => buyOffer(app, { onlineOfferId, customerId, paymentRequestToken })
  const wrong = await buy((await addToken(app, { customerId, amount: '14.99' })).token)
  assert.deepEqual([wrong.status, wrong.body.errorCode], [400, 'errormessage.paymentToken.amountMismatch'])
  const { token } = await addToken(app, { customerId, amount: '15.00' })
  const bought = await buy(token)
  assert.equal(bought.status, 200)
  assert.deepEqual(await account(app, customerId), [[15, 0]])
  const { balance } = await app.read(({ db }) => selectAccount(db, customerId))
  assert.equal(balance.minor, 2000n)
  const [pass] = await app.read(({ db }) => listPasses(db, customerId))
  assert.ok(pass?.paymentId)
  const again = await buyOffer(app, {
    onlineOfferId: await addOnlineOffer(app, onAccount),
    customerId,
    paymentRequestToken: token,
  })
  assert.deepEqual([again.status, again.body.args], [400, ['ALREADY_USED']])
  await assertLedgerWhole(app)
})

test('a known card that is declined buys nothing, and a refused purchase leaves the token as it was', async () => {
  await using app = await openTestApp()
  const customerId = await addCustomer(app)
  const onlineOfferId = await addOnlineOffer(app, { price: '15', perCustomerLimit: 1 })
  const buy = (paymentRequestToken: string) => buyOffer(app, { onlineOfferId, customerId, paymentRequestToken })
  const poor = await addToken(app, { customerId, amount: '15.00', stored: true, behaviour: 'FAILS_LATER' })
  const declined = await buy(poor.token)
  assert.deepEqual([declined.status, declined.body.errorCode], [400, 'errormessage.payment.declined'])
  assert.deepEqual(await app.read(({ db }) => listPasses(db, customerId)), [])
  const known = await addToken(app, { customerId, amount: '15.00', stored: true, identity: poor.identity })
  assert.equal((await buy(known.token)).status, 200)
  const { token } = await addToken(app, { customerId, amount: '15.00' })
  assert.equal((await buy(token)).body.errorCode, 'errormessage.onlineOffer.limitReached')
  await app.travelTo('2026-06-15T09:30:00+02:00')
  const other = await addOnlineOffer(app, { price: '15' })
  const used = await buyOffer(app, { onlineOfferId: other, customerId, paymentRequestToken: token })
  assert.equal(used.status, 200)
  assert.deepEqual(await account(app, customerId), [
    [15, 0],
    [15, 0],
  ])
  await assertLedgerWhole(app)
})

test('the session that pays may be one of the home studio, while another studio sells', async () => {
  await using app = await openTestApp()
  const customerId = await addCustomer(app, {}, { studio: app.hamburg })
  const onlineOfferId = await addOnlineOffer(app, { price: '15' })
  const { token } = await addToken(app, { customerId, amount: '15.00', studio: app.hamburg })
  const { status, body } = await buyOffer(app, { onlineOfferId, customerId, paymentRequestToken: token })
  assert.deepEqual([status, body.price], [200, { amount: 15, currency: 'EUR' }])
  await assertLedgerWhole(app)
})

test('a customer of another studio buys at the studio of the key, and both keys see the pass', async () => {
  await using app = await openTestApp()
  const customerId = await addCustomer(app, {}, { studio: app.hamburg })
  const onlineOfferId = await addOnlineOffer(app)
  const older = await buyOffer(app, { onlineOfferId, customerId })
  const other = await addOnlineOffer(app, {}, app.hamburg)
  const newer = await buyOffer(app, { onlineOfferId: other, customerId }, app.hamburg)
  for (const as of [app.berlin, app.hamburg]) {
    const { body } = await app.get(`/v1/online-offers/${customerId}/purchased`, { as })
    assert.deepEqual(body, [newer.body, older.body])
  }
  const stranger = await app.get(`/v1/online-offers/${customerId}/purchased`, { as: app.stranger })
  assert.deepEqual([stranger.status, stranger.body.errorCode], [404, 'errormessage.customer.notFound'])
})

test('the first thing that speaks against a purchase is the answer, and nothing is stored', async () => {
  await using app = await openTestApp()
  const customerId = await addCustomer(app)
  const onlineOfferId = await addOnlineOffer(app, { perCustomerLimit: 1 })
  const refusal = async (wish: object, as = app.berlin) => {
    const { status, body } = await buyOffer(app, wish, as)
    return [status, body.errorCode?.replace('errormessage.', ''), body.reference]
  }
  const sold = [400, 'onlineOffer.notPurchasable', 'onlineOfferId']
  assert.deepEqual(await refusal({ onlineOfferId: 1, customerId: 1 }), sold)
  assert.deepEqual(await refusal({ onlineOfferId, customerId }, app.hamburg), sold)
  assert.deepEqual(await refusal({ onlineOfferId, customerId: 1 }), [404, 'customer.notFound', undefined])
  const invalid = [400, 'onlineOffer.validFromInvalid', 'validFrom']
  assert.deepEqual(await refusal({ onlineOfferId, customerId, validFrom: '2026-06-14' }), invalid)
  assert.deepEqual(await refusal({ onlineOfferId, customerId, validFrom: '2027-06-16' }), invalid)
  assert.equal((await buyOffer(app, { onlineOfferId, customerId, validFrom: '2027-06-15' })).status, 200)
  assert.deepEqual(await refusal({ onlineOfferId, customerId }), [400, 'onlineOffer.limitReached', 'customerId'])
  const { integrationId } = app.berlin
  await app.write((work) => withdrawSharing(work, customerId, integrationId))
  assert.deepEqual(await refusal({ onlineOfferId, customerId }), [404, 'customer.notFound', undefined])
  assert.equal((await app.get(`/v1/online-offers/${customerId}/purchased`)).status, 404)
})

test('an expired pass does not count towards the limit, a used-up one does', async () => {
  await using app = await openTestApp()
  const customerId = await addCustomer(app)
  const onlineOfferId = await addOnlineOffer(app, { perCustomerLimit: 1 })
  const buy = async () => (await buyOffer(app, { onlineOfferId, customerId })).status
  assert.deepEqual([await buy(), await buy()], [200, 400])
  await app.travelTo('2026-06-15T23:59:59+02:00')
  assert.equal(await buy(), 400)
  await app.travelTo('2026-06-16T00:00:00+02:00')
  assert.equal(await buy(), 200)
})

const code = 'Tier: Premium'
const contractsInForce: readonly [string, boolean, CodedContract][] = [
  ['running', true, { start: '2026-01-01', end: '2026-12-31' }],
  ['on its last day', true, { start: '2026-01-01', end: '2026-06-15' }],
  ['over', false, { start: '2026-01-01', end: '2026-06-14' }],
  ['extended', true, { start: '2025-01-01', end: '2026-01-01', extends: true }],
  ['to come', false, { start: '2026-06-16', end: '2026-12-31' }],
  ['used before it starts', true, { start: '2026-07-01', end: '2026-12-31', preUse: '2026-06-15' }],
  ['canceled to yesterday', false, { start: '2026-01-01', end: '2026-12-31', canceledTo: '2026-06-14' }],
  ['canceled to today', true, { start: '2026-01-01', end: '2026-12-31', canceledTo: '2026-06-15' }],
  ['voided', false, { start: '2026-01-01', end: '2026-12-31', voided: true }],
  ['of another rate since today', false, { start: '2026-01-01', end: '2026-12-31', leavesOn: '2026-06-15' }],
  ['of another rate from tomorrow on', true, { start: '2026-01-01', end: '2026-12-31', leavesOn: '2026-06-16' }],
]

test('an offer for a rate code is sold to customers whose contract has it today', async () => {
  await using app = await openTestApp()
  const onlineOfferId = await addOnlineOffer(app, { requiredRateCode: code })
  for (const [what, eligible, contract] of contractsInForce) {
    const customerId = await addCustomer(app)
    assert.equal((await buyOffer(app, { onlineOfferId, customerId })).status, 400, what)
    await addCodedContract(app, customerId, 'Tier: Basic', { start: '2026-01-01', end: '2026-12-31' })
    await addCodedContract(app, customerId, code, contract)
    const { status, body } = await buyOffer(app, { onlineOfferId, customerId })
    assert.deepEqual(
      [status, body.errorCode],
      eligible ? [200, undefined] : [400, 'errormessage.onlineOffer.notEligible'],
      what,
    )
  }
})
