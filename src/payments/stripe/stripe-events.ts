import type Stripe from 'stripe'
import { findPaymentRest, restorePart, takeBackPart } from '../../accounts/index.ts'
import type { RunUnit, UnitOfWork } from '../../platform/units/work.ts'
import { settlePayment } from '../captures.ts'
import { applyAnswer } from '../gateway/requests.ts'
import { findPaymentByKey } from '../payment-store.ts'
import { provider } from '../providers.ts'
import { bookedRefund } from '../refunds.ts'
import { findRequestByKey } from '../tokens/request-store.ts'
import { fromStripeAmount } from './stripe-amounts.ts'
import { ask } from './stripe-client.ts'
import { followDispute } from './stripe-disputes.ts'
import type { OpenedAccount } from './stripe-intents.ts'
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

type Effect = (work: UnitOfWork) => Promise<void>

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
async function prepareStanding(run: RunUnit, { client }: EventSource, { key, kind, intentId }: IntentRow) {
  const answer = await provider.find(run, key)
  const isTakenMoney =
    kind === 'PAYMENT' && (await ask(client.paymentIntents.retrieve(intentId ?? ''))).status === 'succeeded'
  const booked = await run(({ db }) => findPaymentByKey(db, key))
  // Given up after a day of silence, and open again: what has come all the same goes back.
  if (isTakenMoney && booked?.state === 'FAILED') await provider.release(run, key)
  return async (work: UnitOfWork) => {
    const request = await findRequestByKey(work.tx, key)
    if (request && answer) await applyAnswer(work, request, request.requestId, answer)
    const payment = await findPaymentByKey(work.tx, key)
    if (payment && isTakenMoney) await settlePayment(work, payment.id)
  }
}

/**
 * Books what was given back, here or at Stripe; a refund that was booked already is known by its name. What could not be given
 * back after all, often days later, is the customer's again.
 */
async function prepareRefunds({ client }: EventSource, { key, intentId }: IntentRow) {
  const { data } = await ask(client.refunds.list({ payment_intent: intentId ?? '', limit: 100 }))
  const made = data.filter(({ status }) => status === 'succeeded' || status === 'pending')
  const failed = data.filter(({ status }) => status === 'failed' || status === 'canceled')
  return async (work: UnitOfWork) => {
    const payment = await findCollected(work, key)
    if (!payment) return
    for (const { id } of failed) await restoreRefund(work, payment.id, id)
    for (const { id, amount: minor, currency } of made.toReversed()) {
      const rest = await findPaymentRest(work, payment.id)
      const amount = fromStripeAmount(minor, currency)
      const refund = { ...bookedRefund(id), paymentId: payment.id, description: 'REFUND' }
      if (rest.minor === 0n || amount.currency !== rest.currency) continue
      await takeBackPart(work, { ...refund, amount: amount.minor > rest.minor ? rest : amount })
    }
  }
}

async function restoreRefund(work: UnitOfWork, paymentId: number, ref: string) {
  const { journalKey } = bookedRefund(ref)
  const entryId = await restorePart(work, { paymentId, journalKey, description: 'REFUND_FAILED' })
  if (entryId === undefined) return
  const diff = { restored: [null, entryId] } as const
  work.audit({ action: 'payment.refundFailed', entityKind: 'payment', entityId: paymentId, diff })
}

async function prepareDispute({ client }: EventSource, { key }: IntentRow, disputeId: string) {
  const dispute = await ask(client.disputes.retrieve(disputeId))
  return async (work: UnitOfWork) => {
    const payment = await findCollected(work, key)
    if (payment) await followDispute(work, payment, dispute)
  }
}

/** The payment of a charge of which money has moved: it was taken, even if no event has said so yet. */
async function findCollected(work: UnitOfWork, key: string) {
  const payment = await findPaymentByKey(work.tx, key)
  if (payment?.state === 'PENDING') await settlePayment(work, payment.id)
  return payment
}
