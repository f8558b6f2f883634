import { datesAround, listStatuses } from '../bookings/index.ts'
import type { View } from '../platform/units/work.ts'
import { planAlternatives } from './alternative-rules.ts'
import { type AppointmentBookingStatus, explainAppointment } from './appointment-rules.ts'
import { findWantedFacts } from './bookings.ts'
import { loadAppointmentFacts, type LoadedFacts } from './facts.ts'
import type { AppointmentWish } from './requests.ts'
import type { AppointmentSlot } from './free-times/slot-rules.ts'

/** To each side of the wish, so that no more is laid out than for the widest list of free times. */
const daysAround = 15

/** Everything that stands against a booking, and which times could be booked instead. */
export interface ExplainedWish {
  /** In the order of the table; empty when it is available. */
  readonly failing: readonly AppointmentBookingStatus[]
  readonly alternatives: readonly AppointmentSlot[]
  readonly instructors: LoadedFacts['instructors']
}

/** What a booking would meet at this moment, in full. Nothing is locked or reserved. */
export async function explainWish(view: View, wish: AppointmentWish): Promise<ExplainedWish> {
  const { resolved, facts } = await findWantedFacts(view, wish)
  const failing = listStatuses(explainAppointment(facts, wish, view.now))
  if (failing.length === 0) return { failing, alternatives: [], instructors: new Map() }
  const { zone } = resolved.studio
  const dates = datesAround(wish.start, daysAround, { now: view.now, zone, rule: facts.rule })
  const around = await loadAppointmentFacts(view, resolved, dates)
  return { failing, alternatives: planAlternatives(around, wish, dates, view.now), instructors: around.instructors }
}
