import { least } from '../amounts.ts'

/** What a payment of an agency still settles of a claim; minor units. */
export interface Settled {
  readonly allocationId: number
  readonly claimId: number
  readonly left: bigint
}

/** A payment as far as one debt goes. */
export interface CorrectedPayment {
  /** What of the payment was for the debt. */
  readonly share: bigint
  /** The claim of the debt. */
  readonly claimId: number
  /** What was for other debts, by their claims. */
  readonly otherShares: ReadonlyMap<number, bigint>
  /** What it has not settled yet. */
  readonly remaining: bigint
  /** The newest first. */
  readonly settled: readonly Settled[]
}

export interface Correction {
  readonly fromRemaining: bigint
  readonly undone: readonly { readonly allocationId: number; readonly claimId: number; readonly amount: bigint }[]
  /** What cannot be taken from the payment any more, because it was paid out. */
  readonly missing: bigint
}

/**
 * Where money comes from that an agency takes back from a debt: first what the payment has not settled, then what it gave
 * to other claims, then what it settled of the debt itself. What the same payment was for other debts stays.
 */
export function planCorrection(payment: CorrectedPayment, amount: bigint): Correction {
  const { share, claimId, otherShares, remaining, settled } = payment
  const own = settled.filter((each) => each.claimId === claimId)
  const ofOwn = own.reduce((total, { left }) => total + left, 0n)
  const surplus = share > ofOwn ? share - ofOwn : 0n
  const fromRemaining = least(least(amount, surplus), remaining)
  let missing = amount - fromRemaining
  let elsewhere = surplus - fromRemaining
  const kept = new Map(otherShares)
  const undone = settled.flatMap(({ allocationId, claimId: other, left }) => {
    if (other === claimId) return []
    const stays = least(left, kept.get(other) ?? 0n)
    kept.set(other, (kept.get(other) ?? 0n) - stays)
    const part = least(least(left - stays, elsewhere), missing)
    if (part <= 0n) return []
    elsewhere -= part
    missing -= part
    return [{ allocationId, claimId: other, amount: part }]
  })
  const reopened = own.flatMap(({ allocationId, left }) => {
    const part = least(left, missing)
    if (part <= 0n) return []
    missing -= part
    return [{ allocationId, claimId, amount: part }]
  })
  return { fromRemaining, undone: [...undone, ...reopened], missing }
}
