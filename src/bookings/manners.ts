import type { View } from '../platform/units/work.ts'
import type { TrialFacts } from './booking-facts.ts'
import type { BreakableRule } from './rules/check-rules.ts'
import { bookingHooks } from './hooks.ts'

/** Marks a booking as a trial: the config that offers what is booked, or null when none does. */
export interface TrialWish {
  readonly configId: number | null
}

interface WantedTrial {
  readonly trial?: TrialWish | undefined
  readonly customerId: number | null
}

/** Reads what a trial asks about its config; undefined for a booking that is no trial. */
export const readyTrial = ({ trial, customerId }: WantedTrial) =>
  trial && bookingHooks().findTrial({ customerId, configId: trial.configId })

/** What {@link readyTrial} has found; null for a booking that is no trial. */
export const toTrialFacts = (
  { trial }: Pick<WantedTrial, 'trial'>,
  found: TrialFacts | undefined,
): TrialFacts | null => (trial ? (found ?? { config: null, isProspect: false, leadConfigId: null }) : null)

/** What a trial asks about its config; null for a booking that is no trial. */
export async function findWantedTrial({ db }: View, wish: WantedTrial): Promise<TrialFacts | null> {
  return toTrialFacts(wish, await readyTrial(wish)?.send(db))
}

/** How a booking is made: by whom, and which rules staff break on purpose. */
export interface BookingManner {
  readonly channel: 'API' | 'STAFF' | 'TRIAL_OFFER'
  readonly broken: readonly BreakableRule[]
}
