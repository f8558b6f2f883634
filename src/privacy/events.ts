import { declareEvent } from '../platform/units/events.ts'

export const customerDeleted = declareEvent('CUSTOMER_DELETED', {
  when: 'A person was erased: delete what you have stored about this customer.',
  entity: 'the customer',
})
