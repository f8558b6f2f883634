import { countDays } from '../../platform/time/order.ts'
import { startOfDay } from '../../platform/time/zoned-time.ts'
import type { DateRange } from '../../platform/time/calendar.ts'

/** Moments of a list window; `until` is outside. */
export interface Window {
  readonly from: Temporal.Instant
  readonly until: Temporal.Instant
}

/** The dates of a slot list: `daysAhead` days after the first one, so that 6 shows a full week. */
export function slotDates(firstDate: Temporal.PlainDate, daysAhead: number): DateRange {
  return { fromDate: firstDate, untilDate: firstDate.add({ days: daysAhead }) }
}

/** The starts of a slot list: from the first moment of the first date to the last one of the last date. */
export function slotWindow(firstDate: Temporal.PlainDate, daysAhead: number, zone: string): Window {
  return { from: startOfDay(firstDate, zone), until: startOfDay(firstDate.add({ days: daysAhead + 1 }), zone) }
}

/** The starts of the slots that a class shows: yesterday through two weeks from today. */
export function classSlotWindow(today: Temporal.PlainDate, zone: string): Window {
  return slotWindow(today.subtract({ days: 1 }), 15, zone)
}

/** A customer's booking list: bookings that start at `from` or later and end at `until` or earlier (inclusive here). */
export function bookingListWindow(today: Temporal.PlainDate, zone: string): Window {
  return { from: startOfDay(today.subtract({ days: 14 }), zone), until: startOfDay(today.add({ days: 15 }), zone) }
}

/** Days of a booking list that its caller names, both included. */
export interface ListedDays {
  readonly from: Temporal.PlainDate
  readonly to: Temporal.PlainDate
}

export const longestListDays = 366
/** As many as the list has without names. */
const usualDays = 29

/** The days that a caller means who names one of them or both; the other one is four weeks away. */
export function planListedDays({
  from,
  to,
}: { readonly [End in keyof ListedDays]: Temporal.PlainDate | undefined }):
  | (ListedDays & { readonly verdict: 'OK' | 'ORDER' | 'TOO_LONG' })
  | null {
  const first = from ?? to?.subtract({ days: usualDays - 1 })
  const last = to ?? from?.add({ days: usualDays - 1 })
  if (first === undefined || last === undefined) return null
  const count = countDays(first, last) + 1
  return { from: first, to: last, verdict: count < 1 ? 'ORDER' : count > longestListDays ? 'TOO_LONG' : 'OK' }
}
