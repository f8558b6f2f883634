import type Stripe from 'stripe'
import type { RunUnit, View } from '../../platform/units/work.ts'
import { ProviderSilent } from '../provider.ts'
import { ask, openStripe, type StripeClient } from './stripe-client.ts'
import { findAccount, findIntent, type IntentRow, nameIntent, type StripeAccount } from './stripe-store.ts'

/** The account of a studio with its open API. */
export interface OpenedAccount {
  readonly client: StripeClient
  readonly accountId: string
  readonly publishableKey: string
}

/** Opens the account that a studio has connected. */
export async function openAccount(
  { installation: { config, secrets } }: Pick<View, 'installation'>,
  { accountId, publishableKey, secretKeyEnc }: StripeAccount,
): Promise<OpenedAccount> {
  const client = await openStripe(secrets.open('provider-key', secretKeyEnc), config)
  return { client, accountId, publishableKey }
}

/** Either kind of thing that stands for a charge at Stripe. */
export type StripeIntent = Stripe.PaymentIntent | Stripe.SetupIntent

export const isPayment = (intent: StripeIntent): intent is Stripe.PaymentIntent => intent.object === 'payment_intent'

/** What was begun for a key, with the account that it was begun with. */
export interface Begun {
  readonly row: IntentRow
  readonly account: OpenedAccount
}

/**
 * What was begun for a key; undefined for a key that was never used. Where the studio has connected another account since,
 * nothing can be asked: that is silence.
 */
export async function findBegun(run: RunUnit, key: string): Promise<Begun | undefined> {
  const found = await run(async (work) => {
    const row = await findIntent(work.db, key)
    if (!row) return undefined
    const stored = await findAccount(work.db, row.studioId)
    const account = stored?.accountId === row.accountId ? await openAccount(work, stored) : undefined
    return { row, account }
  })
  if (found && !found.account) throw new ProviderSilent()
  return found && { row: found.row, account: found.account as OpenedAccount }
}

const withCard = { expand: ['payment_method'] }

/** How a charge stands at Stripe now; undefined where it was never begun there. */
export async function lookUp(run: RunUnit, { row, account: { client } }: Begun): Promise<StripeIntent | undefined> {
  const { kind, intentId, key } = row
  if (intentId === null) return search(run, client, row)
  const asked = kind === 'PAYMENT' ? client.paymentIntents : client.setupIntents
  const intent = await ask<StripeIntent>(asked.retrieve(intentId, withCard))
  if (intent.metadata?.['provider_key'] !== key) throw new Error(`${intentId} does not belong to ${key}.`)
  return intent
}

/** Finds what was begun by a call whose answer has not come through. Only payments can be searched for. */
async function search(run: RunUnit, client: StripeClient, { kind, key }: IntentRow) {
  if (kind === 'SETUP') return undefined
  const query = `metadata['provider_key']:'${key}'`
  const { data } = await ask(client.paymentIntents.search({ query, expand: ['data.payment_method'] }))
  const [found] = data
  if (found) await run(({ tx, now }) => nameIntent(tx, key, found.id, now))
  return found
}
