import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { addCharge } from '../../../test/support/scenes/collection-scene.ts'
import { addCustomer } from '../../../test/support/scenes/customers.ts'
import { connect, openStripeScene, type StripeScene } from '../../../test/support/stripe/stripe-scene.ts'
import { listClaims } from '../../accounts/index.ts'
import { journalEntries } from '../../accounts/tables.ts'
import { prepareRefund } from '../refunds.ts'
import { providerEvents } from '../tables.ts'

let scene: StripeScene
before(async () => void (scene = await openStripeScene()))
after(() => scene.close())

const ecom = { scope: 'ECOM', amount: 20 }
const lastEvent = (type: string) => scene.book.events.findLast((each) => each['type'] === type) ?? {}
const countEntries = () => scene.app.read(async ({ db }) => (await db.select().from(journalEntries)).length)
const countEvents = () => scene.app.read(async ({ db }) => (await db.select().from(providerEvents)).length)

/** Delivers the newest event of a type twice: the second one changes nothing. */
async function deliverTwice(type: string) {
  const event = lastEvent(type)
  assert.equal((await scene.deliver(event)).status, 200)
  const before = [await countEntries(), await countEvents()]
  assert.equal((await scene.deliver(event)).status, 200)
  assert.deepEqual([await countEntries(), await countEvents()], before)
}

/** A customer has paid; the provider has not been asked for the money yet. */
async function addBooked() {
  const customerId = await addCustomer(scene.app)
  const { token, clientSecret, goOn } = await scene.begin({ ...ecom, customerId })
  const { id } = scene.book.confirm(clientSecret, 'pm_card_visa')
  await goOn()
  const { headers } = await scene.use(customerId, token)
  return { customerId, paymentId: Number(headers['x-palestra-payment-id']), intentId: String(id) }
}

const findState = async (paymentId: number) => (await scene.findPayment(paymentId))?.state

test('a payment that was taken is settled by its event', async () => {
  const { paymentId, intentId } = await addBooked()
  scene.book.capture(intentId)
  await deliverTwice('payment_intent.succeeded')
  assert.equal(await findState(paymentId), 'SETTLED')
})

test('a card that is declined in the fields of Stripe fails the request, even where its page is gone', async () => {
  const { payer, token, clientSecret } = await scene.begin(ecom)
  const intent = scene.book.confirm(clientSecret, 'pm_card_chargeDeclinedInsufficientFunds')
  await deliverTwice('payment_intent.payment_failed')
  const { status, failureReason } = (await payer.send('GET', `/payments/${token}`)).body
  assert.deepEqual([status, failureReason, intent['status']], ['FAILED', 'INSUFFICIENT_COVERING', 'canceled'])
})

test('ten declined cards lock the session, also where only events say so', async () => {
  const first = await scene.begin(ecom)
  const { payer } = first
  let { clientSecret } = first
  for (let n = 1; n <= 10; n++) {
    scene.book.confirm(clientSecret, 'pm_card_chargeDeclined')
    assert.equal((await scene.deliver(lastEvent('payment_intent.payment_failed'))).status, 200)
    if (n < 10) clientSecret = (await payer.pay({ paymentMethod: 'CREDIT_CARD' })).answer.body.nextAction.clientSecret
  }
  const { body } = await payer.send('POST', '/payment-requests')
  assert.equal(body.errorCode, 'errormessage.paymentSession.locked')
})

test('a card that was stored can be used, even where its page is gone', async () => {
  const { payer, token, clientSecret } = await scene.begin({ scope: 'MEMBER_ACCOUNT', amount: 0 })
  scene.book.confirm(clientSecret, 'pm_card_visa')
  await deliverTwice('setup_intent.succeeded')
  const { status, paymentInstrumentDetails } = (await payer.send('GET', `/payments/${token}`)).body
  assert.deepEqual([status, paymentInstrumentDetails.last4], ['PREAUTHED', '4242'])
})

test('money that was given back at Stripe is gone from the account, each part once', async () => {
  const { customerId, intentId } = await scene.paid()
  scene.book.refund(intentId, 500)
  await deliverTwice('charge.refunded')
  assert.equal(await scene.balance(customerId), '15.00')
  scene.book.refund(intentId, 300)
  scene.book.refund(intentId, undefined)
  await deliverTwice('charge.refunded')
  assert.equal(await scene.balance(customerId), '0.00')
})

