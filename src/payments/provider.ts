import type { RejectionReason } from '../accounts/index.ts'
import type { RunUnit, View } from '../platform/units/work.ts'
import type { Money } from '../platform/values/money.ts'
import type { Method } from './method-rules.ts'

/** Who takes cards and wallets for a studio. */
export const providerNames = ['SANDBOX', 'STRIPE'] as const

/** How a payment stands that its payer contests. */
export const disputeStates = ['OPEN', 'WON', 'LOST'] as const

/** What a payer types of a card. It lives in memory only, on its way to the provider. */
export interface CardInput {
  readonly number: string
  /** 1 to 12. */
  readonly expiryMonth: number
  /** Four digits. */
  readonly expiryYear: number
  readonly holder?: string | undefined
}

/** What may be kept of a card or wallet. */
export interface StoredInstrument {
  /** What the provider calls it; null for one that pays once and cannot be charged again. */
  readonly ref: string | null
  readonly brand: string
  /** What the provider has read of the payer; left out where we have read it ourselves. */
  readonly holder?: string | null
  readonly last4: string | null
  /** The first six digits, for searching by a masked number. */
  readonly first6: string | null
  readonly expiry: Temporal.PlainDate | null
}

/** What the payer has to do. */
export type PayerAction =
  /** Approve on a page of the provider; `path` begins below the gateway. */
  | { readonly type: 'REDIRECT' | 'CHALLENGE'; readonly path: string }
  /** Pay in the provider's own fields on our page, which hand the card to nobody else. */
  | {
      readonly type: 'ELEMENTS'
      readonly provider: 'STRIPE'
      readonly publishableKey: string
      readonly clientSecret: string
      /** What the secret opens: a payment, or an instrument that is only stored. */
      readonly intent: 'PAYMENT' | 'SETUP'
    }

export type ProviderAnswer =
  | { readonly kind: 'AUTHORISED'; readonly instrument?: StoredInstrument }
  | {
      readonly kind: 'ACTION_REQUIRED'
      readonly action: PayerAction
      readonly instrument?: StoredInstrument
    }
  | { readonly kind: 'DECLINED'; readonly reason: RejectionReason }

export interface ChargeWish {
  /** Names the charge: a second call with the same key answers what the first one did. */
  readonly key: string
  /** For which studio the money is. */
  readonly studioId: number
  /** 0 stores the instrument without taking money. */
  readonly amount: Money
  /** Whether the payer wants the instrument to be kept for later. */
  readonly keep?: boolean
  readonly source:
    | { readonly kind: 'CARD'; readonly card: CardInput }
    /** The payer gives the provider himself what else it takes. */
    | { readonly kind: 'METHOD'; readonly method: Method }
    /** The payer is not there: an instrument is charged that the provider knows. */
    | { readonly kind: 'STORED'; readonly ref: string }
}

export interface RefundWish {
  /** Names the charge that is given back. */
  readonly key: string
  readonly amount: Money
  /** Names the refund: a second call with the same key gives nothing back again. */
  readonly refundKey: string
}

export interface MadeRefund {
  /** What the provider calls it. */
  readonly ref: string
  /** The money did not go back after all: it is with the studio as before. */
  readonly hasFailed: boolean
}

/** What a studio can take through a provider. */
export interface Capabilities {
  readonly methods: readonly Method[]
  /** Whether an instrument that is called so can be charged. */
  takes(ref: string | null): boolean
  /** What a page needs that shows the provider's own fields. */
  readonly publishableKey?: string
}

/** The provider has not answered; nothing is known, and the same key may be used again. */
export class ProviderSilent extends Error {
  override readonly name = 'ProviderSilent'

  constructor(cause?: unknown) {
    super('The payment provider has not answered.', { cause })
  }
}

/**
 * What takes cards and wallets for the studio. Each call stands outside the unit whose money it is about: it may take
 * seconds, and throws `ProviderSilent` when no answer comes. `run` makes units of their own.
 */
export interface Provider {
  capabilities(view: Pick<View, 'db'>, studioId: number): Promise<Capabilities>
  /** Refuses (400) a card that it cannot take; the number is nowhere repeated. */
  authorise(run: RunUnit, wish: ChargeWish): Promise<ProviderAnswer>
  /** What has become of a charge that waited for the payer. */
  find(run: RunUnit, key: string): Promise<ProviderAnswer | undefined>
  /** Takes what was authorised; a second call answers the same. */
  capture(run: RunUnit, key: string): Promise<'CAPTURED' | { readonly failed: RejectionReason }>
  /** Lets go of what was authorised; gives back what was taken without having been held first. */
  release(run: RunUnit, key: string): Promise<void>
  /** Gives money back that was taken, and answers what has become of it, or how much is left to give back at most. */
  refund(run: RunUnit, wish: RefundWish): Promise<MadeRefund | { readonly most: Money }>
}
