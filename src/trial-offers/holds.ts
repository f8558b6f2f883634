import { findBookedService, openHeldTime, presentInstructor, releaseTime } from '../appointments/index.ts'
import { getHold, type HoldReference, judgeHold } from '../bookings/index.ts'
import { openHeldSeat, releaseSeat } from '../classes/index.ts'
import type { PartnerCaller } from '../platform/units/caller.ts'
import type { PartnerView, PartnerWork } from '../platform/units/work.ts'
import { nonNull } from '../platform/values/defined.ts'
import type { Hold } from './hold-api.ts'

/** Whose holds a caller makes and sees. */
export function toHolder({ studio, integration }: PartnerCaller) {
  return { studioId: studio.id, integrationId: integration.id }
}

/** The hold that a booking uses, if it names one. */
export function toHoldReference(caller: PartnerCaller, { holdId }: { readonly holdId?: number }) {
  return holdId === undefined ? {} : { hold: { ...toHolder(caller), holdId } }
}

/** Locks a hold of either kind, as every change of it does. */
export async function openHold(work: PartnerWork, reference: HoldReference) {
  const { kind } = await getHold(work, reference)
  await (kind === 'CLASS' ? openHeldSeat : openHeldTime)(work, reference)
}

/** Gives the seat or time back. */
export async function releaseHold(work: PartnerWork, reference: HoldReference) {
  const { kind } = await getHold(work, reference)
  await (kind === 'CLASS' ? releaseSeat : releaseTime)(work, reference)
}

/** A hold as it reads at this moment. */
export async function showHold(view: PartnerView, holdId: number): Promise<Hold> {
  const { caller, now, print } = view
  const hold = await getHold(view, { ...toHolder(caller), holdId })
  const { zone } = caller.studio
  return {
    holdId,
    status: judgeHold(hold, now),
    expiresAt: print.dateTime(hold.heldUntil, zone),
    ...nonNull({ classSlotId: hold.classSlotId }),
    ...(hold.appointmentId === null ? {} : await showService(view, hold.appointmentId)),
    startDateTime: print.dateTime(hold.start, zone),
    endDateTime: print.dateTime(hold.end, zone),
  }
}

async function showService({ db }: PartnerView, appointmentId: number) {
  const service = await findBookedService(db, appointmentId)
  if (!service) throw new Error('A held appointment is not there.')
  return { bookableAppointmentId: service.bookableId, instructors: service.instructors.map(presentInstructor) }
}
