import assert from 'node:assert/strict'
import { test } from 'node:test'
import { listCustomerClaims } from '../../src/accounts/index.ts'
import { openTestApp, outOfTurn, type TestApp } from '../support/app.ts'
import { addCustomer } from '../support/scenes/customers.ts'
import { addOnlineOffer, buyOffer } from '../support/scenes/offer-scene.ts'
import { addToken } from '../support/scenes/payment-scene.ts'
import { runUnlocked } from '../support/unlocked.ts'
import { assertBooksWhole } from '../support/scenes/money-whole.ts'

// A customer buys by one unit at a time: what a unit has counted holds until it has stored its own pass.

async function buyAtOnce(app: TestApp) {
  const customerId = await addCustomer(app)
  const onlineOfferId = await addOnlineOffer(app, { price: '15', allowOnAccount: true, perCustomerLimit: 2 })
  const answers = await Promise.all(Array.from({ length: 5 }, () => buyOffer(app, { onlineOfferId, customerId })))
  const { body } = await app.get(`/v1/online-offers/${customerId}/purchased`)
  return {
    bought: answers.filter(({ status }) => status === 200).length,
    refused: answers.filter(({ body: each }) => each.errorCode === 'errormessage.onlineOffer.limitReached').length,
    stored: body.length,
    claims: (await app.read(({ db }) => listCustomerClaims(db, customerId))).length,
  }
}

test('of five purchases at once as many succeed as a customer may have, each charged once', async () => {
  await using app = await openTestApp(outOfTurn)
  assert.deepEqual(await buyAtOnce(app), { bought: 2, refused: 3, stored: 2, claims: 2 })
  await assertBooksWhole(app)
})

test('control: without locks a customer gets more than the limit', async () => {
  await runUnlocked({ pauseBefore: /^insert into "online_offer_purchases"/ }, async (app) => {
    const { stored } = await buyAtOnce(app)
    assert.ok(stored > 2, `${stored}`)
  })
})

async function useTokenTwice(app: TestApp) {
  const customerId = await addCustomer(app)
  const onlineOfferId = await addOnlineOffer(app, { price: '15' })
  const { token } = await addToken(app, { customerId, amount: '15.00' })
  const wish = { onlineOfferId, customerId, paymentRequestToken: token }
  const answers = await Promise.all(Array.from({ length: 4 }, () => buyOffer(app, wish)))
  const { body } = await app.get(`/v1/online-offers/${customerId}/purchased`)
  return { bought: answers.filter(({ status }) => status === 200).length, stored: body.length }
}

test('one token buys one pass, whichever call is first', async () => {
  await using app = await openTestApp(outOfTurn)
  assert.deepEqual(await useTokenTwice(app), { bought: 1, stored: 1 })
  await assertBooksWhole(app)
})
