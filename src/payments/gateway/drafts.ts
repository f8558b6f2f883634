import type { UnitOfWork } from '../../platform/units/work.ts'
import { cardLabel } from '../instruments/account-numbers.ts'
import { accountPartLabel } from '../instruments/bank-accounts.ts'
import { insertDraft } from '../instruments/instrument-store.ts'
import type { StoredInstrument } from '../provider.ts'

export interface CardDraft {
  readonly identity: string
  /** What the payer has typed. */
  readonly holder?: string | undefined
  readonly instrument: StoredInstrument
}

/** Stores what may be kept of a card; its number is not among it. */
export function storeDraft(work: UnitOfWork, { identity, holder, instrument }: CardDraft): Promise<number> {
  const { ref: providerRef, brand, last4, first6, expiry } = instrument
  const hash = (label: string) => work.installation.secrets.hash('blind-index', label)
  const draft = {
    identity,
    type: 'CREDIT_CARD' as const,
    holder: holder ?? instrument.holder ?? null,
    accountHmac: first6 && last4 ? hash(cardLabel(first6, last4)) : null,
    accountPartHmac: last4 ? hash(accountPartLabel(last4)) : null,
    providerRef,
    brand,
    last4,
    expiry,
  }
  return insertDraft(work.tx, draft, work.now)
}
