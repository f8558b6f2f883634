import { least } from '../amounts.ts'

/** A claim that money may settle; minor units, above zero. */
export interface OpenClaim {
  readonly claimId: number
  readonly open: bigint
}

/** What can settle claims: a payment or the like, or a credit note with the claim that it takes back. */
export interface OpenCredit {
  readonly kind: 'ITEM' | 'CLAIM'
  readonly id: number
  readonly left: bigint
  readonly ownClaimId?: number | null
}

export interface Allocation {
  readonly claimId: number
  readonly credit: Pick<OpenCredit, 'kind' | 'id'>
  readonly amount: bigint
}

/** Claims that were named come first; both parts keep their order. */
export function namedFirst<C extends OpenClaim>(claims: readonly C[], named: ReadonlySet<number>): C[] {
  return [...claims.filter(({ claimId }) => named.has(claimId)), ...claims.filter(({ claimId }) => !named.has(claimId))]
}

/**
 * Which credit settles how much of which claim. A credit note first settles its own claim. Then claims are settled in the
 * given order, each by the oldest credits; `credits` come oldest first.
 */
export function planAllocations(claims: readonly OpenClaim[], credits: readonly OpenCredit[]): Allocation[] {
  const open = new Map(claims.map(({ claimId, open: amount }) => [claimId, amount]))
  const left = new Map(credits.map((credit) => [credit, credit.left]))
  const planned: Allocation[] = []
  const settle = (claimId: number, credit: OpenCredit) => {
    const amount = least(open.get(claimId) ?? 0n, left.get(credit) ?? 0n)
    if (amount <= 0n) return
    open.set(claimId, (open.get(claimId) ?? 0n) - amount)
    left.set(credit, (left.get(credit) ?? 0n) - amount)
    planned.push({ claimId, credit: { kind: credit.kind, id: credit.id }, amount })
  }
  for (const credit of credits) if (credit.ownClaimId) settle(credit.ownClaimId, credit)
  for (const { claimId } of claims) for (const credit of credits) settle(claimId, credit)
  return planned
}

/** How much is taken from each of several amounts, in their order, until `wanted` is reached. */
export function takeInOrder<T extends { readonly left: bigint }>(
  from: readonly T[],
  wanted: bigint,
): { readonly source: T; readonly amount: bigint }[] {
  let missing = wanted
  return from.flatMap((source) => {
    const amount = least(source.left, missing)
    if (amount <= 0n) return []
    missing -= amount
    return [{ source, amount }]
  })
}
