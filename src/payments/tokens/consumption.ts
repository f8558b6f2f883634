import { bookPayment } from '../../accounts/index.ts'
import { formatAmount } from '../../platform/values/money.ts'
import { StartOver, type UnitOfWork } from '../../platform/units/work.ts'
import { authoriseStored } from './authorisation.ts'
import { deleteDrafts } from '../sessions/ending-store.ts'
import { linkIdentity } from '../sessions/identity-store.ts'
import { retireDraft } from '../instruments/instrument-store.ts'
import { adoptInstrument, installInstrument } from '../instruments/instruments.ts'
import { isByHand, type Method } from '../method-rules.ts'
import { insertPayment } from '../payment-store.ts'
import { type CheckedToken, refuseCustomer, refuseUsed } from './payment-tokens.ts'
import { cancelOtherRequests, closeSession, takeRequest } from './request-store.ts'

/** What a payment by token is booked for. */
export interface TokenBooking {
  readonly customerId: number
  readonly studioId: number
  /** Settled before all other claims. */
  readonly claimIds?: readonly number[]
  readonly description: string
}

/**
 * Uses a token that pays: books the payment with its journal entry and lets it settle claims; a job collects the money
 * after the commit. Answers the payment. Refuses (400) an instrument that the provider declines now, and (503) when the
 * provider does not answer; the token of a silent provider stays usable.
 */
export async function consumePayment(work: UnitOfWork, token: CheckedToken, booking: TokenBooking): Promise<number> {
  const { customerId, studioId, claimIds = [], description } = booking
  const { requestId, amount, providerKey, instrumentId } = token
  await take(work, token, customerId)
  const paymentId = await bookPayment(work, {
    customerId,
    studioId,
    amount,
    method: paymentMethod(token),
    description,
    claimIds,
    journalKey: `request:${requestId}`,
  })
  const stored = { amount: formatAmount(amount), currency: amount.currency, instrumentId, providerKey }
  await insertPayment(work.tx, { id: paymentId, customerId, paymentRequestId: requestId, ...stored }, work.now)
  if (instrumentId !== null && token.keepInstrument) await adoptInstrument(work, instrumentId, customerId)
  else if (instrumentId !== null) await retireDraft(work.tx, instrumentId, customerId, work.now)
  await deleteDrafts(work.tx, token.sessionId, work.now)
  // Last of all: the provider is asked for nothing that would be refused for another reason.
  if (!token.authorised) throw new StartOver((run) => authoriseStored(run, token))
  return paymentId
}

/**
 * Uses a token that brings a way of paying: from now on the customer is charged by it. `isNew` says that the same unit has
 * created the customer, so that partners receive that event alone.
 */
export async function consumeInstrument(
  work: UnitOfWork,
  token: CheckedToken,
  customerId: number,
  { isNew = false }: { readonly isNew?: boolean } = {},
) {
  const { method, keepInstrument } = token
  if (method === null) throw refuseUsed(token.reference)
  const instrumentId = isByHand(method) ? null : token.instrumentId
  await take(work, token, customerId)
  await installInstrument(work, { customerId, method, instrumentId, isNew })
  if (instrumentId !== null && keepInstrument) await adoptInstrument(work, instrumentId, customerId)
  await deleteDrafts(work.tx, token.sessionId, work.now)
}

/** The token is used once: its session ends, and what else was begun in it is given up. */
async function take(work: UnitOfWork, token: CheckedToken, customerId: number) {
  const { tx, now } = work
  const { requestId, sessionId, identity, reference } = token
  if (!(await takeRequest(tx, requestId, now))) throw refuseUsed(reference)
  if (!(await linkIdentity(tx, identity, customerId))) throw refuseCustomer(reference)
  await closeSession(tx, sessionId, 'CONSUMED', now)
  await cancelOtherRequests(tx, sessionId, requestId, now)
  work.audit({ action: 'paymentRequest.consumed', entityKind: 'paymentRequest', entityId: requestId })
}

function paymentMethod({ method }: CheckedToken) {
  switch (method) {
    case 'CREDIT_CARD':
    case 'PAYPAL':
    case 'TWINT':
    case 'IDEAL':
    case 'BANCONTACT':
      return method
    default:
      throw new Error(`A session with an amount was authorised by ${method satisfies Method | null}.`)
  }
}
