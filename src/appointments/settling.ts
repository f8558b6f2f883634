import { deactivateAllocations, listOpenBookings, settleBookings } from '../classes/index.ts'
import type { UnitOfWork } from '../platform/work.ts'
import { type AppointmentRow, hasActiveBookings, lockAppointment, updateAppointmentRow } from './appointment-store.ts'
import { findBookable } from './bookable-store.ts'

/** Stores what time has brought about on an appointment: expired confirmations, and at its end attendance and uses. */
export async function settleAppointment(work: UnitOfWork, appointmentId: number) {
  const appointment = await lockAppointment(work.tx, appointmentId)
  if (appointment) await settleLockedAppointment(work, appointment)
}

/** As {@link settleAppointment}, for one that is locked already. */
export async function settleLockedAppointment(work: UnitOfWork, appointment: AppointmentRow) {
  const { id, studioId, bookableId } = appointment
  const [bookable, open] = await Promise.all([
    findBookable(work.tx, studioId, bookableId),
    listOpenBookings(work.tx, { kind: 'APPOINTMENT', id }),
  ])
  const { seats } = await settleBookings(work, open, bookable?.attendanceDefault ?? 'UNSET')
  if (seats > 0) await closeIfEmpty(work, appointment)
}

/** The last one who leaves cancels the appointment: it stays as a row, but occupies nobody any more. */
export async function closeIfEmpty(work: UnitOfWork, appointment: AppointmentRow) {
  if (await hasActiveBookings(work.tx, appointment.id)) return
  await closeAppointment(work, appointment)
}

/** Cancels a planned appointment whose bookings are canceled. */
export async function closeAppointment(work: UnitOfWork, { id, studioId, status }: AppointmentRow) {
  if (status === 'CANCELED') return
  await Promise.all([
    updateAppointmentRow(work.tx, id, { status: 'CANCELED' }, work.now),
    deactivateAllocations(work.tx, 'APPOINTMENT', [id]),
  ])
  work.audit({
    action: 'appointment.canceled',
    entityKind: 'appointment',
    entityId: id,
    studioId,
    diff: { status: [status, 'CANCELED'] },
  })
}
