import { type Sight, isVisibleCustomer, reachableSight } from '../../customers/index.ts'
import { badRequest, notFound, refuseFields, violation } from '../../platform/errors/errors.ts'
import type { PartnerWork, UnitOfWork } from '../../platform/units/work.ts'
import { formatAmount, readMoney } from '../../platform/values/money.ts'
import { findIdentity, findIdentityOfCustomer, type Identity, insertIdentity } from './identity-store.ts'
import { isByHand, isDirectDebit, type Method, offerMethods, type Scope } from '../method-rules.ts'
import { provider } from '../providers.ts'
import { hashToken, newToken } from '../tokens/secret-tokens.ts'
import { insertSession } from './session-store.ts'
import { findSettings } from '../settings-store.ts'

/** What a client wants to have authorised. */
export interface SessionWish {
  readonly scope: Scope
  readonly amount: number
  readonly referenceText: string
  readonly customerId?: number | undefined
  readonly identity?: string | undefined
  /** Empty: everything that the studio has. */
  readonly permitted: readonly Method[]
  readonly requireSignature: boolean
  readonly showExisting: boolean
}

export interface OpenedSession {
  /** Shown once; only its hash is stored. */
  readonly token: string
  readonly validUntil: Temporal.Instant
  readonly identity: string
}

const MAX_AMOUNT = 99_999.99

/**
 * Opens a session in the studio of the key. Refuses (400) a studio without payments, ids that do not belong together, and a
 * wish that leaves no way of paying; customers and identities that the key does not see are not found (404).
 */
export async function openSession(work: PartnerWork, wish: SessionWish): Promise<OpenedSession> {
  const { studio, activation } = work.caller
  const settings = await findSettings(work.tx, studio.id)
  if (!settings?.active) throw badRequest('errormessage.payment.featureInactive')
  if (wish.amount > MAX_AMOUNT) throw refuseFields([violation('amount', 'max', { type: 'DECIMAL', value: MAX_AMOUNT })])
  const amount = readMoney(wish.amount, studio.currency, 'amount')
  const identity = await openIdentity(work, wish)
  if (identity.customerId !== null) work.concern(identity.customerId)
  const able = await provider.capabilities({ db: work.tx }, studio.id)
  const chosen = wish.scope === 'MEMBER_ACCOUNT' ? settings.memberMethods : settings.ecomMethods
  const enabled = chosen.filter((method) => isByHand(method) || isDirectDebit(method) || able.methods.includes(method))
  const asked = { scope: wish.scope, asksMoney: amount.minor > 0n, currency: studio.currency }
  const methods = offerMethods({ ...asked, enabled, permitted: wish.permitted })
  if (methods.length === 0) throw badRequest('errormessage.payment.noMethodAvailable')
  const token = newToken()
  const validUntil = work.now.add({ minutes: settings.sessionMinutes })
  const sessionId = await insertSession(
    work.tx,
    {
      tokenSha256: hashToken(token),
      studioId: studio.id,
      identity: identity.id,
      customerId: identity.customerId,
      activationId: activation.id,
      scope: wish.scope,
      amount: formatAmount(amount),
      currency: studio.currency,
      methods,
      referenceText: wish.referenceText,
      requireSignature: wish.requireSignature,
      showExisting: wish.showExisting,
      validUntil,
    },
    work.now,
  )
  work.audit({
    action: 'paymentSession.opened',
    entityKind: 'paymentSession',
    entityId: sessionId,
    studioId: studio.id,
    diff: { scope: [null, wish.scope], amount: [null, formatAmount(amount)] },
  })
  return { token, validUntil, identity: identity.id }
}

/** Who pays: the customer, the identity, both if they belong together, or an identity that is nobody yet. */
async function openIdentity(work: PartnerWork, { customerId, identity: wanted }: SessionWish): Promise<Identity> {
  const sight = reachableSight(work)
  if (customerId !== undefined && !(await isVisibleCustomer(work.tx, sight, customerId))) {
    throw notFound('customer', customerId)
  }
  const named = wanted === undefined ? undefined : await findKnown(work, wanted, sight)
  if (customerId === undefined) return named ?? addIdentity(work, {})
  if (named === undefined)
    return (await findIdentityOfCustomer(work.tx, customerId)) ?? addIdentity(work, { customerId })
  if (named.customerId !== customerId) throw badRequest('errormessage.payment.customerIdsConflict')
  return named
}

/** An identity of a customer who does not exist for the key does not exist either. */
async function findKnown({ tx }: UnitOfWork, wanted: string, sight: Sight): Promise<Identity> {
  const found = await findIdentity(tx, wanted)
  const isSeen = found && (found.customerId === null || (await isVisibleCustomer(tx, sight, found.customerId)))
  if (!found || !isSeen) throw notFound('paymentIdentity', wanted)
  return found
}

async function addIdentity(work: PartnerWork, of: { readonly customerId?: number }): Promise<Identity> {
  const added = await insertIdentity(work.tx, { studioId: work.caller.studio.id, ...of }, work.now)
  const identity = added ?? (of.customerId && (await findIdentityOfCustomer(work.tx, of.customerId)))
  if (!identity) throw new Error('An identity was added and is not there.')
  return identity
}
