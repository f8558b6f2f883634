import {
  bookingUpdated,
  type BreakableRule,
  cancelBookings,
  effectiveSlotStatus,
  listOpenBookings,
  moveBookings,
  refuseBooking,
} from '../bookings/index.ts'
import { deleteAllocations, insertAllocations, lockResources } from '../resources/index.ts'
import { conflict, notFound } from '../platform/errors/errors.ts'
import type { UnitOfWork } from '../platform/units/work.ts'
import { dateIn } from '../platform/time/zoned-time.ts'
import { judgeAppointment, planAppointment } from './appointment-rules.ts'
import {
  type AppointmentRow,
  findAppointment,
  listOccupiedResources,
  lockAppointment,
  updateAppointmentRow,
} from './appointment-store.ts'
import { type BookableRow, findBookable } from './bookable-store.ts'
import { planAllocations } from './bookings.ts'
import { blockMoments } from './case-rules.ts'
import { loadAppointmentFacts, listResourceIds } from './facts.ts'
import { listPool } from './pool-store.ts'
import type { StudioAndZone } from './requests.ts'
import { closeAppointment, settleLockedAppointment, settleOccupying } from './settling.ts'

/** Which appointment staff change. With `version`, the change is refused when another writer was faster. */
export interface AppointmentReference {
  readonly studio: StudioAndZone
  readonly appointmentId: number
  readonly version?: number
}

/** A new start, other instructors, or both; what is left out stays, rooms and devices are chosen again. */
export interface Rescheduling {
  readonly start?: Temporal.Instant
  readonly instructorIds?: readonly number[]
  /** Rules that staff break on purpose. The booking windows are never asked. */
  readonly broken?: readonly BreakableRule[]
}

async function openAppointment(work: UnitOfWork, { appointmentId, version }: AppointmentReference) {
  const appointment = await lockAppointment(work.tx, appointmentId)
  if (!appointment) throw notFound('appointment', appointmentId)
  if (version !== undefined && version !== appointment.version) throw conflict('errormessage.concurrentModification')
  return appointment
}

function requirePlanned({ status, endAt }: AppointmentRow, now: Temporal.Instant) {
  if (effectiveSlotStatus({ status, end: endAt }, now) !== 'PLANNED') throw refuseBooking('NOT_AVAILABLE')
}

async function requireAppointment(work: UnitOfWork, { studio, appointmentId }: AppointmentReference) {
  const found = await findAppointment(work.db, studio.studioId, appointmentId)
  const bookable = found && (await findBookable(work.db, studio.studioId, found.bookableId))
  if (!bookable) throw notFound('appointment', appointmentId)
  return bookable
}

/** Moves an appointment with its bookings, or gives it other instructors. The partners of its participants receive an event. */
export async function rescheduleAppointment(work: UnitOfWork, reference: AppointmentReference, change: Rescheduling) {
  const { tx, now } = work
  const bookable = await requireAppointment(work, reference)
  const resourceIds = listResourceIds(await listPool(tx, bookable.id))
  await lockResources(tx, resourceIds)
  const appointment = await openAppointment(work, reference)
  requirePlanned(appointment, now)
  if (await settleLockedAppointment(work, appointment)) return
  const target = await planTarget(work, { appointment, bookable, studio: reference.studio, change })
  await settleOccupying(work, resourceIds, target.during)
  const { start, during } = target
  const end = start.add(appointment.endAt.since(appointment.startAt))
  await updateAppointmentRow(tx, appointment.id, { startAt: start, endAt: end }, now)
  await insertAllocations(tx, planAllocations({ ...target, appointmentId: appointment.id, during }), now)
  if (!start.equals(appointment.startAt)) {
    await moveBookings(tx, { kind: 'APPOINTMENT', id: appointment.id }, { from: start, until: end }, now)
  }
  auditAppointment(work, appointment, 'moved', {
    startAt: [appointment.startAt.toString(), start.toString()],
    instructorIds: [target.before, target.plan.assigned.instructorIds],
  })
  for (const { customerId, ...booking } of await listOpenBookings(tx, { kind: 'APPOINTMENT', id: appointment.id })) {
    if (customerId !== null) work.emit(bookingUpdated({ ...booking, customerId }))
  }
}

interface Move {
  readonly appointment: AppointmentRow
  readonly bookable: BookableRow
  readonly studio: StudioAndZone
  readonly change: Rescheduling
}

/** Where the appointment goes, by the rules of booking, as if it occupied nothing yet; it joins no other group. */
async function planTarget(work: UnitOfWork, { appointment, bookable, studio, change }: Move) {
  const { tx, now } = work
  const occupied = await listOccupiedResources(tx, appointment.id)
  const before = occupied.flatMap(({ instructorId }) => instructorId ?? [])
  await deleteAllocations(tx, 'APPOINTMENT', appointment.id)
  const { start = appointment.startAt, instructorIds = before } = change
  const durationMin = appointment.endAt.since(appointment.startAt).total('minutes')
  const date = dateIn(start, studio.zone)
  const inquiry = { bookable: { ...bookable, durationMin }, studio, customer: null, trial: null }
  const loaded = await loadAppointmentFacts(work, inquiry, { fromDate: date, untilDate: date })
  const facts = { ...loaded, appointments: [] }
  const request = { start, end: start.add({ minutes: durationMin }), instructorIds }
  const broken: readonly BreakableRule[] = ['WINDOW', ...(change.broken ?? [])]
  const verdict = judgeAppointment(facts, request, now, broken)
  if (verdict !== 'AVAILABLE') throw refuseBooking(verdict)
  const plan = planAppointment(facts, request, now, broken)
  if (plan === null) throw refuseBooking('RESOURCE_NOT_AVAILABLE')
  return { start, before, facts, plan, during: blockMoments(start, facts.bookable) }
}

/** Cancels an appointment with all its bookings; `consume` keeps their uses and charges. Repeating it changes nothing. */
export async function cancelAppointment(
  work: UnitOfWork,
  { consume = false, ...reference }: AppointmentReference & { readonly consume?: boolean },
) {
  await requireAppointment(work, reference)
  const appointment = await openAppointment(work, reference)
  if (appointment.status === 'CANCELED') return
  requirePlanned(appointment, work.now)
  if (await settleLockedAppointment(work, appointment)) return
  const bookings = await listOpenBookings(work.tx, { kind: 'APPOINTMENT', id: appointment.id })
  await cancelBookings(work, bookings, { reason: 'APPOINTMENT_CANCELED', isLate: consume })
  await closeAppointment(work, appointment)
}

/** Writes down what staff should know about an appointment; null takes the note away. */
export async function recordAppointment(work: UnitOfWork, reference: AppointmentReference, note: string | null) {
  await requireAppointment(work, reference)
  const appointment = await openAppointment(work, reference)
  await updateAppointmentRow(work.tx, appointment.id, { note }, work.now)
  auditAppointment(work, appointment, 'noted', { note: [appointment.note, note] })
}

function auditAppointment(
  work: UnitOfWork,
  { id, studioId }: AppointmentRow,
  action: string,
  diff: Readonly<Record<string, readonly [unknown, unknown]>>,
) {
  work.audit({ action: `appointment.${action}`, entityKind: 'appointment', entityId: id, studioId, diff })
}
