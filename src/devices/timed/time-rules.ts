import type { Money } from '../../platform/values/money.ts'
import type { TimeConfig } from '../config-rules.ts'
import { priceOfSeconds } from '../payment-rules.ts'

/** A duration on offer. */
export interface Interval {
  readonly durationSeconds: number
  readonly price: Money
}

export interface TimeOffer {
  readonly config: Pick<TimeConfig, 'mode' | 'minSeconds' | 'maxSeconds'>
  readonly intervals: readonly Interval[]
  /** Of PER_MINUTE. */
  readonly pricePerMinute: Money | undefined
}

export type TimePlan =
  /** `seconds` is null where only a benefit counts; `price` is undefined where nothing but a benefit pays. */
  | { readonly kind: 'USE'; readonly seconds: number | null; readonly price: Money | undefined }
  | { readonly kind: 'MISSING' }
  | { readonly kind: 'NOT_AVAILABLE'; readonly seconds: number }

/** What a use of so many seconds would cost without a benefit. */
export function planUse({ config, intervals, pricePerMinute }: TimeOffer, seconds: number | undefined): TimePlan {
  if (config.mode === 'BENEFIT_ONLY') return { kind: 'USE', seconds: null, price: undefined }
  if (seconds === undefined) return { kind: 'MISSING' }
  if (config.mode === 'INTERVALS') {
    const found = intervals.find(({ durationSeconds }) => durationSeconds === seconds)
    return found ? { kind: 'USE', seconds, price: found.price } : { kind: 'NOT_AVAILABLE', seconds }
  }
  const isWithin = seconds >= config.minSeconds && seconds <= config.maxSeconds
  if (!isWithin || !pricePerMinute) return { kind: 'NOT_AVAILABLE', seconds }
  return { kind: 'USE', seconds, price: priceOfSeconds(pricePerMinute, seconds) }
}
