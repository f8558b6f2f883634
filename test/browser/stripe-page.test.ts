import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { openSession, openWindow, sees, sharePaymentWorld } from '../support/browser/payment-page.ts'
import { serveStripeJs } from '../support/browser/stripe-js.ts'
import { allowPayments } from '../support/scenes/gateway-scene.ts'
import { connect } from '../support/stripe/stripe-scene.ts'
import { openStripeStandIn, type StripeStandIn } from '../support/stripe/stripe-stand-in.ts'
import type { StripeBook } from '../support/stripe/stripe-book.ts'

let stripe: StripeStandIn | undefined
const world = sharePaymentWorld(async () => {
  stripe = await openStripeStandIn()
  return { PALESTRA_STRIPE_API: stripe.url }
})
after(() => stripe?.close())

let connected: Promise<StripeBook> | undefined

/** Connects the studio to an account, once for all tests. */
async function connectStudio(): Promise<StripeBook> {
  if (!stripe) throw new Error('Stripe is not open.')
  const { book, key } = stripe.addAccount()
  await connect(world.app, { secretKey: key, webhookSecret: 'whsec_page' })
  await allowPayments(world.app, { provider: 'STRIPE' })
  return book
}

async function visit(wish: object) {
  const book = await (connected ??= connectStudio())
  const session = await openSession(world.app, wish)
  const context = await world.browser.newContext({ locale: 'en-GB' })
  const page = await openWindow(context)
  await serveStripeJs(page, book)
  await page.goto(session.hostedPaymentPageUrl)
  return { page, context }
}

test('a payer fills in the fields of Stripe on the page of the studio, and our fields ask for no card', async () => {
  const { page, context } = await visit({ scope: 'ECOM', amount: 20 })
  const pay = page.getByRole('button', { name: 'Pay €20.00' })
  await pay.waitFor()
  assert.equal(await page.getByLabel('Card number').count(), 0)
  await pay.click()
  await page.getByLabel('Card of Stripe').waitFor()
  await pay.click()
  await sees(page, 'Your card number is incomplete.')
  await page.getByLabel('Card of Stripe').fill('pm_card_visa')
  await pay.click()
  await sees(page, 'Done.')
  await page.reload()
  await sees(page, 'Done.')
  assert.deepEqual(page.complaints, [])
  await context.close()
})

test('a declined card is said in words, and the payer begins again', async () => {
  const { page, context } = await visit({ scope: 'ECOM', amount: 20 })
  const pay = page.getByRole('button', { name: 'Pay €20.00' })
  await pay.click()
  await page.getByLabel('Card of Stripe').fill('pm_card_chargeDeclined')
  await pay.click()
  await sees(page, 'The payment was declined.')
  await pay.click()
  await page.getByLabel('Card of Stripe').fill('pm_card_visa')
  await pay.click()
  await sees(page, 'Done.')
  await context.close()
})

test('a card is stored without being charged', async () => {
  const { page, context } = await visit({ scope: 'MEMBER_ACCOUNT', amount: 0 })
  await page.getByLabel('Card', { exact: true }).check()
  const confirm = page.locator('button[type=submit]')
  await confirm.click()
  await page.getByLabel('Card of Stripe').fill('pm_card_visa')
  await confirm.click()
  await sees(page, 'Done.')
  await context.close()
})
