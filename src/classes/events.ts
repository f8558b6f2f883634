import type { DomainEvent } from '../platform/units/events.ts'

interface AnnouncedSlot {
  readonly classSlotId: number
  readonly classId: number
  readonly studioId: number
}

function slotEvent({ classSlotId, classId, studioId }: AnnouncedSlot, what: 'UPDATED' | 'CANCELLED'): DomainEvent {
  return { type: `CLASS_SLOT_${what}`, entityId: classSlotId, audienceStudioIds: [studioId], content: { classId } }
}

/** Time, instructor, location or capacity of a slot changed. */
export const slotUpdated = (slot: AnnouncedSlot) => slotEvent(slot, 'UPDATED')

export const slotCanceled = (slot: AnnouncedSlot) => slotEvent(slot, 'CANCELLED')
