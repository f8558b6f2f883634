import {
  admitHold,
  getHold,
  type Holder,
  type HoldReference,
  lockHold,
  refuseBooking,
  releaseLockedHold,
  storeHold,
} from '../../bookings/index.ts'
import { notFound } from '../../platform/errors/errors.ts'
import type { UnitOfWork } from '../../platform/units/work.ts'
import type { AppointmentRequest } from '../appointment-facts.ts'
import { judgeAppointment, planAppointment } from '../appointment-rules.ts'
import { loadFactsAround, lockResourcesAndCustomer, openAppointment } from '../bookings.ts'
import { lockAppointmentOfHold } from './held-times.ts'
import { listPool } from '../pool-store.ts'
import { type Inquiry, resolveInquiry } from '../requests.ts'
import { closeIfEmpty } from '../settling.ts'

/** What is to be held; the customer is not known yet. */
export interface TimeWish extends Inquiry, AppointmentRequest {
  readonly customerId: null
}

/**
 * Keeps a position in a group, or the resources of a new appointment, for a person who has no name yet: what a booking
 * would get, without the checks of a customer. Returns the id of the hold.
 */
export async function holdAppointment(work: UnitOfWork, wish: TimeWish, holder: Holder): Promise<number> {
  await admitHold(work, holder)
  const resolved = await resolveInquiry(work, wish)
  const { bookable } = resolved
  await lockResourcesAndCustomer(work, { bookable, pool: await listPool(work.tx, bookable.id) }, wish)
  const facts = await loadFactsAround(work, resolved, wish)
  const verdict = judgeAppointment(facts, wish, work.now)
  if (verdict !== 'AVAILABLE') throw refuseBooking(verdict)
  const plan = planAppointment(facts, wish, work.now)
  if (plan === null) throw refuseBooking('RESOURCE_NOT_AVAILABLE')
  const appointmentId = await openAppointment(work, { resolved, wish, facts, plan })
  const during = { from: wish.start, until: wish.start.add({ minutes: bookable.durationMin }) }
  return storeHold(work, { ...holder, target: { appointmentId }, during })
}

/** Locks the appointment of a hold, and the hold. */
export async function openHeldTime(work: UnitOfWork, reference: HoldReference) {
  const appointment = await lockAppointmentOfHold(work, await getHold(work, reference))
  const hold = await lockHold(work.tx, reference)
  if (!appointment || !hold) throw notFound('hold', reference.holdId)
  return { appointment, hold }
}

/** Gives the time back before its time. What has ended already stays as it is. */
export async function releaseTime(work: UnitOfWork, reference: HoldReference) {
  const { appointment, hold } = await openHeldTime(work, reference)
  if (await releaseLockedHold(work, hold)) await closeIfEmpty(work, appointment)
}
