import { declareEvent } from '../platform/units/events.ts'

export const preferencesUpdated = declareEvent('CUSTOMER_COMMUNICATION_PREFERENCES_UPDATED', {
  when: 'A customer may be written to about something in another way than before.',
  entity: 'the customer',
})
