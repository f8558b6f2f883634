import type Stripe from 'stripe'
import { type RunUnit, StartOver } from '../../platform/units/work.ts'
import { settlePayment } from '../captures.ts'
import { applyAnswer } from '../gateway/requests.ts'
import { findPaymentByKey } from '../payment-store.ts'
import { provider } from '../providers.ts'
import { findRequestByKey } from '../tokens/request-store.ts'
import { ask } from './stripe-client.ts'
import type { OpenedAccount } from './stripe-intents.ts'
import { type Effect, prepareDispute, prepareRefunds } from './stripe-moves.ts'
import { findIntentById, hasEvent, insertEvent, type IntentRow } from './stripe-store.ts'

/** The events that have an effect here; all others are none of our business. */
export const takenEvents = [
  'payment_intent.succeeded',
  'payment_intent.payment_failed',
  'setup_intent.succeeded',
  'charge.refunded',
  'refund.updated',
  'refund.failed',
  'charge.dispute.created',
  'charge.dispute.closed',
] as const
type TakenEvent = (typeof takenEvents)[number]

/** As much of an event as is believed: everything else is asked for, so that late and repeated events do no harm. */
export interface StripeEvent {
  readonly id: string
  readonly type: string
  readonly data: { readonly object: object }
}

/** Whose event it is. */
export interface EventSource extends OpenedAccount {
  readonly studioId: number
}

const isTaken = (type: string): type is TakenEvent => takenEvents.some((each) => each === type)

/**
 * Lets an event have its effect, once. Stripe is asked how the thing stands that the event is about; throws
 * `ProviderSilent` without an answer: then the event is as good as not received.
 */
export async function takeEvent(run: RunUnit, source: EventSource, event: StripeEvent) {
  const { id: eventId, type } = event
  if (!isTaken(type)) return
  const intent = await run(async ({ db }) => {
    if (await hasEvent(db, eventId)) return undefined
    return findIntentById(db, source.studioId, findIntentId(event))
  })
  if (!intent) return
  const effect = await prepareEffect(run, source, { type, intent, object: event.data.object })
  await run(async (work) => {
    if (!(await insertEvent(work.tx, { eventId, type }, work.now))) return
    await effect(work)
  })
}

/** Charges, refunds and disputes name their payment, everything else is one itself. */
function findIntentId({ type, data: { object } }: StripeEvent): string {
  const { id, payment_intent: of } = object as { readonly id?: unknown; readonly payment_intent?: unknown }
  const named = /^(?:charge|refund)\./.test(type) ? of : id
  return typeof named === 'string' ? named : ''
}

interface TakenStripeEvent {
  readonly type: TakenEvent
  readonly intent: IntentRow
  readonly object: object
}

async function prepareEffect(run: RunUnit, source: EventSource, event: TakenStripeEvent): Promise<Effect> {
  const { type, intent, object } = event
  switch (type) {
    case 'payment_intent.succeeded':
    case 'payment_intent.payment_failed':
    case 'setup_intent.succeeded':
      return prepareStanding(run, source, intent)
    case 'charge.refunded':
    case 'refund.updated':
    case 'refund.failed':
      return prepareRefunds(source, intent)
    case 'charge.dispute.created':
    case 'charge.dispute.closed':
      return prepareDispute(source, intent, (object as Stripe.Dispute).id)
  }
}

/** What the payer was asked for goes on as it stands at Stripe; money that was taken settles its payment. */
async function prepareStanding(
  run: RunUnit,
  { client }: EventSource,
  { key, kind, intentId }: IntentRow,
): Promise<Effect> {
  const answer = await provider.find(run, key)
  const isTakenMoney =
    kind === 'PAYMENT' && (await ask(client.paymentIntents.retrieve(intentId ?? ''))).status === 'succeeded'
  let isGivenBack = false
  return async (work) => {
    const request = await findRequestByKey(work.tx, key)
    if (request && answer) await applyAnswer(work, request, request.requestId, answer)
    const payment = isTakenMoney ? await findPaymentByKey(work.tx, key) : undefined
    if (!payment) return
    await settlePayment(work, payment.id)
    const settled = await findPaymentByKey(work.tx, key)
    if (settled?.state !== 'FAILED' || isGivenBack) return
    // Given up after a day of silence, and open again: what has come all the same goes back.
    throw new StartOver(async (again) => {
      await provider.release(again, key)
      isGivenBack = true
    })
  }
}
