import type Stripe from 'stripe'
import { badRequest } from '../../platform/errors/errors.ts'

import { type Provider, type ProviderAnswer, ProviderSilent } from '../provider.ts'
import { fromStripeAmount, toStripeAmount } from './stripe-amounts.ts'
import { hasFailed, toAnswer } from './stripe-answers.ts'
import { begin, prepare } from './stripe-beginning.ts'
import { ask, isCardError, isRefusal } from './stripe-client.ts'
import { type Begun, findBegun, isPayment, lookUp, type OpenedAccount, type StripeIntent } from './stripe-intents.ts'
import { isFailedRefund, readCard, readReason } from './stripe-rules.ts'
import { findAccount } from './stripe-store.ts'

const DECLINED = { kind: 'DECLINED', reason: 'AUTHORIZATION_DECLINED' } as const
const FAILED = { failed: 'AUTHORIZATION_DECLINED' } as const

/**
 * Stripe, with the account that a studio has connected. The payer gives the card to Stripe, in Stripe's own fields; what
 * comes to us is its brand, its last four digits and its expiry. Each call is a call of Stripe with the key of the charge.
 */
export const stripe: Provider = {
  async capabilities({ db }, studioId) {
    const account = await findAccount(db, studioId)
    if (!account) return { methods: [], takes: () => false }
    const { accountId, methods, publishableKey } = account
    return { methods, publishableKey, takes: (ref) => ref !== null && readCard(ref)?.accountId === accountId }
  },

  async authorise(run, wish) {
    const { amount, source } = wish
    if (source.kind === 'CARD') throw badRequest('errormessage.payment.cardNotAccepted', { reference: 'card' })
    if (toStripeAmount(amount) === undefined) return { kind: 'DECLINED', reason: 'OTHER' }
    if (source.kind === 'STORED' && amount.minor === 0n) return { kind: 'AUTHORISED' }
    const beginning = await prepare(run, wish)
    if (source.kind === 'METHOD') return toAnswer(await begin(run, beginning, wish), beginning.account)
    if (readCard(source.ref)?.accountId !== beginning.account.accountId) {
      return { kind: 'DECLINED', reason: 'INVALID_CARD' }
    }
    const intent = await begin(run, beginning, wish).catch(readRefusal)
    const answer = intent ? toAnswer(intent, beginning.account) : DECLINED
    // There is nobody who could approve.
    if (intent && answer.kind === 'ACTION_REQUIRED') return giveUp(beginning.account, intent)
    return answer
  },

  async find(run, key) {
    const begun = await findBegun(run, key)
    const intent = begun && (await lookUp(run, begun))
    if (!begun || !intent) return undefined
    if (hasFailed(intent)) await cancel(begun.account, intent)
    return toAnswer(intent, begun.account)
  },

  async capture(run, key) {
    const begun = await findBegun(run, key)
    const known = begun && (await lookUp(run, begun))
    if (!begun || !known || !isPayment(known)) return FAILED
    try {
      const intent = known.status === 'requires_capture' ? await captureIntent(begun.account, known, key) : known
      return readCapture(intent)
    } catch (error) {
      if (isCardError(error)) return { failed: readReason(error) }
      throw error
    }
  },

  async release(run, key) {
    const begun = await findBegun(run, key)
    const intent = begun && (await lookUp(run, begun))
    if (!begun || !intent || intent.status === 'canceled') return
    if (intent.status !== 'succeeded') return cancel(begun.account, intent)
    await (isPayment(intent) ? giveBack(begun.account, intent, key) : forget(begun.account, intent))
  },

  async refund(run, { key, amount, refundKey }) {
    const begun = await findBegun(run, key)
    if (!begun?.row.intentId) return { most: { minor: 0n, currency: amount.currency } }
    const { client } = begun.account
    const wish = { payment_intent: begun.row.intentId, amount: toStripeAmount(amount) ?? 0 }
    try {
      const { id: ref } = await ask(client.refunds.create(wish, { idempotencyKey: refundKey }))
      // Under a key that it knows, Stripe repeats its first answer, however old that is.
      return { ref, hasFailed: isFailedRefund(await ask(client.refunds.retrieve(ref))) }
    } catch (error) {
      if (isRefusal(error)) return { most: await findLeft(begun) }
      throw error
    }
  },
}

/** A stored card that Stripe does not know any more is a card that is declined. */
function readRefusal(error: unknown): undefined {
  if (!isRefusal(error)) throw error
}

async function giveUp(account: OpenedAccount, intent: StripeIntent): Promise<ProviderAnswer> {
  await cancel(account, intent)
  return DECLINED
}

/** What is canceled, or done, already stays as it is. */
async function cancel({ client }: OpenedAccount, intent: StripeIntent) {
  const intents = isPayment(intent) ? client.paymentIntents : client.setupIntents
  await ask<StripeIntent>(intents.cancel(intent.id)).catch(readRefusal)
}

/** Where Stripe refuses, because it was done meanwhile, it is asked how the charge stands. */
async function captureIntent({ client }: OpenedAccount, { id }: StripeIntent, key: string) {
  const captured = ask(client.paymentIntents.capture(id, {}, { idempotencyKey: `${key}:capture` }))
  return (await captured.catch(readRefusal)) ?? (await ask(client.paymentIntents.retrieve(id)))
}

function readCapture(intent: Stripe.PaymentIntent) {
  switch (intent.status) {
    case 'succeeded':
      return 'CAPTURED' as const
    case 'processing':
    case 'requires_capture':
      throw new ProviderSilent()
    default:
      return FAILED
  }
}

async function giveBack({ client }: OpenedAccount, { id }: StripeIntent, key: string) {
  await ask(client.refunds.create({ payment_intent: id }, { idempotencyKey: `${key}:release` })).catch(readRefusal)
}

/** A card that was stored for nothing is not kept. */
async function forget({ client }: OpenedAccount, { payment_method: method }: StripeIntent) {
  const id = typeof method === 'string' ? method : method?.id
  if (id !== undefined) await ask(client.paymentMethods.detach(id)).catch(readRefusal)
}

async function findLeft({ row, account: { client } }: Begun) {
  const { data } = await ask(client.charges.list({ payment_intent: row.intentId ?? '', limit: 1 }))
  const [charge] = data
  return fromStripeAmount(charge ? charge.amount_captured - charge.amount_refunded : 0, row.currency)
}
