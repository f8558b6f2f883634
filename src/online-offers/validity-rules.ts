import { addTerm, type CalendarUnit } from '../platform/time/zoned-time.ts'

/** How long a pass counts: MINUTES and HOURS from the first check-in, everything else on the calendar. */
export interface PeriodOfUse {
  readonly value: number
  readonly unit: CalendarUnit | 'MINUTES' | 'HOURS'
}

/** Calendar time within which a pass of minutes or hours must have been used first. */
export interface RedeemWithin {
  readonly value: number
  readonly unit: CalendarUnit
}

/** Local dates of the studio, both inclusive. `useMinutes` is null where the dates alone count. */
export interface Validity {
  readonly validFrom: Temporal.PlainDate
  readonly validTo: Temporal.PlainDate
  readonly useMinutes: number | null
}

const oneDay: RedeemWithin = { value: 1, unit: 'DAY' }

/** From when to when a pass counts that begins on `validFrom`. */
export function planValidity(
  period: PeriodOfUse,
  validFrom: Temporal.PlainDate,
  redeemWithin: RedeemWithin | null = null,
): Validity {
  const { value, unit } = period
  const isTimed = unit === 'MINUTES' || unit === 'HOURS'
  const length = isTimed ? (redeemWithin ?? oneDay) : { value, unit }
  const validTo = addTerm(validFrom, length.value, length.unit).subtract({ days: 1 })
  return { validFrom, validTo, useMinutes: isTimed ? value * (unit === 'HOURS' ? 60 : 1) : null }
}
