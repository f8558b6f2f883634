import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type DemoApp, openDemoApp } from '../../../test/support/demo-app.ts'
import { memberIds } from '../people/members.ts'

let app: DemoApp
before(async () => {
  app = await openDemoApp()
})
after(() => app.close())

const buy = (onlineOfferId: number, customerId: number) =>
  app.post('/v1/online-offers/purchase', { onlineOfferId, customerId })

test('the demo sells a day pass, a pass of three days and a card of ten; guests of Premium members pay nothing', async () => {
  const { body } = await app.get('/v1/online-offers/purchasable')
  assert.deepEqual(
    body.result.map(({ onlineOfferId, name, price }: any) => [onlineOfferId, name, price.amount]),
    [
      [401, '1 day pass', 15],
      [402, '3 day pass', 35],
      [403, '10-visit card', 120],
      [404, 'Guest pass', 0],
    ],
  )
})

test('a card of ten is bought on account, and shows among the passes of the customer', async () => {
  const { status, body } = await buy(403, 1002)
  assert.equal(status, 200)
  const purchased = (await app.get('/v1/online-offers/1002/purchased')).body
  assert.deepEqual([purchased[0], purchased[1].onlineOfferPurchaseId], [body, 411])
  assert.equal((await buy(401, 1002)).body.reference, 'paymentRequestToken')
})

test('a guest pass is for members whose rate has the code, and once at a time', async () => {
  const codes = await Promise.all(
    memberIds.slice(0, 40).map(async (customerId) => {
      const { status, body } = await buy(404, customerId)
      return status === 200 ? 'bought' : body.errorCode
    }),
  )
  assert.deepEqual(new Set(codes), new Set(['bought', 'errormessage.onlineOffer.notEligible']))
  const premium = memberIds[codes.indexOf('bought')] ?? 0
  assert.equal((await buy(404, premium)).body.errorCode, 'errormessage.onlineOffer.limitReached')
})
