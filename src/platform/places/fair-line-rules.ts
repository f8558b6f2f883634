import type { ShedClass } from '../api/operation.ts'
import type { Demand } from './demand.ts'

/** The one who waits longest of a holder and class. */
export interface Head {
  readonly demand: Demand
  /** Who came earlier has the smaller one; that of a request which was admitted before is below all others. */
  readonly order: number
}

/** What is shared, and what of it is in hand. */
export interface Shares {
  readonly size: number
  readonly held: {
    ofHolder(holder: string): number
    ofTenant(tenantId: number | 'none'): number
  }
}

const ranks: Readonly<Record<ShedClass, number>> = { CRITICAL: 0, NORMAL: 1, BULK: 2 }
/** Of so many grants one goes to the lower classes, so that they do not starve. */
const GRANTS_A_ROUND = 8

/** Whether a demand of class `rank` is served before one of class `other`, or with it. */
export const isServedBefore = (rank: ShedClass, other: ShedClass) => ranks[rank] <= ranks[other]

/**
 * Those of `heads` whose holder and tenant have less than half in hand. Only while others wait is there a share: who
 * waits alone may take everything.
 */
export function withinShare<H extends Head>(heads: readonly H[], { size, held }: Shares): readonly H[] {
  const half = Math.ceil(size / 2)
  const holders = new Set(heads.map(({ demand }) => demand.holder)).size
  const tenants = new Set(heads.map(({ demand }) => demand.tenantId)).size
  return heads.filter(({ demand: { holder, tenantId } }) => {
    const isHolderOver = holders > 1 && held.ofHolder(holder) >= half
    // Look-ups that belong to no tenant are counted by their holder alone.
    return !isHolderOver && (tenants === 1 || tenantId === 'none' || held.ofTenant(tenantId) < half)
  })
}

/**
 * Who is served next: the highest class, and in it who came first; in every eighth grant who waits longest in the classes
 * below. Who is over his share comes last. Undefined when nobody waits.
 */
export function chooseNext<H extends Head>(heads: readonly H[], shares: Shares, grantNo: number): H | undefined {
  const fair = withinShare(heads, shares)
  const [first, ...others] = fair.length > 0 ? fair : heads
  if (!first) return undefined
  const best = others.reduce((a, b) => (isAhead(b, a) ? b : a), first)
  if (grantNo % GRANTS_A_ROUND !== GRANTS_A_ROUND - 1) return best
  const lower = [first, ...others].filter(({ demand }) => ranks[demand.rank] > ranks[best.demand.rank])
  return lower.reduce((a, b) => (b.order < a.order ? b : a), lower[0] ?? best)
}

/**
 * Who is refused first while a queue stands: who is over his share, then BULK, then NORMAL, then who waits longest.
 * Undefined when all of them are CRITICAL.
 */
export function chooseLate<H extends Head>(late: readonly H[], all: readonly Head[], shares: Shares): H | undefined {
  const fair = new Set<Head>(withinShare(all, shares))
  const refusable = late.filter(({ demand }) => demand.rank !== 'CRITICAL')
  const over = refusable.filter((head) => !fair.has(head))
  const [first, ...others] = over.length > 0 ? over : refusable
  return first && others.reduce((a, b) => (isLater(b, a) ? b : a), first)
}

function isAhead(a: Head, b: Head): boolean {
  const byRank = ranks[a.demand.rank] - ranks[b.demand.rank]
  return byRank < 0 || (byRank === 0 && a.order < b.order)
}

function isLater(a: Head, b: Head): boolean {
  const byRank = ranks[b.demand.rank] - ranks[a.demand.rank]
  return byRank < 0 || (byRank === 0 && a.order < b.order)
}
