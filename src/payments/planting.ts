import { randomUUID } from 'node:crypto'
import type { UnitOfWork } from '../platform/units/work.ts'
import { formatAmount, type Money } from '../platform/values/money.ts'
import { accountPartLabel } from './instruments/bank-accounts.ts'
import { cardLabel } from './instruments/account-numbers.ts'
import type { Secrets } from '../platform/secrets.ts'
import { findIdentityOfCustomer, insertIdentity } from './sessions/identity-store.ts'
import { adoptInstrument } from './instruments/instruments.ts'
import { insertDraft } from './instruments/instrument-store.ts'
import type { Method, Scope } from './method-rules.ts'
import { insertRequest, updateRequest } from './tokens/request-store.ts'
import { insertCharge } from './sandbox/sandbox-store.ts'
import { nameInstrument } from './sandbox/sandbox-rules.ts'
import { hashToken, newToken } from './tokens/secret-tokens.ts'
import { insertSession } from './sessions/session-store.ts'

/** A token that a demo prints: everybody knows it, and it works once. */
export interface FixedToken {
  readonly token: string
  readonly studioId: number
  /** Nobody yet where it is left out. */
  readonly customerId?: number
  readonly scope: Scope
  readonly amount: Money
  readonly method: Method
  readonly validUntil: Temporal.Instant
}

/** Plants what a payer would have authorised in a session. */
export async function plantAuthorisation(work: UnitOfWork, fixed: FixedToken) {
  const { tx, now } = work
  const { studioId, customerId, scope, method, validUntil } = fixed
  const amount = formatAmount(fixed.amount)
  const { currency } = fixed.amount
  const known = customerId === undefined ? undefined : await findIdentityOfCustomer(tx, customerId)
  const payer = customerId === undefined ? { studioId } : { studioId, customerId }
  const identity = known ?? (await insertIdentity(tx, payer, now))
  if (!identity) throw new Error('An identity was planted and is not there.')
  const sessionId = await insertSession(
    tx,
    {
      tokenSha256: hashToken(newToken()),
      studioId,
      identity: identity.id,
      customerId: customerId ?? null,
      scope,
      amount,
      currency,
      methods: [method],
      referenceText: 'Demo',
      requireSignature: false,
      showExisting: true,
      validUntil,
    },
    now,
  )
  const providerKey = randomUUID()
  const authorised = fixed.amount.minor > 0n
  const charge = { key: providerKey, behaviour: 'APPROVES', amount, currency, state: 'AUTHORISED' } as const
  if (authorised) await insertCharge(tx, charge, now)
  const request = { sessionId, tokenSha256: hashToken(fixed.token), providerKey }
  const requestId = await insertRequest(tx, request, now)
  await updateRequest(tx, requestId, { state: 'PREAUTHED', method, authorised }, now)
}

/** Plants a card of the sandbox that a customer can choose again. */
export async function plantCard(work: UnitOfWork, secrets: Secrets, card: PlantedCard) {
  const { customerId, studioId, holder, last4, first6 } = card
  const { tx, now } = work
  const identity =
    (await findIdentityOfCustomer(tx, customerId)) ?? (await insertIdentity(tx, { studioId, customerId }, now))
  const hash = (label: string) => secrets.hash('blind-index', label)
  const instrumentId = await insertDraft(
    tx,
    {
      identity: identity?.id ?? null,
      type: 'CREDIT_CARD',
      holder,
      brand: 'Visa',
      last4,
      expiry: card.expiry,
      providerRef: nameInstrument('APPROVES', randomUUID()),
      accountHmac: hash(cardLabel(first6, last4)),
      accountPartHmac: hash(accountPartLabel(last4)),
    },
    now,
  )
  await adoptInstrument(work, instrumentId, customerId)
}

export interface PlantedCard {
  readonly customerId: number
  readonly studioId: number
  readonly holder: string
  readonly first6: string
  readonly last4: string
  readonly expiry: Temporal.PlainDate
}
