import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'drizzle-orm'
import { paymentInstruments } from '../../src/payments/tables.ts'
import { browse, card } from '../support/scenes/gateway-scene.ts'
import { openSession, openWindow, sees, sharePaymentWorld, sign, typeCard } from '../support/browser/payment-page.ts'
import { addCustomer } from '../support/scenes/customers.ts'

const numbers = /4242 ?4242 ?4242 ?4242|4000 ?0027 ?6000 ?3184|4000 ?0000 ?0000 ?0002/
const ecom = { scope: 'ECOM', amount: 20 }
const member = { scope: 'MEMBER_ACCOUNT', amount: 0 }

const world = sharePaymentWorld()

/** A payer's window on the page of a new session. */
async function visit(wish: object) {
  const session = await openSession(world.app, wish)
  const context = await world.browser.newContext({ locale: 'en-GB' })
  const page = await openWindow(context)
  await page.goto(session.hostedPaymentPageUrl)
  const begun = async () => (await browse(world.app, session.token).send('GET', '/session')).body.paymentRequest
  return { ...session, context, page, begun }
}

test('a payer pays by card, and the partner finds with the session what an operation takes', async () => {
  const customerId = await addCustomer(world.app)
  const { page, begun, context } = await visit({ ...ecom, customerId })
  await page.getByText('€20.00', { exact: true }).waitFor()
  await sees(page, 'Joining fee')
  await typeCard(page, '4242 4242 4242 4242')
  await page.getByRole('button', { name: 'Pay €20.00' }).click()
  await sees(page, 'Done.')
  const { token } = await begun()
  const payment = { paymentRequestToken: token, amount: { amount: 20, currency: 'EUR' } }
  assert.equal((await world.app.post(`/v1/customers/${customerId}/account/payment`, payment)).status, 200)
  await page.reload()
  await sees(page, 'This payment is completed.')
  assert.deepEqual(page.complaints, [])
  await context.close()
})

test('a declined card is said in words, and another one is taken without typing the name again', async () => {
  const { page, begun, context } = await visit(ecom)
  await typeCard(page, '4000 0000 0000 0002')
  await page.getByRole('button', { name: /^Pay/ }).click()
  await sees(page, 'The payment was declined.')
  assert.equal(await page.getByLabel('Name on the card').inputValue(), 'Mara Lindner')
  await page.getByLabel('Card number').fill('4929 0000 0000 6123')
  await page.getByRole('button', { name: /^Pay/ }).click()
  await sees(page, 'This card is not accepted.')
  await page.getByLabel('Card number').fill('4242 4242 4242 4242')
  await page.getByRole('button', { name: /^Pay/ }).click()
  await sees(page, 'Done.')
  assert.equal((await begun()).status, 'PREAUTHED')
  await context.close()
})

test('a challenge is refused, then approved: the bank leads back to the page each time', async () => {
  const { page, begun, context } = await visit(ecom)
  const payAt = async (decision: string) => {
    await typeCard(page, '4000 0027 6000 3184')
    await page.getByRole('button', { name: /^Pay/ }).click()
    await page.getByRole('heading', { name: 'Sandbox bank' }).waitFor()
    await page.getByRole('button', { name: decision }).click()
  }
  await payAt('Decline')
  await sees(page, 'The payment was declined.')
  await payAt('Approve')
  await sees(page, 'Done.')
  assert.equal((await begun()).status, 'PREAUTHED')
  assert.doesNotMatch(page.url(), /\?/)
  await context.close()
})

test('a wallet leads away, and the way back goes on with the payment', async () => {
  const { page, begun, context } = await visit(ecom)
  await page.getByLabel('PayPal').check()
  await page.getByRole('button', { name: /^Pay/ }).click()
  await page.getByRole('button', { name: 'Approve' }).click()
  await sees(page, 'Done.')
  const { status, paymentMethod } = await begun()
  assert.deepEqual([status, paymentMethod], ['PREAUTHED', 'PAYPAL'])
  await context.close()
})

test('a mandate wants an IBAN that is one, the agreement and the signature', async () => {
  const { page, begun, context } = await visit({ ...member, requireDirectDebitSignature: true })
  await page.getByLabel('Direct debit (SEPA)').check()
  const confirm = page.getByRole('button', { name: 'Confirm' })
  await page.getByLabel('Account holder').fill('Mara Lindner')
  await page.getByLabel('IBAN').fill('DE88 3704 0044 0532 0130 00')
  assert.equal(await confirm.isDisabled(), true)
  await sees(page, 'DE98ZZZ09999999999')
  await page.getByLabel('I agree').check()
  await confirm.click()
  const complaint = await page.getByLabel('IBAN').evaluate((input: any) => input.validationMessage)
  assert.match(complaint, /not a valid IBAN/)
  await page.getByLabel('IBAN').fill('DE89 3704 0044 0532 0130 00')
  await confirm.click()
  await sees(page, 'Please sign.')
  await sign(page)
  await confirm.click()
  await sees(page, 'Done.')
  assert.equal((await begun()).paymentInstrumentDetails.last4, '3000')
  const rows = await world.app.read(({ db }) => db.select().from(paymentInstruments))
  assert.ok(rows.some(({ type, signatureFileId }) => type === 'SEPA' && signatureFileId !== null))
  assert.deepEqual(page.complaints, [])
  await context.close()
})

