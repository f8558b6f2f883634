import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { addCustomer } from '../../../test/support/scenes/customers.ts'
import { openStripeScene, type StripeScene } from '../../../test/support/stripe/stripe-scene.ts'
import { ApiError } from '../../platform/errors/errors.ts'
import { prepareRefund } from '../refunds.ts'

// What Stripe sends and what units commit overtake each other; the books are the same in every order.

let scene: StripeScene
before(async () => void (scene = await openStripeScene()))
after(() => scene.close())

const refund = (paymentId: number, amount = '8.00') =>
  scene.app.write(prepareRefund({ paymentId, amount, description: 'Goodwill' }))
const refusal = (call: Promise<unknown>) =>
  call.then(
    () => undefined,
    (error: unknown) => (error instanceof ApiError ? error.code : error),
  )
const deliverLast = async (type: string) => {
  const event = scene.book.events.findLast((each) => each['type'] === type) ?? {}
  assert.equal((await scene.deliver(event)).status, 200)
}
/** Holds the answer to the next such call back until something else is done. */
const hold = (call: RegExp, until: () => Promise<unknown>) => scene.stripe.faults.push({ call, kind: 'HELD', until })
const listRefunds = (intentId: string) =>
  scene.book.list('refund').filter((each) => each['payment_intent'] === intentId)
const failLast = (intentId: string) => scene.book.failRefund(String(listRefunds(intentId).at(-1)?.['id']))
const standing = (intentId: string) => listRefunds(intentId).map((each) => [each['amount'], each['status']])

test('a refund whose failure is received before it is booked is refused, and can be made anew', async () => {
  const { customerId, paymentId, intentId } = await scene.paid()
  hold(/GET \/v1\/refunds\/re_/, async () => {
    failLast(intentId)
    await deliverLast('refund.failed')
  })
  assert.equal(await refusal(refund(paymentId)), 'errormessage.payment.refundFailed')
  assert.equal(await scene.balance(customerId), '20.00')
  await refund(paymentId)
  assert.equal(await scene.balance(customerId), '12.00')
  assert.deepEqual(standing(intentId), [
    [800, 'failed'],
    [800, 'succeeded'],
  ])
})

test('a refund that has failed when its answer comes is refused, however often it is asked for', async () => {
  const { customerId, paymentId, intentId } = await scene.paid()
  for (let n = 1; n <= 3; n++) {
    hold(/POST \/v1\/refunds/, async () => failLast(intentId))
    assert.equal(await refusal(refund(paymentId)), 'errormessage.payment.refundFailed')
    assert.equal(listRefunds(intentId).length, n)
    await deliverLast('refund.failed')
    assert.equal(await scene.balance(customerId), '20.00')
  }
  await refund(paymentId)
  assert.equal(await scene.balance(customerId), '12.00')
})

test('a refund whose answer was lost and that fails before it is asked for again is refused once, then made anew', async () => {
  const { customerId, paymentId, intentId } = await scene.paid()
  scene.stripe.faults.push({ call: /POST \/v1\/refunds/, kind: 'LOST' })
  assert.equal(await refusal(refund(paymentId)), 'errormessage.payment.providerUnavailable')
  failLast(intentId)
  assert.equal(await refusal(refund(paymentId)), 'errormessage.payment.refundFailed')
  await refund(paymentId)
  await deliverLast('refund.failed')
  assert.equal(await scene.balance(customerId), '12.00')
  assert.deepEqual(standing(intentId), [
    [800, 'failed'],
    [800, 'succeeded'],
  ])
})

test('an event that was read while a refund stood and takes effect after its failure books nothing', async () => {
  const { customerId, intentId } = await scene.paid()
  scene.book.refund(intentId, 800)
  hold(/GET \/v1\/refunds$/, async () => {
    failLast(intentId)
    await deliverLast('refund.failed')
  })
  await deliverLast('charge.refunded')
  assert.equal(await scene.balance(customerId), '20.00')
})

test('an event that was read while a dispute was open and takes effect after the studio has won takes nothing', async () => {
  const { customerId, paymentId, intentId } = await scene.paid()
  const dispute = scene.book.dispute(intentId)
  hold(/GET \/v1\/disputes/, async () => {
    scene.book.closeDispute(dispute, 'won')
    await deliverLast('charge.dispute.closed')
  })
  await deliverLast('charge.dispute.created')
  assert.equal(await scene.balance(customerId), '20.00')
  assert.equal((await scene.findPayment(paymentId))?.state, 'SETTLED')
})

/** A payer has paid by a bank that gives the money at once; nothing is booked yet. */
async function addTaken() {
  const customerId = await addCustomer(scene.app)
  const choice = { paymentMethod: 'IDEAL' }
  const { token, clientSecret, goOn } = await scene.begin({ scope: 'ECOM', amount: 20, customerId }, choice)
  const { id } = scene.book.confirm(clientSecret, 'pm_bank')
  await goOn()
  return { customerId, token, intentId: String(id) }
}

test('what happens to money before its payment is booked is done once it is', async () => {
  const { customerId, token, intentId } = await addTaken()
  scene.book.refund(intentId, 300)
  await deliverLast('charge.refunded')
  scene.book.refund(intentId, 200)
  failLast(intentId)
  await deliverLast('refund.failed')
  scene.book.dispute(intentId, { amount: 500 })
  await deliverLast('charge.dispute.created')
  await deliverLast('charge.dispute.created')
  assert.equal((await scene.use(customerId, token)).status, 200)
  await scene.pass()
  assert.equal(await scene.balance(customerId), '12.00')
  await scene.pass(61)
  assert.equal(await scene.balance(customerId), '12.00')
})

test('a silent Stripe is asked again what has become of money whose event came too early', async () => {
  const { customerId, token, intentId } = await addTaken()
  scene.book.dispute(intentId)
  await deliverLast('charge.dispute.created')
  await scene.use(customerId, token)
  scene.stripe.faults.push({ call: /GET \/v1\/refunds$/, kind: 'BROKEN' })
  await scene.pass()
  assert.equal(await scene.balance(customerId), '20.00')
  await scene.pass(11)
  assert.equal(await scene.balance(customerId), '0.00')
})

test('money that comes while its payment is given up goes back', async () => {
  const customerId = await addCustomer(scene.app)
  const { token, clientSecret, goOn } = await scene.begin({ scope: 'ECOM', amount: 20, customerId })
  const { id } = scene.book.confirm(clientSecret, 'pm_card_visa')
  await goOn()
  const { headers } = await scene.use(customerId, token)
  scene.book.stall(String(id))
  await scene.pass()
  scene.book.finish(String(id))
  hold(/GET \/v1\/payment_intents/, async () => undefined)
  hold(/GET \/v1\/payment_intents/, async () => {
    const silence = Array.from({ length: 100 }, () => ({ call: /GET \/v1\/payment_intents/, kind: 'BROKEN' }) as const)
    scene.stripe.faults.push(...silence)
    await scene.pass(25 * 60)
    scene.stripe.faults.splice(0)
  })
  await deliverLast('payment_intent.succeeded')
  const payment = await scene.findPayment(Number(headers['x-palestra-payment-id']))
  assert.equal(payment?.state, 'FAILED')
  assert.equal(scene.book.findCharge(String(id))?.['amount_refunded'], 2000)
  assert.equal(await scene.balance(customerId), '0.00')
})
