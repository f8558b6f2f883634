import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'drizzle-orm'
import { addCustomer } from '../../../test/support/scenes/customers.ts'
import { allowPayments, card, openPayer } from '../../../test/support/scenes/gateway-scene.ts'
import { openStripeScene, type StripeScene } from '../../../test/support/stripe/stripe-scene.ts'

let scene: StripeScene
before(async () => void (scene = await openStripeScene()))
after(() => scene.close())

const ecom = { scope: 'ECOM', amount: 20 }
const intents = (status?: string) =>
  scene.book.list('payment_intent').filter((each) => status === undefined || each['status'] === status)
const countCalls = (call: string) => scene.stripe.calls.filter((each) => each.call === call).length

test('a session offers what the account takes, and names the key that a page needs', async () => {
  const { body } = await (await openPayer(scene.app, ecom)).send('GET', '/session')
  assert.deepEqual(body.paymentMethods, ['CREDIT_CARD', 'PAYPAL', 'IDEAL', 'BANCONTACT'])
  assert.deepEqual([body.provider, body.publishableKey], ['STRIPE', 'pk_test_1'])
})

test('from the session to the money: the payer pays Stripe, and the account is paid', async () => {
  const { app, book, stripe } = scene
  const customerId = await addCustomer(app)
  const { payer, token, answer, clientSecret, goOn } = await scene.begin({ ...ecom, amount: 15.95, customerId })
  assert.equal(answer['status'], 'PENDING_AUTHENTICATION')
  const { type, provider, publishableKey, intent: kind } = answer['nextAction']
  assert.deepEqual([type, provider, publishableKey, kind], ['ELEMENTS', 'STRIPE', 'pk_test_1', 'PAYMENT'])
  assert.deepEqual((await goOn())['nextAction'], answer['nextAction'])
  const intent = book.confirm(clientSecret, 'pm_card_visa')
  assert.equal((await goOn())['status'], 'PREAUTHED')
  const { paymentInstrumentDetails } = (await payer.send('GET', `/payments/${token}`)).body
  const details = { type: 'CREDIT_CARD', holder: 'Mara Lindner', brand: 'Visa', last4: '4242', expiry: '2034-12' }
  assert.deepEqual(paymentInstrumentDetails, details)
  const { status, headers } = await scene.use(customerId, token, 15.95)
  assert.equal(status, 200)
  await scene.pass()
  const payment = await scene.findPayment(Number(headers['x-palestra-payment-id']))
  assert.equal(payment?.state, 'SETTLED')
  assert.deepEqual([intent['status'], intent['amount'], intent['currency']], ['succeeded', 1595, 'eur'])
  assert.equal(intent['metadata'].provider_key, payment?.providerKey)
  assert.ok(stripe.calls.some(({ call, key }) => call === 'POST /v1/payment_intents' && key === payment?.providerKey))
  assert.equal(await scene.balance(customerId), '15.95')
})

test('a card that is typed into our own page is refused, and goes nowhere', async () => {
  const before = scene.stripe.calls.length
  const { answer } = await (await openPayer(scene.app, ecom)).pay(card('4242424242424242'))
  assert.deepEqual([answer.status, answer.body.errorCode], [400, 'errormessage.payment.cardNotAccepted'])
  assert.equal(scene.stripe.calls.length, before)
})

test('a declined card fails the request with its reason, and nobody can use its charge again', async () => {
  for (const [token, reason] of [
    ['pm_card_chargeDeclined', 'AUTHORIZATION_DECLINED'],
    ['pm_card_chargeDeclinedInsufficientFunds', 'INSUFFICIENT_COVERING'],
    ['pm_card_chargeDeclinedExpiredCard', 'CARD_EXPIRED'],
    ['pm_card_chargeDeclinedStolenCard', 'FRAUD'],
  ] as const) {
    const { clientSecret, goOn } = await scene.begin(ecom)
    const intent = scene.book.confirm(clientSecret, token)
    const { status, failureReason } = await goOn()
    assert.deepEqual([status, failureReason], ['FAILED', reason])
    assert.equal(intent['status'], 'canceled')
  }
})

