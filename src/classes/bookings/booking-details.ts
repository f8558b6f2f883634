import type { View } from '../../platform/units/work.ts'
import { startOfDay } from '../../platform/time/zoned-time.ts'
import { datesAround, findCustomerFacts, mostAlternatives, listStatuses, type Window } from '../../bookings/index.ts'
import { listNearSlots } from './alternative-store.ts'
import type { ClassBookingFacts } from '../class-facts.ts'
import { type ClassBookingStatus, explainClassBooking, judgeClassBooking, planClassBooking } from './booking-rules.ts'
import { type CheckedBooking, type ClassBookingRequest, findBookingFacts } from './class-bookings.ts'
import { readSlotFacts } from '../slot-facts.ts'
import { listSlotsById, type ListedSlot } from '../slot-list-store.ts'

const daysAround = 31
/** Nearer slots than these are taken or not for the customer: then the class is not the answer. */
const mostSlotsLookedAt = 60

/** Everything that stands against a booking, and what could be booked instead. */
export interface ExplainedBooking extends Pick<ClassBookingFacts, 'trial'> {
  /** In the order of the table; empty when it is available. */
  readonly failing: readonly ClassBookingStatus[]
  /** Slots of the class with a seat for this customer, the nearest first; none when the wish itself gets a seat. */
  readonly alternatives: readonly ListedSlot[]
}

/** What a booking would meet at this moment, in full. Nothing is locked or reserved. */
export async function explainBooking(view: View, request: ClassBookingRequest): Promise<ExplainedBooking> {
  const checked = await findBookingFacts(view, request)
  const { trial } = checked
  const failing = listStatuses(explainClassBooking(checked, view.now))
  if (getsSeat(checked, view.now)) return { failing, alternatives: [], trial }
  const ids = await findAlternatives(view, checked, request)
  const listed = await listSlotsById(view.db, { studioId: checked.studio.studioId, ids }, view.now)
  // The list is in the order of time, the ids in that of their distance.
  return { failing, alternatives: ids.flatMap((id) => listed.find((one) => one.classSlotId === id) ?? []), trial }
}

function getsSeat(facts: ClassBookingFacts, now: Temporal.Instant): boolean {
  return judgeClassBooking(facts, now) === 'AVAILABLE' && planClassBooking(facts, now).status !== 'WAITING_LIST'
}

/** The ids of the nearest slots of the class that would give the customer a seat. */
async function findAlternatives(view: View, checked: CheckedBooking, request: ClassBookingRequest): Promise<number[]> {
  const { db, now } = view
  const { classId } = checked.gymClass
  const { classSlotId, start } = checked.slot
  const window = windowAround(checked, now)
  const question = { classId, classSlotId, start, ...window, limit: mostSlotsLookedAt }
  const [contexts, customer] = await Promise.all([
    listNearSlots(db, question, now),
    findCustomerFacts(db, checked.person, alternativeQuestion(checked, window, request), now),
  ])
  return contexts
    .map((context) => readSlotFacts(context, now))
    .filter((slot) => getsSeat({ ...slot, customer, trial: checked.trial }, now))
    .slice(0, mostAlternatives)
    .map(({ slot }) => slot.classSlotId)
}

function windowAround({ slot, studio: { zone }, rule }: CheckedBooking, now: Temporal.Instant): Window {
  const { fromDate, untilDate } = datesAround(slot.start, daysAround, { now, zone, rule })
  return { from: startOfDay(fromDate, zone), until: startOfDay(untilDate.add({ days: 1 }), zone) }
}

function alternativeQuestion({ studio, gymClass }: CheckedBooking, window: Window, { trial }: ClassBookingRequest) {
  const { studioId, zone } = studio
  // A slot that begins at the end of the window may last into the next days.
  const until = window.until.add({ hours: 48 })
  return {
    studioId,
    zone,
    serviceId: gymClass.serviceId,
    from: window.from,
    until,
    trialConfigId: trial?.configId ?? null,
  }
}
