import type { View } from '../platform/units/work.ts'
import type { LockedRow } from '../platform/units/single-file.ts'
import { findBooking } from './booking-store.ts'

/** Which rows a change of a booking locks, as far as can be known without a lock: its slot or appointment, and its customer. */
export async function rowsOfBooking({ db }: View, bookingId: number): Promise<readonly LockedRow[]> {
  const found = await findBooking(db, bookingId)
  return found ? [...rowsOfService(found), `customer ${found.customerId}`] : []
}

/** The slot or appointment of a booking or hold. */
export function rowsOfService({ classSlotId, appointmentId }: BookedService): readonly LockedRow[] {
  if (classSlotId !== null) return [`slot ${classSlotId}`]
  return appointmentId === null ? [] : [`appointment ${appointmentId}`]
}

interface BookedService {
  readonly classSlotId: number | null
  readonly appointmentId: number | null
}
