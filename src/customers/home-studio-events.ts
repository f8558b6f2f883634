import type { EventDeclaration } from '../platform/units/events.ts'
import type { UnitOfWork } from '../platform/units/work.ts'
import { findHomeStudioId } from './creation/creation-store.ts'

/** Sends the partners of the home studio an event of a customer; of erased customers it sends none. */
export async function announceToHomeStudio(work: UnitOfWork, event: EventDeclaration, customerId: number) {
  const studioId = await findHomeStudioId(work.tx, customerId)
  if (studioId !== undefined) work.emit(event({ entityId: customerId, customerId, audienceStudioIds: [studioId] }))
}
