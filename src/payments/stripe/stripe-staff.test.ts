import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openStaff, type Staff } from '../../../test/support/scenes/staff.ts'
import { openStripeScene, type StripeScene } from '../../../test/support/stripe/stripe-scene.ts'
import { paymentsModule } from '../index.ts'
import { configurePayments, connectStripe, listDisputes, refundPayment, showStripeAccount } from '../staff-api.ts'

let scene: StripeScene
let staff: Staff
before(async () => {
  scene = await openStripeScene()
  staff = openStaff(scene.app, paymentsModule)
})
after(() => scene.close())

const keys = { secretKey: 'sk_test_1', publishableKey: 'pk_test_1', webhookSecret: 'whsec_berlin' }
const refund = (paymentId: number, amount?: string) => {
  const body = amount === undefined ? {} : { amount }
  return [refundPayment, { paymentId }, { description: 'Goodwill', ...body }] as const
}
const countRefunds = () => scene.book.list('refund').length

test('staff connect an account, and learn what it can take; no key is answered', async () => {
  const { studioId } = scene.app.berlin
  assert.deepEqual(await staff.run(connectStripe, { studioId }, keys), {
    accountId: 'acct_1',
    live: false,
    chargesEnabled: true,
    methods: ['CREDIT_CARD', 'PAYPAL', 'IDEAL', 'BANCONTACT'],
    webhookUrl: `${scene.app.platform.config.publicUrl}/payment-gateway/webhooks/stripe/${studioId}`,
  })
})

test('staff see the account without its keys, and what payers contest', async () => {
  const { berlin, hamburg } = scene.app
  const shown = await staff.run(showStripeAccount, { studioId: berlin.studioId })
  assert.deepEqual([shown.accountId, shown.live, Object.keys(shown).length], ['acct_1', false, 4])
  const missing = await staff.refuse(showStripeAccount, { studioId: hamburg.studioId }, {})
  assert.equal(missing.code, 'errormessage.payment.accountMissing')
  const { customerId, paymentId, intentId } = await scene.paid()
  const providerRef = scene.book.dispute(intentId)
  await scene.deliver(scene.book.events.at(-1) ?? {})
  const open = { paymentId, customerId, providerRef, amount: '20.00', currency: 'EUR', state: 'OPEN' }
  assert.deepEqual(await staff.run(listDisputes, {}, { state: 'OPEN' }), { disputes: [open] })
  scene.book.closeDispute(providerRef, 'lost')
  await scene.deliver(scene.book.events.at(-1) ?? {})
  assert.deepEqual(await staff.run(listDisputes, {}, { state: 'OPEN' }), { disputes: [] })
  assert.deepEqual(await staff.run(listDisputes), { disputes: [{ ...open, state: 'LOST' }] })
})

test('keys that are none, that do not belong together or that Stripe refuses are not stored', async () => {
  const { studioId } = scene.app.berlin
  for (const [wrong, reference] of [
    [{ secretKey: 'pk_test_1' }, 'secretKey'],
    [{ secretKey: 'sk_test_99' }, 'secretKey'],
    [{ secretKey: 'sk_live_1' }, 'publishableKey'],
    [{ publishableKey: 'sk_test_1' }, 'publishableKey'],
    [{ webhookSecret: 'secret' }, 'webhookSecret'],
  ] as const) {
    const error = await staff.refuse(connectStripe, { studioId }, { ...keys, ...wrong })
    assert.deepEqual([error.status, error.details.reference], [400, reference])
    assert.ok(!JSON.stringify(error).includes(String(Object.values(wrong)[0])))
  }
  scene.stripe.faults.push({ call: /account/, kind: 'BROKEN' })
  assert.equal((await staff.refuse(connectStripe, { studioId }, keys)).status, 503)
})

test('a studio without an account cannot choose Stripe', async () => {
  const { studioId } = scene.app.hamburg
  const error = await staff.refuse(configurePayments, { studioId }, { provider: 'STRIPE' })
  assert.equal(error.code, 'errormessage.payment.accountMissing')
})

test('staff give a part back, then the rest, and never more than was paid', async () => {
  const { customerId, paymentId, intentId } = await scene.paid()
  await staff.run(...refund(paymentId, '5.00'))
  assert.equal(await scene.balance(customerId), '15.00')
  assert.equal((await staff.refuse(...refund(paymentId, '15.01'))).code, 'errormessage.account.amountTooLarge')
  await staff.run(...refund(paymentId))
  assert.equal(await scene.balance(customerId), '0.00')
  assert.equal(scene.book.findCharge(intentId)?.['amount_refunded'], 2000)
  assert.equal((await staff.refuse(...refund(paymentId))).code, 'errormessage.account.amountTooLarge')
  const before = countRefunds()
  const refunded = scene.book.events.findLast((each) => each['type'] === 'charge.refunded') ?? {}
  assert.equal((await scene.deliver(refunded)).status, 200)
  assert.deepEqual([await scene.balance(customerId), countRefunds()], ['0.00', before])
})

test('a refund whose answer was lost is booked once, by the repeat or by its event', async () => {
  for (const heal of ['REPEAT', 'EVENT'] as const) {
    const { customerId, paymentId } = await scene.paid()
    const before = countRefunds()
    scene.stripe.faults.push({ call: /POST \/v1\/refunds/, kind: 'LOST' })
    assert.equal((await staff.refuse(...refund(paymentId, '8.00'))).status, 503)
    assert.equal(await scene.balance(customerId), '20.00')
    const refunded = scene.book.events.findLast((each) => each['type'] === 'charge.refunded') ?? {}
    if (heal === 'REPEAT') await staff.run(...refund(paymentId, '8.00'))
    await scene.deliver(refunded)
    assert.deepEqual([await scene.balance(customerId), countRefunds()], ['12.00', before + 1])
  }
})

test('what was given back at Stripe meanwhile cannot be given back again', async () => {
  const { customerId, paymentId, intentId } = await scene.paid()
  scene.book.refund(intentId, 1500)
  const { code, details } = await staff.refuse(...refund(paymentId))
  const value = { amount: 5, currency: 'EUR' }
  assert.deepEqual([code, details.args], ['errormessage.account.amountTooLarge', [{ type: 'MONEY', value }]])
  assert.equal(await scene.balance(customerId), '20.00')
})

test('a payment that no provider has collected is not given back by one', async () => {
  const { paymentId, intentId } = await scene.paid()
  scene.book.dispute(intentId)
  await scene.deliver(scene.book.events.at(-1) ?? {})
  assert.equal((await staff.refuse(...refund(paymentId))).code, 'errormessage.payment.notCollected')
  assert.equal((await staff.refuse(...refund(1))).code, 'errormessage.payment.notFound')
})
