import { isBefore } from '../../platform/time/order.ts'
import { characterCount } from '../../platform/validation/coerce.ts'

/** Characters. */
export const LONGEST_REASON = 500

/** A ban as the caller wants it; dates are local to the home studio and inclusive. */
export interface RestrictionWish {
  readonly reason: string
  readonly startDate?: Temporal.PlainDate | null | undefined
  readonly endDate?: Temporal.PlainDate | null | undefined
}

export type RestrictionRefusal = 'REASON_BLANK' | 'REASON_TOO_LONG' | 'DATES_INCOMPLETE' | 'END_BEFORE_START'

/** The first thing that is wrong with a ban; periods in the past are fine, they are just not in force. */
export function judgeRestriction({ reason, startDate, endDate }: RestrictionWish): RestrictionRefusal | undefined {
  if (reason.trim() === '') return 'REASON_BLANK'
  if (characterCount(reason.trim()) > LONGEST_REASON) return 'REASON_TOO_LONG'
  if (!startDate !== !endDate) return 'DATES_INCOMPLETE'
  if (startDate && endDate && isBefore(endDate, startDate)) return 'END_BEFORE_START'
  return undefined
}
