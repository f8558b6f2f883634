import { type MandateUse, type SequenceType, sequenceType } from './mandate-use-rules.ts'
import { isBankGroup, type MethodGroup } from './method-group-rules.ts'

/** A claim of an item as it stands at the export. */
export interface ItemClaim {
  readonly claimId: number
  /** What was open of it when it was selected, and what is now; minor units. */
  readonly selected: bigint
  readonly open: bigint
  /** Open, and collected by nobody else. */
  readonly isFree: boolean
}

/** An item of a draft at the export. */
export interface ItemFacts extends MandateUse {
  readonly itemId: number
  readonly currency: string
  /** Whether the customer is still charged by the account or card that was selected. */
  readonly canBeCharged: boolean
  readonly claims: readonly ItemClaim[]
}

/** What an item collects, minor units; `changed` has the claims that are collected otherwise than selected, or not at all. */
export interface FixedItem {
  readonly itemId: number
  readonly amount: bigint
  readonly currency: string
  readonly sequenceType: SequenceType | null
  readonly claimIds: readonly number[]
  readonly changed: readonly { readonly claimId: number; readonly amount: bigint | null }[]
}

/**
 * Fixes what an item collects: what is open now of its claims. Those that were settled otherwise drop out; undefined when
 * none is left, or the account cannot be charged any more.
 */
export function fixItem(facts: ItemFacts, methodGroup: MethodGroup): FixedItem | undefined {
  const { itemId, currency, canBeCharged, claims } = facts
  const free = claims.filter(({ isFree }) => isFree)
  if (!canBeCharged || free.length === 0) return undefined
  return {
    itemId,
    amount: free.reduce((sum, { open }) => sum + open, 0n),
    currency,
    sequenceType: isBankGroup(methodGroup) ? sequenceType(facts) : null,
    claimIds: free.map(({ claimId }) => claimId),
    changed: claims.flatMap(({ claimId, selected, open, isFree }) =>
      isFree && open === selected ? [] : [{ claimId, amount: isFree ? open : null }],
    ),
  }
}
