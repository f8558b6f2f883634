import { declareEvent } from '../platform/units/events.ts'

export const customerCheckedIn = declareEvent('CUSTOMER_CHECKIN', {
  when: 'A visit began.',
  entity: 'the customer',
})

export const customerCheckedOut = declareEvent('CUSTOMER_CHECKOUT', {
  when: 'A visit was ended by the customer, staff, a door, or a visit elsewhere that began.',
  entity: 'the customer',
})

export const customersCheckedOut = declareEvent('AUTOMATIC_CUSTOMER_CHECKOUT', {
  when:
    'Visits that nobody ended were ended by the clock. Visits of customers whom not every integration may see are sent in ' +
    'events of their own.',
  entity: 'the studio',
  content: {
    checkouts: {
      meaning: 'each visit with its customer and the moment of its end, in UTC',
      example: [{ customerId: 1_000_000_101, checkoutTime: '2026-06-15T20:00:00.000Z' }],
    },
  },
})
