import { isBefore } from '../platform/time/order.ts'
/** How long the provider is asked again for money that it has not paid out. */
const GIVE_UP_AFTER = Temporal.Duration.from({ hours: 24 })
const FIRST_PAUSE_SECONDS = 30
const LONGEST_PAUSE_SECONDS = 2 * 60 * 60

/**
 * When to ask a silent provider again: the pauses double, up to two hours. Undefined once a day has passed since the
 * booking: then the payment has failed.
 */
export function planNextCapture(
  { attempts, createdAt }: { readonly attempts: number; readonly createdAt: Temporal.Instant },
  now: Temporal.Instant,
): Temporal.Instant | undefined {
  if (!isBefore(now, createdAt.add(GIVE_UP_AFTER))) return undefined
  const seconds = Math.min(FIRST_PAUSE_SECONDS * 2 ** attempts, LONGEST_PAUSE_SECONDS)
  return now.add({ seconds })
}
