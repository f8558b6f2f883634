import { createHmac } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { connectStripe } from '../../../src/payments/stripe/stripe-connecting.ts'
import { payments } from '../../../src/payments/tables.ts'
import { formatAmount } from '../../../src/platform/values/money.ts'
import { openTestApp, type TestApp } from '../app.ts'
import { assertLedgerWhole, selectAccount } from '../scenes/accounts.ts'
import { addCustomer } from '../scenes/customers.ts'
import { allowPayments, openPayer, type PayerBrowser } from '../scenes/gateway-scene.ts'
import type { TestStudio } from '../scenes/world.ts'
import type { Fields, StripeBook } from './stripe-book.ts'
import { openStripeStandIn, type StripeStandIn } from './stripe-stand-in.ts'

/** A studio in Berlin that takes cards through its account at Stripe. */
export interface StripeScene {
  readonly app: TestApp
  readonly stripe: StripeStandIn
  readonly book: StripeBook
  /** With which the events of the account are signed. */
  readonly secret: string
  /** Lets a minute pass, and with it all jobs that are due. */
  pass(minutes?: number): Promise<void>
  /** A payer begins to pay by card, and is handed the fields of Stripe. */
  begin(session: object, choice?: object): Promise<BegunPayment>
  /** A customer has paid 20 EUR by card, and the money is taken. */
  paid(): Promise<PaidPayment>
  /** Uses a token to pay into the account of a customer. */
  use(customerId: number, token: string, amount?: number): ReturnType<TestApp['post']>
  balance(customerId: number): Promise<string>
  findPayment(paymentId: number): Promise<typeof payments.$inferSelect | undefined>
  deliver(event: Fields, delivery?: Partial<Delivery>): ReturnType<TestApp['sendRaw']>
  /** Ends the scene; the books add up whatever has happened in it. */
  close(): Promise<void>
}

export interface BegunPayment {
  readonly payer: PayerBrowser
  readonly token: string
  readonly clientSecret: string
  readonly answer: Fields
  /** Asks how the payment stands, as a page does after the payer has done his part. */
  goOn(): Promise<Fields>
}

export interface PaidPayment {
  readonly customerId: number
  readonly paymentId: number
  readonly intentId: string
}

export async function openStripeScene(): Promise<StripeScene> {
  const stripe = await openStripeStandIn()
  return arrangeStripe(await openTestApp({ environment: { PALESTRA_STRIPE_API: stripe.url } }), stripe)
}

/** Lets the studio of an application take cards through a new account at Stripe; the application knows the address. */
export async function arrangeStripe(app: TestApp, stripe: StripeStandIn): Promise<StripeScene> {
  const { book, key } = stripe.addAccount()
  const secret = 'whsec_berlin'
  await connect(app, { secretKey: key, webhookSecret: secret })
  await allowPayments(app, { provider: 'STRIPE' })
  return { app, stripe, book, secret, ...makeCalls({ app, stripe, book, secret }) }
}

type Opened = Pick<StripeScene, 'app' | 'stripe' | 'book' | 'secret'>

function makeCalls({ app, stripe, book, secret }: Opened): Omit<StripeScene, keyof Opened> {
  let now = Temporal.Instant.from('2026-06-15T09:00:00+02:00')
  const pass: StripeScene['pass'] = async (minutes = 1) => {
    now = now.add({ minutes })
    await app.travelTo(now.toString())
  }
  const begin: StripeScene['begin'] = async (session, choice = {}) => {
    const payer = await openPayer(app, session)
    const { token, answer } = await payer.pay({ paymentMethod: 'CREDIT_CARD', ...choice })
    const goOn = async () => (await payer.send('PUT', `/payments/${token}/authenticate`)).body as Fields
    const clientSecret = String(answer.body.nextAction?.clientSecret)
    return { payer, token, clientSecret, answer: answer.body, goOn }
  }
  const use: StripeScene['use'] = (customerId, paymentRequestToken, amount = 20) => {
    const body = { paymentRequestToken, amount: { amount, currency: 'EUR' } }
    return app.post(`/v1/customers/${customerId}/account/payment`, body)
  }
  const paid = async () => {
    const customerId = await addCustomer(app)
    const { token, clientSecret, goOn } = await begin({ scope: 'ECOM', amount: 20, customerId })
    const { id: intentId } = book.confirm(clientSecret, 'pm_card_visa')
    await goOn()
    const { headers } = await use(customerId, token)
    await pass()
    return { customerId, paymentId: Number(headers['x-palestra-payment-id']), intentId: String(intentId) }
  }
  return {
    pass,
    begin,
    paid,
    use,
    balance: (customerId) => app.read(async ({ db }) => formatAmount((await selectAccount(db, customerId)).balance)),
    findPayment: (id) => app.read(async ({ db }) => (await db.select().from(payments).where(eq(payments.id, id)))[0]),
    deliver: (event, delivery = {}) => deliver(app, event, { secret, ...delivery }),
    close: async () => {
      await assertLedgerWhole(app)
      await app.close()
      await stripe.close()
    },
  }
}

/** Connects an account to a studio, Berlin unless another one is named. */
export function connect(
  app: TestApp,
  keys: { readonly secretKey: string; readonly webhookSecret: string },
  studio: TestStudio = app.berlin,
) {
  return app.write(connectStripe({ studioId: studio.studioId, publishableKey: 'pk_test_1', ...keys }), studio)
}

export interface Delivery {
  readonly secret: string
  readonly studio?: TestStudio
  /** How long ago it was signed. */
  readonly ageSeconds?: number
  /** Of the body that is signed, where another one is sent. */
  readonly signed?: string
}

/** Sends an event as Stripe does. */
export function deliver(app: TestApp, event: Fields, delivery: Delivery) {
  const payload = JSON.stringify(event)
  const { secret, studio = app.berlin, ageSeconds = 0, signed = payload } = delivery
  const at = Math.floor(app.platform.real.now().epochMilliseconds / 1000) - ageSeconds
  const signature = createHmac('sha256', secret).update(`${at}.${signed}`).digest('hex')
  const headers = { 'content-type': 'application/json', 'stripe-signature': `t=${at},v1=${signature}` }
  return app.sendRaw('POST', `/payment-gateway/webhooks/stripe/${studio.studioId}`, { headers, payload })
}
