import { declareEvent } from '../platform/units/events.ts'

const entity = 'the customer'

export const customerPaymentRejected = declareEvent('CUSTOMER_PAYMENT_REJECTED', {
  when: 'A payment of the customer was returned, charged back or not paid out by the provider: what it had settled is open again.',
  entity,
})

export const paymentInstrumentUpdated = declareEvent('PAYMENT_INSTRUMENT_UPDATED', {
  when: 'The customer pays in another way from now on.',
  entity,
})
