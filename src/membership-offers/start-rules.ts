import { earlierDate, laterDate } from '../platform/time/order.ts'

/** How a term proposes the first day of a contract and of its use. */
export interface StartRules {
  readonly startRule: 'TODAY' | 'FIRST_OF_NEXT_MONTH' | 'FIXED_DATE' | 'IN_DAYS'
  readonly startDays: number | null
  readonly startDate: Temporal.PlainDate | null
  readonly startOfUseRule: 'SAME_AS_START' | 'TODAY' | 'FIXED_DATE'
  readonly startOfUseDate: Temporal.PlainDate | null
}

/** The day on which a contract starts unless the buyer wants another one. A fixed date that is over has become today. */
export function proposeStart(
  { startRule, startDays, startDate }: StartRules,
  today: Temporal.PlainDate,
): Temporal.PlainDate {
  switch (startRule) {
    case 'TODAY':
      return today
    case 'FIRST_OF_NEXT_MONTH':
      return today.with({ day: 1 }).add({ months: 1 })
    case 'FIXED_DATE':
      return laterDate(startDate ?? today, today)
    case 'IN_DAYS':
      return today.add({ days: startDays ?? 0 })
  }
}

/** The first day of use that goes with a start: never after it, and never before today unless the start is. */
export function proposeStartOfUse(
  { startOfUseRule, startOfUseDate }: StartRules,
  { start, today }: { readonly start: Temporal.PlainDate; readonly today: Temporal.PlainDate },
): Temporal.PlainDate {
  switch (startOfUseRule) {
    case 'SAME_AS_START':
      return start
    case 'TODAY':
      return earlierDate(today, start)
    case 'FIXED_DATE':
      return earlierDate(laterDate(startOfUseDate ?? start, today), start)
  }
}
