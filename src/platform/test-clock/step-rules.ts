import { isAfter, isBefore } from '../time/order.ts'

/** One call moves a clock no further: every day on the way runs the jobs of all studios. */
export const LONGEST_STEP_DAYS = 400

/** Dates of the API end with the year 2199. */
const lastMoment = Temporal.Instant.from('2199-12-31T23:59:59.999Z')

export type StepRefusal = 'BACKWARDS' | 'TOO_LONG' | 'OUT_OF_RANGE'

/** Why a clock cannot go from `now` to `target` in one step, by the calendar of the zone; undefined when it can. */
export function judgeStep(now: Temporal.Instant, target: Temporal.Instant, zone: string): StepRefusal | undefined {
  if (isBefore(target, now)) return 'BACKWARDS'
  const furthest = now.toZonedDateTimeISO(zone).add({ days: LONGEST_STEP_DAYS }).toInstant()
  if (isAfter(target, furthest)) return 'TOO_LONG'
  return isAfter(target, lastMoment) ? 'OUT_OF_RANGE' : undefined
}

/** The moment that a duration leads to, by the calendar of the zone; undefined where no clock shows it. */
export function addToClock(
  now: Temporal.Instant,
  duration: Temporal.Duration,
  zone: string,
): Temporal.Instant | undefined {
  try {
    return now.toZonedDateTimeISO(zone).add(duration).toInstant()
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

/** A duration written as in ISO 8601; undefined where it is longer than any clock can go. */
export function readDuration(text: string): Temporal.Duration | undefined {
  try {
    return Temporal.Duration.from(text)
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}
