import { declareEvent } from '../platform/units/events.ts'

interface AnnouncedSlot {
  readonly classSlotId: number
  readonly classId: number
  readonly studioId: number
}

const entity = 'the class slot'
const content = { classId: { meaning: 'the class', example: 1001 } }

export const classSlotUpdated = declareEvent('CLASS_SLOT_UPDATED', {
  when: 'Staff changed time, instructor, location or capacity of a slot.',
  entity,
  content,
})

export const classSlotCanceled = declareEvent('CLASS_SLOT_CANCELLED', {
  when: 'Staff canceled a slot, by itself or with the rest of its series. Its bookings are sent one by one.',
  entity,
  content,
})

const aboutSlot = ({ classSlotId, classId, studioId }: AnnouncedSlot) => ({
  entityId: classSlotId,
  audienceStudioIds: [studioId],
  content: { classId },
})

/** Time, instructor, location or capacity of a slot changed. */
export const slotUpdated = (slot: AnnouncedSlot) => classSlotUpdated(aboutSlot(slot))

export const slotCanceled = (slot: AnnouncedSlot) => classSlotCanceled(aboutSlot(slot))
