import type { EventDeclaration } from '../platform/units/events.ts'
import type { UnitOfWork } from '../platform/units/work.ts'
import { findHomeStudioId } from './creation/creation-store.ts'

/** Tells the partners of the home studio what has become of a customer; nobody hears of those who are erased. */
export async function announceToHomeStudio(work: UnitOfWork, event: EventDeclaration, customerId: number) {
  const studioId = await findHomeStudioId(work.tx, customerId)
  if (studioId !== undefined) work.emit(event({ entityId: customerId, customerId, audienceStudioIds: [studioId] }))
}
