import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'drizzle-orm'
import { openTestApp, type TestApp } from '../../../test/support/app.ts'
import { addCustomer } from '../../../test/support/scenes/customers.ts'
import { allowPayments, browse, card, mandate, openPayer } from '../../../test/support/scenes/gateway-scene.ts'
import { paymentInstruments } from '../tables.ts'

let app: TestApp
before(async () => {
  app = await openTestApp()
  await allowPayments(app, { allowedOrigins: ['https://gym.example'] })
})
after(() => app.close())

const ecom = { scope: 'ECOM', amount: 20 }
const member = { scope: 'MEMBER_ACCOUNT', amount: 0 }

test('a payer pays by card: begin a request, choose, and it is authorised', async () => {
  const payer = await openPayer(app, ecom)
  const { body: session } = await payer.send('GET', '/session')
  assert.deepEqual(session.amount, { amount: 20, currency: 'EUR' })
  assert.deepEqual(session.paymentMethods, ['CREDIT_CARD', 'PAYPAL', 'IDEAL', 'BANCONTACT'])
  const { token, answer } = await payer.pay(card('4242 4242 4242 4242'))
  assert.equal(answer.status, 200)
  assert.equal(answer.body.status, 'PREAUTHED')
  assert.deepEqual(answer.body.paymentInstrumentDetails, {
    type: 'CREDIT_CARD',
    holder: 'Mara Lindner',
    brand: 'Visa',
    last4: '4242',
    expiry: '2030-12',
  })
  assert.equal((await payer.send('GET', `/payments/${token}`)).body.status, 'PREAUTHED')
  assert.equal((await payer.send('PUT', `/payments/${token}/authenticate`)).body.status, 'PREAUTHED')
})

test('a declined card fails with its reason, and the next attempt may succeed', async () => {
  const payer = await openPayer(app, ecom)
  const poor = await payer.pay(card('4000000000009995'))
  assert.deepEqual([poor.answer.body.status, poor.answer.body.failureReason], ['FAILED', 'INSUFFICIENT_COVERING'])
  assert.equal((await payer.pay(card('5555555555554444'))).answer.body.status, 'PREAUTHED')
})

test('a card that wants a challenge waits until the payer has approved it', async () => {
  const payer = await openPayer(app, ecom)
  const { token, answer } = await payer.pay(card('4000002760003184'))
  assert.equal(answer.body.status, 'PENDING_AUTHENTICATION')
  const { pathname } = new URL(answer.body.nextAction.url)
  assert.match(answer.body.nextAction.type, /CHALLENGE/)
  const waiting = await payer.send('PUT', `/payments/${token}/authenticate`)
  assert.equal(waiting.body.status, 'PENDING_AUTHENTICATION')
  assert.deepEqual(waiting.body.nextAction, answer.body.nextAction)
  assert.equal((await app.sendRaw('GET', pathname, {})).status, 200)
  assert.equal((await app.sendRaw('POST', `${pathname}/approve`, {})).status, 200)
  assert.equal((await payer.send('PUT', `/payments/${token}/authenticate`)).body.status, 'PREAUTHED')
  const refused = await payer.pay({ paymentMethod: 'PAYPAL' })
  const page = new URL(refused.answer.body.nextAction.url).pathname
  await app.sendRaw('POST', `${page}/decline`, {})
  assert.equal((await payer.send('PUT', `/payments/${refused.token}/authenticate`)).body.status, 'FAILED')
})

test('a mandate needs a bank account that can be debited, the agreement, and a signature where one is asked for', async () => {
  const payer = await openPayer(app, { ...member, requireDirectDebitSignature: true })
  const good = mandate('de89 3704 0044 0532 0130 00')
  const { body: begun } = await payer.send('POST', '/payment-requests')
  const send = (body: object) => payer.send('POST', `/payments/${begun.token}`, body)
  const code = async (body: object) => (await send(body)).body.errorCode
  assert.equal(await code(mandate('DE88370400440532013000')), 'errormessage.validation.format')
  assert.equal(await code(mandate('US64SVBKUS6S3300958879')), 'errormessage.validation.format')
  assert.equal(await code({ ...good, mandateAccepted: false }), 'errormessage.payment.mandateMissing')
  assert.equal(await code(good), 'errormessage.validation.required')
  assert.equal(await code({ ...good, signature: 'AAAA' }), 'errormessage.signature.invalid')
  const signature = Buffer.from('<svg><path d="M0 0L9 9"/></svg>').toString('base64')
  const { body } = await send({ ...good, signature })
  assert.equal(body.status, 'PREAUTHED')
  assert.deepEqual(body.paymentInstrumentDetails, { type: 'SEPA', holder: 'Mara Lindner', last4: '3000' })
  const rows = await app.read(({ db }) => db.select().from(paymentInstruments))
  assert.ok(rows.some(({ state, signatureFileId }) => state === 'DRAFT' && signatureFileId !== null))
  assert.match((await payer.send('GET', '/session')).body.mandateText, /./)
})

