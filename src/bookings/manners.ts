import type { View } from '../platform/units/work.ts'
import type { TrialFacts } from './booking-facts.ts'
import type { BreakableRule } from './check-rules.ts'
import { bookingHooks } from './hooks.ts'

/** Marks a booking as a trial: the config that offers what is booked, or null when none does. */
export interface TrialWish {
  readonly configId: number | null
}

/** What a trial asks about its config; null for a booking that is no trial. */
export async function findWantedTrial(
  { db }: View,
  { trial, customerId }: { readonly trial?: TrialWish | undefined; readonly customerId: number | null },
): Promise<TrialFacts | null> {
  if (!trial) return null
  const found = await bookingHooks().findTrial?.(db, { customerId, configId: trial.configId })
  return found ?? { config: null, isProspect: false, leadConfigId: null }
}

/** How a booking is made: by whom, and which rules staff break on purpose. */
export interface BookingManner {
  readonly channel: 'API' | 'STAFF' | 'TRIAL_OFFER'
  readonly broken: readonly BreakableRule[]
}
