import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import type { Method, Scope } from '../../../src/payments/method-rules.ts'
import { type Behaviour, nameInstrument } from '../../../src/payments/sandbox/sandbox-rules.ts'
import { hashToken, newToken } from '../../../src/payments/tokens/secret-tokens.ts'
import {
  paymentIdentities,
  paymentInstruments,
  paymentRequests,
  paymentSessions,
  sandboxCharges,
} from '../../../src/payments/tables.ts'
import { checkPaymentToken, consumePayment } from '../../../src/payments/index.ts'
import { readMoney } from '../../../src/platform/values/money.ts'
import type { TestApp } from '../app.ts'
import type { TestStudio } from './world.ts'

/** What a payer has authorised in a session; everything else is usual. */
export interface Authorised {
  readonly studio?: TestStudio
  readonly customerId?: number
  /** An identity that is there already; left out: a new one, of the customer if there is one. */
  readonly identity?: string
  readonly scope?: Scope
  readonly amount?: string
  readonly method?: Method
  readonly minutes?: number
  readonly state?: (typeof paymentRequests.$inferInsert)['state']
  /** How the card behaves. */
  readonly behaviour?: Behaviour
  /** A known card was chosen: the provider is asked when the token is used. */
  readonly stored?: boolean
  readonly sessionId?: number
}

export interface AuthorisedToken {
  readonly token: string
  readonly identity: string
  readonly sessionId: number
  readonly requestId: number
  readonly instrumentId: number | null
}

const first = <T>(rows: readonly T[]): T => rows[0] as T

/** A token that a payer has authorised, without the way through the gateway. */
export function addToken(app: TestApp, wanted: Authorised = {}): Promise<AuthorisedToken> {
  const { studio = app.berlin, customerId, scope = 'ECOM', amount = '20.00', method = 'CREDIT_CARD' } = wanted
  const { minutes = 60, state = 'PREAUTHED', behaviour = 'APPROVES', stored = false } = wanted
  const token = newToken()
  return app.write(async ({ tx, now }) => {
    const at = { createdAt: now, updatedAt: now }
    const identity = wanted.identity ?? (await addIdentity())
    async function addIdentity() {
      const known = await tx
        .select({ id: paymentIdentities.id })
        .from(paymentIdentities)
        .where(sql`${paymentIdentities.customerId} = ${customerId ?? null}`)
      if (known[0]) return known[0].id
      const row = { studioId: studio.studioId, customerId: customerId ?? null, createdAt: now }
      return first(await tx.insert(paymentIdentities).values(row).returning({ id: paymentIdentities.id })).id
    }
    const session = {
      tokenSha256: hashToken(newToken()),
      studioId: studio.studioId,
      identity,
      customerId: customerId ?? null,
      scope,
      amount,
      currency: 'EUR',
      methods: [method],
      referenceText: 'Test',
      requireSignature: false,
      showExisting: true,
      state: 'OPEN' as const,
      validUntil: now.add({ minutes }),
    }
    const sessionId =
      wanted.sessionId ??
      first(
        await tx
          .insert(paymentSessions)
          .values({ ...session, ...at })
          .returning({ id: paymentSessions.id }),
      ).id
    const providerKey = randomUUID()
    const isCard = method === 'CREDIT_CARD'
    const instrument = {
      identity,
      type: 'CREDIT_CARD' as const,
      brand: 'Visa',
      last4: '4242',
      state: stored ? ('ACTIVE' as const) : ('DRAFT' as const),
      customerId: stored ? (customerId ?? null) : null,
      providerRef: nameInstrument(behaviour, randomUUID()),
    }
    const added = isCard
      ? await tx
          .insert(paymentInstruments)
          .values({ ...instrument, ...at })
          .returning({ id: paymentInstruments.id })
      : []
    const instrumentId = added[0]?.id ?? null
    const authorised = !stored && Number(amount) > 0
    if (authorised) {
      const charge = { key: providerKey, behaviour, amount, currency: 'EUR', state: 'AUTHORISED' as const }
      await tx.insert(sandboxCharges).values({ ...charge, ...at })
    }
    const request = { sessionId, tokenSha256: hashToken(token), method, instrumentId, providerKey, authorised, state }
    const rows = await tx
      .insert(paymentRequests)
      .values({ ...request, ...at })
      .returning({ id: paymentRequests.id })
    return { token, identity, sessionId, requestId: first(rows).id, instrumentId }
  }, studio)
}

export interface TokenPayment {
  readonly token: string
  readonly customerId: number
  readonly amount: string
  readonly claimIds?: readonly number[]
}

/** Pays like an operation that sells something for the amount. */
export function payByToken(app: TestApp, { token, customerId, amount, claimIds = [] }: TokenPayment) {
  const { studioId } = app.berlin
  const expected = [readMoney(amount, 'EUR', 'amount')] as const
  const use = { token, reference: 'paymentRequestToken', purpose: 'PAYMENT', customerId, expected } as const
  return app.write(async (work) => {
    const checked = await checkPaymentToken(work, use, [studioId])
    return consumePayment(work, checked, { customerId, studioId, claimIds, description: 'Test' })
  })
}
