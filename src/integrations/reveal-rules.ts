import { isBefore } from '../platform/time/order.ts'

/** How long a one-time link to keys is good, by the clock of the tenant. */
export const revealHours = 72

export interface RevealFacts {
  readonly expiresAt: Temporal.Instant
  readonly revealedAt: Temporal.Instant | null
  /** Whether the key is still kept for showing; one that was replaced or revoked is not. */
  readonly isKept: boolean
  /** Whether the key still counts. */
  readonly isKeyUsable: boolean
}

export type RevealVerdict = 'OPEN' | 'USED' | 'EXPIRED'

/** Whether a link may still show its keys. */
export function judgeReveal(facts: RevealFacts, now: Temporal.Instant): RevealVerdict {
  if (facts.revealedAt !== null) return 'USED'
  const isOver = !isBefore(now, facts.expiresAt)
  return isOver || !facts.isKept || !facts.isKeyUsable ? 'EXPIRED' : 'OPEN'
}