test('a stored instrument is chosen by its token, by its own payer alone', async () => {
  const customerId = await addCustomer(app)
  const first = await openPayer(app, { ...member, customerId })
  const { token } = await first.pay({ ...card('4242424242424242'), saveForLater: true })
  const path = `/v1/customers/${customerId}/account/payment-instrument`
  assert.equal((await app.post(path, { paymentRequestToken: token })).status, 200)
  const second = await openPayer(app, { ...ecom, customerId })
  const { paymentInstruments: shown } = (await second.send('GET', '/session')).body
  assert.deepEqual(
    shown.map(({ last4 }: { last4: string }) => last4),
    ['4242'],
  )
  const chosen = { paymentMethod: 'CREDIT_CARD', paymentInstrumentToken: shown[0].paymentInstrumentToken }
  assert.equal((await second.pay(chosen)).answer.body.status, 'PREAUTHED')
  const stranger = await openPayer(app, { ...ecom, customerId: await addCustomer(app) })
  assert.equal((await stranger.pay(chosen)).answer.status, 400)
  const shy = await openPayer(app, { ...ecom, customerId, showExistingPaymentInstruments: false })
  assert.deepEqual((await shy.send('GET', '/session')).body.paymentInstruments, [])
})

test('an unknown session, a foreign page and a request of another session are refused', async () => {
  const payer = await openPayer(app, ecom)
  assert.equal((await browse(app, 'x'.repeat(54)).send('GET', '/session')).status, 401)
  const from = (origin: string) => payer.send('GET', '/session', undefined, { origin })
  assert.equal((await from('https://gym.example')).headers['access-control-allow-origin'], 'https://gym.example')
  const foreign = await from('https://evil.example')
  assert.deepEqual([foreign.status, foreign.headers['access-control-allow-origin']], [403, undefined])
  const other = await openPayer(app, ecom)
  const { token } = await other.pay(card('4242424242424242'))
  assert.equal((await payer.send('GET', `/payments/${token}`)).status, 404)
  assert.equal(
    (await payer.pay(mandate('DE89370400440532013000'))).answer.body.errorCode,
    'errormessage.payment.methodNotOffered',
  )
})

test('ten refused attempts lock a session', async () => {
  const payer = await openPayer(app, ecom)
  for (let n = 0; n < 10; n++) await payer.pay(card('4000000000000002'))
  const { body } = await payer.send('POST', '/payment-requests')
  assert.equal(body.errorCode, 'errormessage.paymentSession.locked')
})

test('sixty calls a minute are enough for a payer', async () => {
  const payer = await openPayer(app, ecom)
  for (let n = 0; n < 60; n++) assert.equal((await payer.send('GET', '/session')).status, 200)
  assert.equal((await payer.send('GET', '/session')).status, 429)
})

test('a payer can give an attempt up, and a finished one cannot be authorised again', async () => {
  const payer = await openPayer(app, ecom)
  const { token } = await payer.pay(card('4242424242424242'))
  assert.equal((await payer.send('POST', `/payments/${token}`, card('4242424242424242'))).status, 409)
  assert.equal((await payer.send('DELETE', `/payments/${token}`)).status, 204)
  assert.equal((await payer.send('DELETE', `/payments/${token}`)).status, 204)
  assert.equal((await payer.send('GET', `/payments/${token}`)).body.status, 'CANCELLED')
})

test('no card number stands in an answer or a row, not even of a card that is refused', async () => {
  const payer = await openPayer(app, ecom)
  const number = '4929000000006123'
  const { answer } = await payer.pay(card(number))
  assert.equal(answer.body.errorCode, 'errormessage.payment.cardNotAccepted')
  const taken = await payer.pay(card('4111111111111111'))
  for (const text of [answer.text, taken.answer.text]) assert.doesNotMatch(text, /4929000000006123|4111111111111111/)
  const tables = [
    'payment_requests',
    'payment_instruments',
    'sandbox_charges',
    'payment_sessions',
    'audit_log',
    'outbox_events',
  ]
  for (const table of tables) {
    const rows = await app.read(({ db }) =>
      db.select({ row: sql<string>`row_to_json(t)::text` }).from(sql`${sql.identifier(table)} t`),
    )
    for (const { row } of rows) assert.doesNotMatch(String(row), /4929000000006123|4111111111111111|4242424242424242/)
  }
})

test('an ended session gives its requests up, forgets its drafts and lets the provider go', async () => {
  const payer = await openPayer(app, ecom)
  const { token } = await payer.pay(card('4242424242424242'))
  await app.travelTo('2026-06-15T10:00:00+02:00')
  assert.equal((await payer.send('POST', '/payment-requests')).body.errorCode, 'errormessage.paymentSession.over')
  assert.equal((await payer.send('GET', `/payments/${token}`)).body.status, 'CANCELLED')
  const drafts = await app.read(({ db }) => db.select().from(paymentInstruments))
  assert.deepEqual(
    drafts.filter(({ state }) => state === 'DRAFT'),
    [],
  )
})
