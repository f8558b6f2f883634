/** A claim that might be handed over; minor units. */
export interface ClaimFacts {
  readonly claimId: number
  readonly kind: string
  readonly parentClaimId: number | null
  readonly open: bigint
  readonly overdueDays: number
  readonly isInPlan: boolean
  readonly isCollected: boolean
  /** A payment run collects it just now. */
  readonly isInFlight: boolean
  readonly isBlocked: boolean
}

/** A customer with open claims. */
export interface DebtorFacts {
  readonly customerId: number
  readonly isOfAge: boolean
  readonly hasLiablePerson: boolean
  readonly isAddressValid: boolean
  readonly isHeld: boolean
  /** Which reminder the customer had last; 0: none. */
  readonly dunningLevel: number
  readonly isBlocked: boolean
  /** The last case was rejected because nobody is known who stands for the customer. */
  readonly lacksRepresentative: boolean
  /** The last case was rejected because this was too little; minor units. */
  readonly rejectedAsTooLittle: bigint | null
  readonly claims: readonly ClaimFacts[]
}

export interface SelectionRules {
  /** Minor units. */
  readonly minTotal: bigint
  readonly minOverdueDays: number
  readonly minDunningLevel: number
}

export type DebtExclusion = 'NOT_OVERDUE' | 'BLOCKED' | 'IN_INSTALLMENT_PLAN' | 'IN_DEBT_COLLECTION' | 'IN_PAYMENT_RUN'
export type DebtorExclusion =
  | 'DUNNING_LEVEL'
  | 'BLOCKED'
  | 'UNDER_AGE'
  | 'ADDRESS_INVALID'
  | 'COLLECTION_HOLD'
  | 'NO_LIABLE_PERSON'
  | 'NO_DEBTS'
  | 'MIN_TOTAL'
  | 'NOT_MORE_THAN_REJECTED'

export interface Selection {
  readonly customerId: number
  /** Why the customer stays out; then the debts only show what would have been. */
  readonly exclusion: DebtorExclusion | undefined
  readonly selected: readonly ClaimFacts[]
  readonly total: bigint
  readonly excluded: readonly { readonly claimId: number; readonly reason: DebtExclusion }[]
}

const fees: ReadonlySet<string> = new Set(['DUNNING_FEE', 'BANK_FEE'])

/** Which debts of a customer are handed over, and why not the others. Fees go where the claim goes that caused them. */
export function selectDebts(debtor: DebtorFacts, rules: SelectionRules): Selection {
  const byId = new Map(debtor.claims.map((claim) => [claim.claimId, claim]))
  const judged = debtor.claims.map((claim) => {
    const parent = fees.has(claim.kind) && claim.parentClaimId !== null ? byId.get(claim.parentClaimId) : undefined
    const ofParent = parent && judgeDebt(parent, rules)
    // What speaks against the fee itself counts in any case; its age does only where it goes alone.
    const own = judgeDebt(parent ? { ...claim, overdueDays: parent.overdueDays } : claim, rules)
    return { claim, reason: own ?? ofParent }
  })
  const selected = judged.flatMap(({ claim, reason }) => (reason === undefined ? [claim] : []))
  const excluded = judged.flatMap(({ claim, reason }) =>
    reason === undefined ? [] : [{ claimId: claim.claimId, reason }],
  )
  const total = selected.reduce((sum, { open }) => sum + open, 0n)
  return {
    customerId: debtor.customerId,
    exclusion: judgeDebtor(debtor, rules, total),
    selected,
    total,
    excluded,
  }
}

function judgeDebt(claim: ClaimFacts, { minOverdueDays }: SelectionRules): DebtExclusion | undefined {
  if (claim.isCollected) return 'IN_DEBT_COLLECTION'
  if (claim.isInFlight) return 'IN_PAYMENT_RUN'
  if (claim.isInPlan) return 'IN_INSTALLMENT_PLAN'
  if (claim.isBlocked) return 'BLOCKED'
  return claim.overdueDays >= minOverdueDays ? undefined : 'NOT_OVERDUE'
}

function judgeDebtor(
  debtor: DebtorFacts,
  { minTotal, minDunningLevel }: SelectionRules,
  total: bigint,
): DebtorExclusion | undefined {
  if (debtor.dunningLevel < minDunningLevel) return 'DUNNING_LEVEL'
  if (debtor.isBlocked) return 'BLOCKED'
  if (!debtor.isOfAge && !debtor.hasLiablePerson) return 'UNDER_AGE'
  if (!debtor.isAddressValid) return 'ADDRESS_INVALID'
  if (debtor.isHeld) return 'COLLECTION_HOLD'
  if (debtor.lacksRepresentative && !debtor.hasLiablePerson) return 'NO_LIABLE_PERSON'
  if (total === 0n) return 'NO_DEBTS'
  if (total < minTotal) return 'MIN_TOTAL'
  if (debtor.rejectedAsTooLittle !== null && total <= debtor.rejectedAsTooLittle) return 'NOT_MORE_THAN_REJECTED'
  return undefined
}
