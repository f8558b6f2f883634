export type RetryPolicy = 'standard' | 'none' | 'exponential'

export type NextStep =
  | { readonly state: 'DELIVERED' }
  | { readonly state: 'RETRY_WAIT'; readonly nextAttemptAt: Temporal.Instant }
  | { readonly state: 'DEAD' }

/** Minutes from the end of a failed attempt to the next one. */
const pauses: Readonly<Record<RetryPolicy, readonly number[]>> = {
  standard: [10, 10, 10],
  none: [],
  exponential: [1, 5, 30, 2 * 60, 6 * 60, 12 * 60, 24 * 60],
}

export interface FinishedAttempt {
  readonly policy: RetryPolicy
  /** 1 for the first attempt since the delivery was planned or replayed. */
  readonly no: number
  /** Absent when there was no answer. */
  readonly status: number | null
  /** By the clock of the tenant. */
  readonly endedAt: Temporal.Instant
}

/** What becomes of a delivery after an attempt: any 2xx is success, after the last repeat it is a dead letter. */
export function planNextStep({ policy, no, status, endedAt }: FinishedAttempt): NextStep {
  if (status !== null && status >= 200 && status < 300) return { state: 'DELIVERED' }
  const minutes = pauses[policy][no - 1]
  return minutes === undefined ? { state: 'DEAD' } : { state: 'RETRY_WAIT', nextAttemptAt: endedAt.add({ minutes }) }
}
