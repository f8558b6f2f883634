import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { openSession, openWindow, sees, sharePaymentWorld } from '../support/browser/payment-page.ts'
import { openWebsite, printWebsite } from '../support/browser/website.ts'
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

test('in the frame of a website a card is filled in there, and a bank in a window of its own, which leads back', async () => {
  const book = await (connected ??= connectStudio())
  const sessions = [
    await openSession(world.app, { scope: 'ECOM', amount: 20 }),
    await openSession(world.app, { scope: 'ECOM', amount: 35 }),
  ]
  const context = await world.browser.newContext({ locale: 'en-GB' })
  await serveStripeJs(context, book)
  await using website = await openWebsite(
    printWebsite(
      world.url,
      sessions.map(({ token }) => token),
    ),
  )
  const page = await openWindow(context)
  await page.goto(website.url)
  const [first, second] = [page.frameLocator('#frame-0 iframe'), page.frameLocator('#frame-1 iframe')]
  await first.getByLabel('Card', { exact: true }).check()
  await first.getByRole('button', { name: /^Pay/ }).click()
  await first.getByLabel('Card of Stripe').fill('pm_card_visa')
  await first.getByRole('button', { name: /^Pay/ }).click()
  await sees(first, 'Done.')
  await second.getByLabel('iDEAL').check()
  await second.getByRole('button', { name: /^Pay/ }).click()
  const link = second.getByRole('link', { name: 'Go to that page' })
  const opened = context.waitForEvent('page')
  await link.click()
  const bank = await opened
  assert.equal(await second.getByLabel('Card of Stripe').count(), 0)
  await bank.getByLabel('Card of Stripe').fill('pm_bank')
  await bank.getByRole('button', { name: /^Pay/ }).click()
  await sees(bank, 'Done.')
  assert.match(bank.url(), /redirect_status=succeeded$/)
  await sees(second, 'Done.')
  const reports = (await page.evaluate('window.reports')) as readonly (readonly unknown[])[]
  assert.deepEqual(
    reports.filter(([, what]) => what !== 'state').map(([at, what]) => [at, what]),
    [
      [0, 'success'],
      [1, 'success'],
    ],
  )
  assert.deepEqual(page.complaints, [])
  await context.close()
})

test('a window that was closed at the bank is opened again from the frame', async () => {
  const book = await (connected ??= connectStudio())
  const { token } = await openSession(world.app, { scope: 'ECOM', amount: 20 })
  const context = await world.browser.newContext({ locale: 'en-GB' })
  await serveStripeJs(context, book)
  await using website = await openWebsite(printWebsite(world.url, [token]))
  const page = await openWindow(context)
  const frame = page.frameLocator('iframe')
  const openBank = async () => {
    const opened = context.waitForEvent('page')
    await frame.getByRole('link', { name: 'Go to that page' }).click()
    return opened
  }
  await page.goto(website.url)
  await frame.getByLabel('PayPal').check()
  await frame.getByRole('button', { name: /^Pay/ }).click()
  await (await openBank()).close()
  await page.reload()
  const bank = await openBank()
  await bank.getByLabel('Card of Stripe').fill('pm_card_chargeDeclined')
  await bank.getByRole('button', { name: /^Pay/ }).click()
  await sees(frame, 'The payment was declined.')
  await context.close()
})
