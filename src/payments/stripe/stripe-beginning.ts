import type Stripe from 'stripe'
import type { RunUnit } from '../../platform/units/work.ts'
import { formatAmount } from '../../platform/values/money.ts'
import type { Method } from '../method-rules.ts'
import type { ChargeWish } from '../provider.ts'
import { toStripeAmount } from './stripe-amounts.ts'
import { ask, isCardError, type StripeClient } from './stripe-client.ts'
import { type Begun, lookUp, openAccount, type StripeIntent } from './stripe-intents.ts'
import { captureMethod, readCard, readMethod, stripeTypes } from './stripe-rules.ts'
import { findAccount, findIntent, insertIntent, nameIntent } from './stripe-store.ts'

/** A charge that Stripe may be asked for, whether it was before or not. */
export interface Beginning extends Begun {
  readonly isNew: boolean
}

/** Stores that a charge is about to be begun, so that it is found again whatever happens to the call. */
export function prepare(run: RunUnit, { key, studioId, amount }: ChargeWish): Promise<Beginning> {
  return run(async (work) => {
    const stored = await findAccount(work.tx, studioId)
    if (!stored) throw new Error(`Studio ${studioId} has chosen Stripe and has no account.`)
    const kind = amount.minor > 0n ? ('PAYMENT' as const) : ('SETUP' as const)
    const { accountId } = stored
    const intent = { key, studioId, accountId, kind, amount: formatAmount(amount), currency: amount.currency }
    const isNew = await insertIntent(work.tx, intent, work.now)
    const row = await findIntent(work.tx, key)
    if (!row) throw new Error(`${key} was begun and is not there.`)
    return { row, account: await openAccount(work, stored), isNew }
  })
}

/** The charge at Stripe: as it was begun before, else begun now. */
export async function begin(run: RunUnit, beginning: Beginning, wish: ChargeWish): Promise<StripeIntent> {
  const known = beginning.isNew ? undefined : await lookUp(run, beginning)
  if (known) return known
  const intent = await ask(create(beginning, wish)).catch(readDeclined)
  await run(({ tx, now }) => nameIntent(tx, wish.key, intent.id, now))
  return intent
}

/** The key in Stripe's own terms: names the call, and is what a look-up searches for. */
const named = (key: string) => ({ metadata: { provider_key: key } })

function create({ account: { client } }: Beginning, wish: ChargeWish): Promise<StripeIntent> {
  switch (wish.source.kind) {
    case 'METHOD':
      return createForPayer(client, wish, wish.source.method)
    case 'STORED':
      return chargeCard(client, wish, wish.source.ref)
    case 'CARD':
      throw new Error('A card that was typed into our own page is not passed on.')
  }
}

/** Lets a payer who is there pay, or store an instrument, in fields of Stripe. */
async function createForPayer(client: StripeClient, wish: ChargeWish, chosen: Method): Promise<StripeIntent> {
  const { key, amount } = wish
  const method = readMethod(chosen)
  const keeps = wish.keep === true || amount.minor === 0n
  // A card can only be charged again for the customer with whom it was stored. Stripe learns nothing else of him.
  const customer = keeps
    ? { customer: (await client.customers.create(named(key), { idempotencyKey: `${key}:customer` })).id }
    : {}
  const usual = { ...named(key), ...customer, allowed_payment_method_types: [stripeTypes[method]] }
  const call = { idempotencyKey: key }
  if (amount.minor === 0n) return client.setupIntents.create({ ...usual, usage: 'off_session' }, call)
  const later = keeps ? ({ setup_future_usage: 'off_session' } as const) : {}
  return client.paymentIntents.create(
    { ...price(wish), capture_method: captureMethod(method), ...usual, ...later },
    call,
  )
}

/** Holds the amount on a card whose payer is not there. */
function chargeCard(client: StripeClient, wish: ChargeWish, ref: string): Promise<StripeIntent> {
  const card = readCard(ref)
  if (!card) throw new Error(`${ref} is no card of Stripe.`)
  return client.paymentIntents.create(
    {
      ...price(wish),
      ...named(wish.key),
      capture_method: 'manual',
      allowed_payment_method_types: ['card'],
      customer: card.customerId,
      payment_method: card.methodId,
      off_session: true,
      confirm: true,
      expand: ['payment_method'],
    },
    { idempotencyKey: wish.key },
  )
}

/** The bank has declined: the charge is there all the same, and says why. */
function readDeclined(error: unknown): Stripe.PaymentIntent {
  const declined = isCardError(error) ? error.payment_intent : undefined
  if (!declined) throw error
  return declined
}

function price({ amount }: ChargeWish) {
  const stripeAmount = toStripeAmount(amount)
  if (stripeAmount === undefined) throw new Error(`Stripe cannot express ${formatAmount(amount)} ${amount.currency}.`)
  return { amount: stripeAmount, currency: amount.currency.toLowerCase() }
}
