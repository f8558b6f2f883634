import { type Static, Type } from 'typebox'
import type { ErrorCode } from '../platform/errors/error-code.ts'
import { badRequest, refuseFields, violation } from '../platform/errors/errors.ts'
import { added, date, id, int32, text } from '../platform/api/schema.ts'
import { parsePosition } from '../platform/api/slices.ts'
import { parseDate, startOfDay } from '../platform/time/zoned-time.ts'
import { bookingListWindow, longestListDays, planListedDays, type Window } from './rules/window-rules.ts'

const optional = Type.Optional

const mostEntries = 1000

/** The query of both booking lists, of classes and of appointments. */
export const bookingListQuery = Type.Object({
  customerId: optional(
    id('The customer whose bookings are wanted. Left out, together with `from` and `to`: those of the whole studio.'),
  ),
  from: optional(date('First day on which the bookings start, in the zone of the studio.', '2026-06-01', added)),
  to: optional(date('Last day on which they start, at most 366 days with the first.', '2026-06-30', added)),
  offset: text('How many bookings of the whole studio to leave out.', {
    pattern: '^[0-9]{1,16}$',
    default: '0',
    examples: ['1000'],
    ...added,
  }),
  limit: int32('How many bookings of the whole studio one answer holds at most; `offset` counts those before them.', {
    default: mostEntries,
    minimum: 1,
    maximum: mostEntries,
    ...added,
  }),
})

/** Whose bookings are wanted, and which. */
export type BookingListRequest =
  | { readonly of: 'CUSTOMER'; readonly customerId: number; readonly lieIn: Window }
  | { readonly of: 'CUSTOMER'; readonly customerId: number; readonly startIn: Window }
  | {
      readonly of: 'STUDIO'
      readonly startIn: Window
      readonly page: { readonly skipped: number; readonly limit: number }
    }

/** What {@link readBookingList} refuses with. */
export const bookingListCodes: readonly ErrorCode[] = [
  'errormessage.validation.dateOrder',
  'errormessage.validation.dateRangeTooLong',
  'errormessage.validation.required',
]

/** Reads the query of a booking list; refuses days that are too many or in the wrong order, and a list of nobody. */
export function readBookingList(
  query: Static<typeof bookingListQuery>,
  today: Temporal.PlainDate,
  zone: string,
): BookingListRequest {
  const { customerId, from, to, offset, limit } = query
  if (customerId === undefined && (from === undefined || to === undefined)) {
    throw refuseFields([violation('customerId', 'required')])
  }
  const days = planListedDays({ from: parseDate(from ?? ''), to: parseDate(to ?? '') })
  if (days?.verdict === 'TOO_LONG') {
    const args = [{ type: 'INTEGER', value: longestListDays }] as const
    throw badRequest('errormessage.validation.dateRangeTooLong', { args, reference: 'to' })
  }
  if (days?.verdict === 'ORDER') {
    const args = [days.from, days.to].map((day) => ({ type: 'DATE', value: day.toString() }) as const)
    throw badRequest('errormessage.validation.dateOrder', { args, reference: 'from' })
  }
  const startIn = days && { from: startOfDay(days.from, zone), until: startOfDay(days.to.add({ days: 1 }), zone) }
  if (customerId === undefined && startIn)
    return { of: 'STUDIO', startIn, page: { skipped: parsePosition(offset), limit } }
  const of = { of: 'CUSTOMER', customerId: customerId as number } as const
  return startIn ? { ...of, startIn } : { ...of, lieIn: bookingListWindow(today, zone) }
}
