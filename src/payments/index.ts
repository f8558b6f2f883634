import type { Module } from '../module.ts'
import * as events from './events.ts'
import { paymentJobs } from './jobs.ts'
import { paymentsOfPerson } from './person-part.ts'

export { consumeInstrument, consumePayment, type TokenBooking } from './consumption.ts'
export { consumeInstrumentToken, usableStudios } from './creation-token.ts'
export { fillPaymentHooks } from './hooks.ts'
export { type CheckedToken, checkPaymentToken, checkPaymentTokens, type TokenUse } from './payment-tokens.ts'

export const paymentsModule: Module = {
  name: 'payments',
  events: [events],
  jobs: paymentJobs,
  personPart: paymentsOfPerson,
}
