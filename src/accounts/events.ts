import { declareEvent } from '../platform/units/events.ts'

const entity = 'the customer'
const payment = { paymentId: { meaning: 'the payment', example: 7001 } }

export const debtClaimPosted = declareEvent('DEBT_CLAIM_POSTED', {
  when: 'A claim or credit note was booked: from now on the balance of the customer counts it.',
  entity,
  content: { debtClaimId: { meaning: 'the claim, as `id` of a booking entry', example: 8001 } },
})

export const paymentBooked = declareEvent('PAYMENT_BOOKED', {
  when: 'A payment of the customer was booked.',
  entity,
  content: payment,
})

export const paymentReturned = declareEvent('PAYMENT_RETURNED', {
  when: 'A payment was returned or charged back: the claims that it had settled are open again.',
  entity,
  content: payment,
})
