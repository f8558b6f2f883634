import type { RejectionReason } from '../accounts/index.ts'
import type { RunUnit } from '../platform/units/work.ts'
import type { Money } from '../platform/values/money.ts'

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
  /** What the provider calls it. */
  readonly ref: string
  readonly brand: string
  readonly last4: string | null
  /** The first six digits, for searching by a masked number. */
  readonly first6: string | null
  readonly expiry: Temporal.PlainDate | null
}

export type ProviderAnswer =
  | { readonly kind: 'AUTHORISED'; readonly instrument?: StoredInstrument }
  /** The payer has to approve on a page of the provider; `path` begins below the gateway. */
  | {
      readonly kind: 'ACTION_REQUIRED'
      readonly action: { readonly type: 'REDIRECT' | 'CHALLENGE'; readonly path: string }
      readonly instrument?: StoredInstrument
    }
  | { readonly kind: 'DECLINED'; readonly reason: RejectionReason }

export interface ChargeWish {
  /** Names the charge: a second call with the same key answers what the first one did. */
  readonly key: string
  /** 0 stores the instrument without taking money. */
  readonly amount: Money
  readonly source:
    | { readonly kind: 'CARD'; readonly card: CardInput }
    | { readonly kind: 'WALLET'; readonly method: string }
    | { readonly kind: 'STORED'; readonly ref: string }
}

/** The provider has not answered; nothing is known, and the same key may be used again. */
export class ProviderSilent extends Error {
  override readonly name = 'ProviderSilent'

  constructor() {
    super('The payment provider has not answered.')
  }
}

/**
 * What takes cards and wallets for the studio. Each call stands outside the unit whose money it is about: it may take
 * seconds, and throws `ProviderSilent` when no answer comes. `run` makes units of their own.
 */
export interface Provider {
  /** Refuses (400) a card that it cannot take; the number is nowhere repeated. */
  authorise(run: RunUnit, wish: ChargeWish): Promise<ProviderAnswer>
  /** What has become of a charge that waited for the payer. */
  find(run: RunUnit, key: string): Promise<ProviderAnswer | undefined>
  /** Takes what was authorised; a second call answers the same. */
  capture(run: RunUnit, key: string): Promise<'CAPTURED' | { readonly failed: RejectionReason }>
  /** Lets go of what was authorised. */
  release(run: RunUnit, key: string): Promise<void>
}
