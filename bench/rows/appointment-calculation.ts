import { planAppointmentSlots } from '../../src/appointments/slot-rules.ts'
import { appointmentFacts, bookable, instructor, line } from '../../test/support/scenes/appointment-facts.ts'
import { bookingRule, studio } from '../../test/support/scenes/booking-facts.ts'
import { INSTRUCTORS } from '../world.ts'

const HOURS = { from: Temporal.PlainTime.from('06:00'), to: Temporal.PlainTime.from('22:00') }

/** The measured week as facts in memory, and the calculation over it: nothing is read, nothing is printed. */
export function planBenchSlots(today: Temporal.PlainDate): () => number {
  const zone = 'Europe/Berlin'
  const first = today.add({ days: 1 })
  const opens = Temporal.Instant.from(`${today}T05:00Z`)
  const allocations = Array.from({ length: 7 * 20 }, (_, n) => {
    const from = opens.add({ minutes: Math.floor(n / 20) * 24 * 60 + (n % 20) * 40 })
    return { from, until: from.add({ minutes: 30 }), heldUntil: null }
  })
  const shifts = [{ dayFrom: 1, dayTo: 7, timeFrom: HOURS.from, timeTo: HOURS.to, validFrom: null, validTo: null }]
  const resourceIds = Array.from({ length: INSTRUCTORS }, (_, n) => n + 1)
  const facts = appointmentFacts({
    studio: studio({ zone }),
    bookable: bookable({ durationMin: 30, customerPicksInstructor: true }),
    rule: bookingRule(),
    requirements: [line('EMPLOYEE', 1, resourceIds)],
    resources: resourceIds.map((id) => instructor(id, { availabilities: shifts, allocations })),
    customer: null,
  })
  const days = { fromDate: first, untilDate: first.add({ days: 6 }) }
  return () => planAppointmentSlots(facts, days, opens).length
}
