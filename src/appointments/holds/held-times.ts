import { findHold, lockHold, refuseHold, requireActive, type StoredHold } from '../../bookings/index.ts'
import type { UnitOfWork, View } from '../../platform/units/work.ts'
import type { HeldAppointment } from '../appointment-facts.ts'
import { type AppointmentRow, findAppointment, listOccupiedResources, lockAppointment } from '../appointment-store.ts'
import type { AppointmentWish } from '../requests.ts'

/** The time that a wish's hold keeps; undefined without a hold. Fails when it keeps none, or another one. */
export async function findHeldTime(view: View, wish: AppointmentWish): Promise<HeldAppointment | undefined> {
  const { hold: reference } = wish
  if (!reference) return undefined
  const hold = await findHold(view.db, reference)
  const { appointmentId } = requireActive(hold, reference, view.now)
  const appointment =
    appointmentId === null ? undefined : await findAppointment(view.db, reference.studioId, appointmentId)
  return lockHeldTime(view, wish, { appointment, holdId: reference.holdId })
}

/** As {@link findHeldTime}; locks the appointment, then the hold. Customer and resources come first. */
export async function lockHeld(work: UnitOfWork, wish: AppointmentWish): Promise<HeldAppointment | undefined> {
  const { hold: reference } = wish
  if (!reference) return undefined
  const appointment = await lockAppointmentOfHold(work, await findHold(work.tx, reference))
  requireActive(await lockHold(work.tx, reference), reference, work.now)
  return lockHeldTime(work, wish, { appointment, holdId: reference.holdId })
}

/** Undefined for a hold of another kind. */
export async function lockAppointmentOfHold(work: UnitOfWork, hold: StoredHold | undefined) {
  const appointmentId = hold?.appointmentId ?? null
  return appointmentId === null ? undefined : lockAppointment(work.tx, appointmentId)
}

async function lockHeldTime(
  view: View,
  { bookableId, start }: AppointmentWish,
  { appointment, holdId }: { readonly appointment: AppointmentRow | undefined; readonly holdId: number },
) {
  if (appointment?.bookableId !== bookableId || !appointment.startAt.equals(start)) {
    throw refuseHold('mismatch', holdId)
  }
  const occupied = await listOccupiedResources(view.db, appointment.id)
  return { appointmentId: appointment.id, instructorIds: occupied.flatMap(({ instructorId }) => instructorId ?? []) }
}
