import fc from 'fast-check'

/** What a member does one day, counted from the day of signing. */
export interface PlannedChange {
  readonly kind: 'PAUSE' | 'END_PAUSE' | 'CANCEL' | 'WITHDRAW' | 'SWITCH' | 'BUY_MODULE' | 'CANCEL_MODULE'
  readonly after: number
  /** Chooses among what is possible on that day. */
  readonly choice: number
}

/** A member of two years. */
export interface LifePlan {
  /** Days after the first day of the story. */
  readonly signsOn: number
  readonly offer: number
  /** Days from signing to the first day. */
  readonly startsIn: number
  /** Days of use before the first day, where the offer has them. */
  readonly usesBefore: number
  readonly bornDaysAgo: number
  readonly voucherCode: 'THIRD' | 'SPLIT' | 'CREDIT' | undefined
  readonly changes: readonly PlannedChange[]
}

const kinds = ['PAUSE', 'END_PAUSE', 'CANCEL', 'WITHDRAW', 'SWITCH', 'BUY_MODULE', 'CANCEL_MODULE'] as const

/** Half of all members only sign; the others change something up to four times. */
const changes = fc.oneof(
  fc.constant([]),
  fc.array(
    fc.record({ kind: fc.constantFrom(...kinds), after: fc.integer({ min: 0, max: 500 }), choice: fc.nat(1000) }),
    { minLength: 1, maxLength: 4 },
  ),
)

function lives(offers: number): fc.Arbitrary<LifePlan> {
  return fc.record({
    signsOn: fc.integer({ min: 0, max: 60 }),
    offer: fc.nat(offers - 1),
    startsIn: fc.integer({ min: 0, max: 200 }),
    usesBefore: fc.integer({ min: 0, max: 40 }),
    bornDaysAgo: fc.integer({ min: 16 * 365, max: 60 * 365 }),
    voucherCode: fc.constantFrom(undefined, undefined, 'THIRD', 'SPLIT', 'CREDIT'),
    changes,
  })
}

/** So many lives; the same seed makes the same ones. */
export function planLives(
  count: number,
  { seed, offers }: { readonly seed: number; readonly offers: number },
): LifePlan[] {
  return fc.sample(lives(offers), { numRuns: count, seed })
}