test('a challenge of the bank is waited for, and declined or approved', async () => {
  const approved = await scene.begin(ecom)
  scene.book.confirm(approved.clientSecret, 'pm_card_authenticationRequired')
  assert.equal((await approved.goOn())['status'], 'PENDING_AUTHENTICATION')
  scene.book.answerChallenge(approved.clientSecret, true)
  assert.equal((await approved.goOn())['status'], 'PREAUTHED')
  const declined = await scene.begin(ecom)
  scene.book.confirm(declined.clientSecret, 'pm_card_authenticationRequired')
  scene.book.answerChallenge(declined.clientSecret, false)
  const { status, failureReason } = await declined.goOn()
  assert.deepEqual([status, failureReason], ['FAILED', 'AUTHORIZATION_DECLINED'])
})

/** Stores a card as the way of paying of a new customer. */
async function addStored(cardToken: string) {
  const { app, book } = scene
  const customerId = await addCustomer(app)
  const { token, clientSecret, answer, goOn } = await scene.begin({ scope: 'MEMBER_ACCOUNT', amount: 0, customerId })
  assert.equal(answer['nextAction'].intent, 'SETUP')
  book.confirm(clientSecret, cardToken)
  assert.equal((await goOn())['status'], 'PREAUTHED')
  const path = `/v1/customers/${customerId}/account/payment-instrument`
  assert.equal((await app.post(path, { paymentRequestToken: token })).status, 200)
  const payer = await openPayer(app, { ...ecom, customerId })
  const [stored] = (await payer.send('GET', '/session')).body.paymentInstruments
  const { paymentInstrumentToken } = stored
  const chosen = await payer.pay({ paymentMethod: 'CREDIT_CARD', paymentInstrumentToken })
  assert.equal(chosen.answer.body.status, 'PREAUTHED')
  return { customerId, token: chosen.token }
}

test('a stored card is charged later, without its payer', async () => {
  const { customerId, token } = await addStored('pm_card_visa')
  assert.equal((await scene.use(customerId, token)).status, 200)
  const charged = intents().at(-1)
  assert.deepEqual([charged?.['off_session'], charged?.['status']], ['true', 'requires_capture'])
  await scene.pass()
  assert.equal(charged?.['status'], 'succeeded')
})

test('a stored card that is declined later books nothing', async () => {
  const { customerId, token } = await addStored('pm_card_chargeCustomerFail')
  const { status, body } = await scene.use(customerId, token)
  assert.deepEqual([status, body.errorCode], [400, 'errormessage.payment.declined'])
  assert.equal(await scene.balance(customerId), '0.00')
})

test('a silent Stripe is 503 with a time to wait, and the same request begins one charge', async () => {
  const payer = await openPayer(scene.app, ecom)
  for (const kind of ['REFUSED', 'LOST', 'BROKEN'] as const) {
    const before = intents().length
    const { body: begun } = await payer.send('POST', '/payment-requests')
    scene.stripe.faults.push({ call: /POST \/v1\/payment_intents$/, kind })
    const send = () => payer.send('POST', `/payments/${begun.token}`, { paymentMethod: 'CREDIT_CARD' })
    const silent = await send()
    assert.deepEqual([silent.status, silent.body.errorCode], [503, 'errormessage.payment.providerUnavailable'])
    assert.equal(silent.headers['retry-after'], '10')
    assert.equal((await send()).body.status, 'PENDING_AUTHENTICATION')
    assert.equal(intents().length, before + 1)
  }
})

test('a stored card whose charge was not answered is charged once when the operation is repeated', async () => {
  const { customerId, token } = await addStored('pm_card_visa')
  const before = intents().length
  scene.stripe.faults.push({ call: /POST \/v1\/payment_intents$/, kind: 'LOST' })
  assert.equal((await scene.use(customerId, token)).status, 503)
  assert.equal((await scene.use(customerId, token)).status, 200)
  assert.equal(intents().length, before + 1)
})

test('a crash between the capture and its answer takes the money once', async () => {
  for (const kind of ['LOST', 'REFUSED', 'BROKEN'] as const) {
    const customerId = await addCustomer(scene.app)
    const { token, clientSecret, goOn } = await scene.begin({ ...ecom, customerId })
    const intent = scene.book.confirm(clientSecret, 'pm_card_visa')
    await goOn()
    const { headers } = await scene.use(customerId, token)
    const paymentId = Number(headers['x-palestra-payment-id'])
    scene.stripe.faults.push({ call: /capture$/, kind })
    await scene.pass()
    await scene.pass(2)
    assert.equal((await scene.findPayment(paymentId))?.state, 'SETTLED')
    assert.equal(scene.book.list('charge').filter((each) => each['payment_intent'] === intent['id']).length, 1)
  }
})

