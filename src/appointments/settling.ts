import { deactivateAllocations } from '../resources/index.ts'
import { listOpenBookings, settleBookings } from '../bookings/index.ts'
import { StartOver, type UnitOfWork } from '../platform/units/work.ts'
import {
  type AppointmentRow,
  hasActiveBookings,
  listExpiredAppointments,
  lockAppointment,
  updateAppointmentRow,
} from './appointment-store.ts'
import { findBookable } from './bookable-store.ts'

/** Stores what time has brought about on an appointment: expired confirmations, and at its end attendance and uses. */
export async function settleAppointment(work: UnitOfWork, appointmentId: number) {
  const appointment = await lockAppointment(work.tx, appointmentId)
  if (appointment) await settleLockedAppointment(work, appointment)
}

/** As {@link settleAppointment}, for one that is locked already. True when that has canceled the appointment. */
export async function settleLockedAppointment(work: UnitOfWork, appointment: AppointmentRow): Promise<boolean> {
  const { id, studioId, bookableId } = appointment
  const [bookable, open] = await Promise.all([
    findBookable(work.tx, studioId, bookableId),
    listOpenBookings(work.tx, { kind: 'APPOINTMENT', id }),
  ])
  const { seats } = await settleBookings(work, open, bookable?.attendanceDefault ?? 'UNSET')
  return seats > 0 && closeIfEmpty(work, appointment)
}

/** The last one who leaves cancels the appointment: it stays as a row, but occupies nobody any more. True when it did. */
export async function closeIfEmpty(work: UnitOfWork, appointment: AppointmentRow): Promise<boolean> {
  if (await hasActiveBookings(work.tx, appointment.id)) return false
  await closeAppointment(work, appointment)
  return true
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

/**
 * Appointments that nobody confirmed in time occupy nothing any more, but their rows do. Undoes this unit, settles what
 * lies in the block of the resources, and begins again; without such rows it does nothing.
 */
export async function settleOccupying(
  { tx, now }: UnitOfWork,
  resourceIds: readonly number[],
  block: { readonly from: Temporal.Instant; readonly until: Temporal.Instant },
) {
  const expired = await listExpiredAppointments(tx, resourceIds, { ...block, now })
  if (expired.length === 0) return
  throw new StartOver(async (run) => {
    for (const id of expired) await run((work) => settleAppointment(work, id))
  })
}