test('a page that was closed in the middle goes on where the payment is, also in another browser', async () => {
  const { page, hostedPaymentPageUrl, begun, context } = await visit(ecom)
  await page.getByLabel('iDEAL').check()
  await page.getByRole('button', { name: /^Pay/ }).click()
  await page.getByRole('heading', { name: 'Sandbox bank' }).waitFor()
  await context.close()
  const later = await world.browser.newContext({ locale: 'de-DE' })
  const again = await openWindow(later)
  await again.goto(hostedPaymentPageUrl)
  const opened = later.waitForEvent('page')
  await again.getByRole('link', { name: 'Zu dieser Seite' }).click()
  const bank = await opened
  await bank.getByRole('button', { name: 'Approve' }).click()
  await bank.close()
  await sees(again, 'Fertig.')
  const { status } = await begun()
  assert.equal(status, 'PREAUTHED')
  await again.reload()
  await sees(again, 'Fertig.')
  assert.deepEqual(again.complaints, [])
  await later.close()
})

test('a payer gives a waiting payment up and pays in another way', async () => {
  const { page, hostedPaymentPageUrl, begun, context } = await visit(ecom)
  await page.getByLabel('Bancontact').check()
  await page.getByRole('button', { name: /^Pay/ }).click()
  await page.getByRole('heading', { name: 'Sandbox bank' }).waitFor()
  await page.goto(hostedPaymentPageUrl)
  await page.getByRole('button', { name: 'Choose another way' }).click()
  await typeCard(page, '4242424242424242')
  await page.getByRole('button', { name: /^Pay/ }).click()
  await sees(page, 'Done.')
  assert.equal((await begun()).paymentMethod, 'CREDIT_CARD')
  await context.close()
})

test('cash needs no instrument, and a stored card no typing', async () => {
  const customerId = await addCustomer(world.app)
  const cash = await visit({ ...member, customerId })
  await cash.page.getByLabel('Cash').check()
  await cash.page.getByRole('button', { name: 'Confirm' }).click()
  await sees(cash.page, 'Done.')
  assert.equal((await cash.begun()).paymentMethod, 'CASH')
  await cash.page.getByRole('button', { name: 'Choose another way' }).click()
  await cash.page.getByLabel('Card', { exact: true }).check()
  await typeCard(cash.page, '4242424242424242')
  await cash.page.getByRole('button', { name: 'Confirm' }).click()
  await sees(cash.page, 'Done.')
  const { token } = await cash.begun()
  const path = `/v1/customers/${customerId}/account/payment-instrument`
  assert.equal((await world.app.post(path, { paymentRequestToken: token })).status, 200)
  await cash.context.close()
  const stored = await visit({ ...ecom, customerId })
  await stored.page.getByLabel('Visa ending in 4242').check()
  await stored.page.getByRole('button', { name: /^Pay/ }).click()
  await sees(stored.page, 'Done.')
  await stored.context.close()
})

test('an answer that never came is asked for again, and nothing is paid twice', async () => {
  const { page, token, context } = await visit(ecom)
  await typeCard(page, '4242424242424242')
  await page.route('**/payments/*', async (route) => {
    if (route.request().method() !== 'POST') return route.continue()
    await route.fetch()
    return route.abort()
  })
  await page.getByRole('button', { name: /^Pay/ }).click()
  await sees(page, 'No connection.')
  await page.unroute('**/payments/*')
  await page.getByRole('button', { name: /^Pay/ }).click()
  await sees(page, 'Done.')
  const requests = await world.app.read(({ db }) =>
    db
      .select({ state: sql<string>`r.state` })
      .from(sql`payment_requests r join payment_sessions s on s.id = r.session_id`)
      .where(sql`s.token_sha256 = sha256(${token}::text::bytea)`),
  )
  assert.deepEqual(requests, [{ state: 'PREAUTHED' }])
  await context.close()
})

test('ten refused cards lock the session, and the page says so', async () => {
  const { token, page, context } = await visit(ecom)
  const payer = browse(world.app, token)
  for (let n = 0; n < 10; n++) await payer.pay(card('4000000000000002'))
  await typeCard(page, '4242424242424242')
  await page.getByRole('button', { name: /^Pay/ }).click()
  await sees(page, 'The payment session is locked')
  await page.reload()
  await sees(page, 'The payment session is locked')
  assert.equal(await page.getByRole('button').count(), 0)
  await context.close()
})

test('a session that is over and a link without token are said in words', async () => {
  const ended = await visit(ecom)
  await typeCard(ended.page, '4242424242424242')
  await world.app.travelTo('2026-06-15T10:30:00+02:00')
  await ended.page.getByRole('button', { name: /^Pay/ }).click()
  await sees(ended.page, 'The payment session is over.')
  await ended.context.close()
  const context = await world.browser.newContext({ locale: 'en-GB' })
  const page = await openWindow(context)
  await page.goto(`${world.url}/payment-gateway/pay`)
  await sees(page, 'This link is incomplete.')
  await page.goto(`${world.url}/payment-gateway/pay#${'x'.repeat(54)}`)
  await sees(page, 'The payment session is not known.')
  await context.close()
})

test('no card number stands in a log or a row', async () => {
  for (const line of world.logged) assert.doesNotMatch(line, numbers)
  const tables = ['payment_requests', 'payment_instruments', 'sandbox_charges', 'payment_sessions', 'audit_log']
  for (const table of tables) {
    const rows = await world.app.read(({ db }) =>
      db.select({ row: sql<string>`row_to_json(t)::text` }).from(sql`${sql.identifier(table)} t`),
    )
    for (const { row } of rows) assert.doesNotMatch(String(row), numbers)
  }
})
