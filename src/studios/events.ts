import { declareEvent } from '../platform/units/events.ts'

export const openingHoursUpdated = declareEvent('STUDIO_OPENING_HOURS_UPDATED', {
  when: 'Opening hours, closing days or time categories of a studio were saved.',
  entity: 'the studio',
})