test('a charge that was canceled at Stripe is a payment that has failed', async () => {
  const customerId = await addCustomer(scene.app)
  const { token, clientSecret, goOn } = await scene.begin({ ...ecom, customerId })
  const { id } = scene.book.confirm(clientSecret, 'pm_card_visa')
  await goOn()
  const { headers } = await scene.use(customerId, token)
  scene.book.cancel(String(id))
  await scene.pass()
  assert.equal((await scene.findPayment(Number(headers['x-palestra-payment-id'])))?.state, 'FAILED')
  assert.equal(await scene.balance(customerId), '0.00')
})

test('what nobody uses is let go of: held money is released, money that was taken is given back', async () => {
  const held = await scene.begin(ecom)
  const card = scene.book.confirm(held.clientSecret, 'pm_card_visa')
  await held.goOn()
  const bank = await scene.begin(ecom, { paymentMethod: 'IDEAL' })
  const { id } = scene.book.confirm(bank.clientSecret, 'pm_bank')
  assert.equal((await bank.goOn())['status'], 'PREAUTHED')
  const stored = await scene.begin({ scope: 'MEMBER_ACCOUNT', amount: 0 })
  const setup = scene.book.confirm(stored.clientSecret, 'pm_card_visa')
  await stored.goOn()
  await scene.pass(61)
  assert.equal(card['status'], 'canceled')
  assert.equal(scene.book.findCharge(String(id))?.['amount_refunded'], 2000)
  assert.equal(scene.book.get(String(setup['payment_method']))['customer'], null)
})

test('a bank that gives the money at once has nothing to be collected later', async () => {
  const customerId = await addCustomer(scene.app)
  const { token, clientSecret, goOn } = await scene.begin({ ...ecom, customerId }, { paymentMethod: 'IDEAL' })
  scene.book.confirm(clientSecret, 'pm_bank')
  await goOn()
  const before = countCalls('POST /v1/refunds')
  const { headers } = await scene.use(customerId, token)
  await scene.pass()
  assert.equal((await scene.findPayment(Number(headers['x-palestra-payment-id'])))?.state, 'SETTLED')
  assert.equal(countCalls('POST /v1/refunds'), before)
})

test('another provider takes over: what was authorised with the one before ends', async () => {
  const customerId = await addCustomer(scene.app)
  const { token, clientSecret, goOn } = await scene.begin({ ...ecom, customerId })
  scene.book.confirm(clientSecret, 'pm_card_visa')
  await goOn()
  await allowPayments(scene.app, { provider: 'SANDBOX' })
  const { body } = await scene.use(customerId, token)
  assert.deepEqual([body.errorCode, body.args], ['errormessage.paymentToken.invalid', ['EXPIRED']])
  await allowPayments(scene.app, { provider: 'STRIPE' })
})

test('no key stands readable in a row or in the audit log', async () => {
  for (const table of ['stripe_accounts', 'payment_settings', 'audit_log', 'outbox_events']) {
    const rows = await scene.app.read(({ db }) =>
      db.select({ row: sql<string>`row_to_json(t)::text` }).from(sql`${sql.identifier(table)} t`),
    )
    for (const { row } of rows) {
      for (const text of ['sk_test_1', scene.secret]) {
        assert.ok(!String(row).includes(text) && !String(row).includes(Buffer.from(text).toString('hex')))
      }
    }
  }
})

test('the page of this studio lets the program of Stripe in, and no other page does', async () => {
  const { app } = scene
  const load = async (query: string) => (await app.sendRaw('GET', `/payment-gateway/pay${query}`, {})).headers
  const policy = async (query: string) => String((await load(query))['content-security-policy'])
  const named = ({ tenantId, studioId } = app.berlin) => `?tenant=${tenantId}&studio=${studioId}`
  assert.match(
    await policy(named()),
    /script-src 'self' https:\/\/js\.stripe\.com .*frame-src https:\/\/js\.stripe\.com/,
  )
  assert.match(await policy(named()), /frame-ancestors 'none'/)
  for (const query of ['', named(app.hamburg), named({ ...app.berlin, tenantId: app.stranger.tenantId })]) {
    assert.doesNotMatch(await policy(query), /stripe|unsafe/)
  }
})