for (const [status, event] of [
  ['failed', 'refund.failed'],
  ['canceled', 'refund.updated'],
] as const) {
  test(`a refund that was ${status} days later is the customer's again, and can be made anew`, async () => {
    const { customerId, paymentId, intentId } = await scene.paid()
    const [lost, kept] = [scene.book.refund(intentId, 800), scene.book.refund(intentId, 200)]
    await deliverTwice('charge.refunded')
    assert.equal(await scene.balance(customerId), '10.00')
    scene.book.failRefund(String(lost['id']), status)
    await deliverTwice(event)
    await deliverTwice('refund.updated')
    assert.equal(await scene.balance(customerId), '18.00')
    const again = prepareRefund({ paymentId, amount: '8.00', description: 'Goodwill' })
    await scene.app.write(again)
    assert.equal(await scene.balance(customerId), '10.00')
    const made = scene.book.list('refund').filter((each) => each['payment_intent'] === intentId)
    assert.deepEqual(
      made.map((each) => [each['amount'], each['status']]),
      [
        [800, status],
        [Number(kept['amount']), 'succeeded'],
        [800, 'succeeded'],
      ],
    )
  })
}

test('a refund whose failure is read before anything else moves nothing', async () => {
  const { customerId, intentId } = await scene.paid()
  const refund = scene.book.refund(intentId, 800)
  scene.book.failRefund(String(refund['id']))
  await deliverTwice('refund.failed')
  await deliverTwice('charge.refunded')
  assert.equal(await scene.balance(customerId), '20.00')
})

test('a refund that has failed settles what the payment had settled', async () => {
  const { customerId, paymentId, intentId } = await scene.paid()
  const claimId = await addCharge(scene.app, customerId, '20.00')
  assert.equal(await scene.balance(customerId), '0.00')
  const refund = scene.book.refund(intentId, undefined)
  await deliverTwice('charge.refunded')
  assert.equal(await scene.balance(customerId), '-20.00')
  // Money that comes in otherwise would settle it first.
  const older = await addCharge(scene.app, customerId, '20.00', '2026-05-01')
  scene.book.failRefund(String(refund['id']))
  await deliverTwice('refund.failed')
  assert.equal(await scene.balance(customerId), '-20.00')
  const open = await scene.app.read(({ db }) => listClaims(db, [claimId, older]))
  assert.deepEqual(
    open.map(({ id, openAmount }) => [id, openAmount]).toSorted(([a], [b]) => Number(a) - Number(b)),
    [
      [claimId, 0n],
      [older, 2000n],
    ],
  )
  assert.equal((await scene.findPayment(paymentId))?.state, 'SETTLED')
})

test('a dispute takes the money, and nothing more when it is lost', async () => {
  const { customerId, paymentId, intentId } = await scene.paid()
  const dispute = scene.book.dispute(intentId)
  await deliverTwice('charge.dispute.created')
  assert.equal(await scene.balance(customerId), '0.00')
  const { state, rejectionReason } = (await scene.findPayment(paymentId)) ?? {}
  assert.deepEqual([state, rejectionReason], ['REVERSED', 'CHARGED_BACK'])
  scene.book.closeDispute(dispute, 'lost')
  await deliverTwice('charge.dispute.closed')
  assert.equal(await scene.balance(customerId), '0.00')
})

test('a dispute that was won brings the money back, as a new payment', async () => {
  const { customerId, intentId } = await scene.paid()
  const dispute = scene.book.dispute(intentId)
  await deliverTwice('charge.dispute.created')
  scene.book.closeDispute(dispute, 'won')
  await deliverTwice('charge.dispute.closed')
  assert.equal(await scene.balance(customerId), '20.00')
})

test('a dispute about a part takes that part, and gives it back', async () => {
  const { customerId, paymentId, intentId } = await scene.paid()
  const dispute = scene.book.dispute(intentId, { amount: 750 })
  await deliverTwice('charge.dispute.created')
  assert.deepEqual([await scene.balance(customerId), await findState(paymentId)], ['12.50', 'SETTLED'])
  scene.book.closeDispute(dispute, 'won')
  await deliverTwice('charge.dispute.closed')
  assert.equal(await scene.balance(customerId), '20.00')
})

test('an inquiry of a bank moves no money', async () => {
  const { customerId, intentId } = await scene.paid()
  const inquiry = scene.book.dispute(intentId, { status: 'warning_needs_response' })
  await deliverTwice('charge.dispute.created')
  scene.book.closeDispute(inquiry, 'warning_closed')
  await deliverTwice('charge.dispute.closed')
  assert.equal(await scene.balance(customerId), '20.00')
})

test('events that come in the wrong order do what they would have done in the right one', async () => {
  for (const [outcome, balance] of [
    ['won', '20.00'],
    ['lost', '0.00'],
  ] as const) {
    const { customerId, intentId } = await scene.paid()
    scene.book.closeDispute(scene.book.dispute(intentId), outcome)
    await deliverTwice('charge.dispute.closed')
    await deliverTwice('charge.dispute.created')
    assert.equal(await scene.balance(customerId), balance)
  }
})

