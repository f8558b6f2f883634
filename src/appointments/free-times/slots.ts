import { slotDates } from '../../bookings/index.ts'
import type { View } from '../../platform/units/work.ts'
import { dateIn, parseDate } from '../../platform/time/zoned-time.ts'
import type { DateRange } from '../../platform/time/calendar.ts'
import { isBefore, laterDate } from '../../platform/time/order.ts'
import { loadAppointmentFacts, type LoadedFacts } from '../facts.ts'
import { type Inquiry, resolveInquiry } from '../requests.ts'
import { type AppointmentSlot, planAppointmentSlots } from './slot-rules.ts'

/** The days whose slots are wanted: `daysAhead` after the first one, which is today when left out. */
export interface SlotDays {
  readonly firstDate: Temporal.PlainDate | null
  readonly daysAhead: number
}

/** The days that a request names: by their number, else by how many follow the first one. */
export function readSlotDays({
  slotWindowStartDate: first,
  daysAhead,
  windowDays,
}: {
  readonly slotWindowStartDate?: string
  readonly daysAhead: number
  readonly windowDays?: number
}): SlotDays {
  const firstDate = first === undefined ? null : (parseDate(first) ?? null)
  return { firstDate, daysAhead: windowDays === undefined ? daysAhead : windowDays - 1 }
}

/** The free times of a bookable, for one customer or for any person, and the instructors who may stand in them. */
export async function listAppointmentSlots(
  view: View,
  inquiry: Inquiry,
  { firstDate, daysAhead }: SlotDays,
): Promise<{ readonly slots: AppointmentSlot[]; readonly instructors: LoadedFacts['instructors'] }> {
  const resolved = await resolveInquiry(view, inquiry)
  const today = dateIn(view.now, inquiry.studio.zone)
  const dates = fromToday(slotDates(firstDate ?? today, daysAhead), today)
  if (dates === null) return { slots: [], instructors: new Map() }
  const facts = await loadAppointmentFacts(view, resolved, dates)
  return { slots: planAppointmentSlots(facts, dates, view.now), instructors: facts.instructors }
}

/** What has begun is never listed, so that days before today need not be loaded; null when all of them are over. */
function fromToday({ fromDate, untilDate }: DateRange, today: Temporal.PlainDate): DateRange | null {
  if (isBefore(untilDate, today)) return null
  return { fromDate: laterDate(fromDate, today), untilDate }
}
