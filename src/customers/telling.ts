import type { EventType } from '../platform/events.ts'
import type { UnitOfWork } from '../platform/work.ts'
import { findHomeStudioId } from './creation-store.ts'

/** Tells the partners of the home studio what has become of a customer; nobody hears of those who are erased. */
export async function tellHomeStudio(work: UnitOfWork, type: EventType, customerId: number) {
  const studioId = await findHomeStudioId(work.tx, customerId)
  if (studioId !== undefined) work.emit({ type, entityId: customerId, customerId, audienceStudioIds: [studioId] })
}