test('a dispute of money whose capture no event has announced settles the payment first', async () => {
  const { customerId, paymentId, intentId } = await addBooked()
  scene.book.capture(intentId)
  scene.book.dispute(intentId)
  await deliverTwice('charge.dispute.created')
  assert.deepEqual([await scene.balance(customerId), await findState(paymentId)], ['0.00', 'REVERSED'])
})

test('events that were lost are found by the hourly check', async () => {
  const { customerId, intentId } = await scene.paid()
  scene.book.dispute(intentId)
  await scene.pass(61)
  assert.equal(await scene.balance(customerId), '0.00')
})

test('money that comes after its payment was given up goes back', async () => {
  const { customerId, paymentId, intentId } = await addBooked()
  scene.book.stall(intentId)
  await scene.pass(25 * 60)
  assert.equal(await findState(paymentId), 'FAILED')
  scene.book.finish(intentId)
  await deliverTwice('payment_intent.succeeded')
  assert.equal(scene.book.findCharge(intentId)?.['amount_refunded'], 2000)
  await deliverTwice('charge.refunded')
  assert.deepEqual([await scene.balance(customerId), await findState(paymentId)], ['0.00', 'FAILED'])
})

test('an event whose thing cannot be asked for is refused, and takes effect when it is sent again', async () => {
  const { customerId, intentId } = await scene.paid()
  scene.book.dispute(intentId)
  const event = lastEvent('charge.dispute.created')
  scene.stripe.faults.push({ call: /disputes/, kind: 'BROKEN' })
  assert.equal((await scene.deliver(event)).status, 503)
  assert.equal(await scene.balance(customerId), '20.00')
  assert.equal((await scene.deliver(event)).status, 200)
  assert.equal(await scene.balance(customerId), '0.00')
})

test('an event of another type is received, and does nothing', async () => {
  const event = { ...lastEvent('payment_intent.succeeded'), id: 'evt_other', type: 'customer.created' }
  assert.equal((await scene.deliver(event)).status, 200)
  assert.equal((await scene.deliver({ id: 'evt_odd', type: 'charge.refunded', data: { object: {} } })).status, 200)
})

test('a signature that is wrong, old or of another body is refused', async () => {
  const { customerId, intentId } = await scene.paid()
  scene.book.dispute(intentId)
  const event = lastEvent('charge.dispute.created')
  const { app } = scene
  const unsigned = app.sendRaw('POST', `/payment-gateway/webhooks/stripe/${app.berlin.studioId}`, {
    headers: { 'content-type': 'application/json' },
    payload: JSON.stringify(event),
  })
  const refused = [
    await scene.deliver(event, { secret: 'whsec_guessed' }),
    await scene.deliver(event, { ageSeconds: 301 }),
    await scene.deliver(event, { signed: '{}' }),
    await unsigned,
  ]
  assert.deepEqual(
    refused.map(({ status }) => status),
    [400, 400, 400, 400],
  )
  assert.equal((await scene.deliver(event, { studio: app.hamburg })).status, 404)
  assert.equal(await scene.balance(customerId), '20.00')
})

test('another tenant cannot move money here, with events that it signs itself', async () => {
  const { app, stripe } = scene
  const { stranger } = app
  const { customerId, paymentId, intentId } = await scene.paid()
  const foreign = { secretKey: stripe.addAccount().key, webhookSecret: 'whsec_stranger' }
  await connect(app, foreign, stranger)
  scene.book.dispute(intentId)
  const event = lastEvent('charge.dispute.created')
  assert.equal((await scene.deliver(event, { studio: stranger, secret: 'whsec_stranger' })).status, 200)
  assert.equal((await scene.deliver(event, { secret: 'whsec_stranger' })).status, 400)
  assert.deepEqual([await scene.balance(customerId), await findState(paymentId)], ['20.00', 'SETTLED'])
})

test('a sister studio cannot move money of this one either', async () => {
  const { app, stripe } = scene
  const { customerId, intentId } = await scene.paid()
  await connect(app, { secretKey: stripe.addAccount().key, webhookSecret: 'whsec_hamburg' }, app.hamburg)
  scene.book.dispute(intentId)
  const event = lastEvent('charge.dispute.created')
  assert.equal((await scene.deliver(event, { studio: app.hamburg, secret: 'whsec_hamburg' })).status, 200)
  assert.equal(await scene.balance(customerId), '20.00')
})
