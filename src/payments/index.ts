import type { Module } from '../module.ts'
import * as api from './api.ts'
import * as events from './events.ts'
import { gatewayRoutes } from './gateway/gateway-routes.ts'
import { paymentJobs } from './jobs.ts'
import { pageRoutes } from './page/page-routes.ts'
import { paymentsOfPerson } from './person-part.ts'
import { paymentRoutes } from './routes.ts'
import * as searchApi from './search-api.ts'
import { sandboxRoutes } from './sandbox/sandbox-routes.ts'
import { paymentStaff } from './staff-routes.ts'
import { stripeWebhookRoutes } from './stripe/stripe-webhook-routes.ts'

export { checkPayments } from './checking/payment-check-store.ts'
export { importBankFile } from './bank-files/import-file.ts'
export type { BankFile } from './bank-files/imports.ts'
export {
  type BankData,
  enterMandate,
  findBankData,
  installBankData,
  type PaperMandate,
} from './instruments/bank-data.ts'
export { installInstrument } from './instruments/instruments.ts'
export { mandateFields } from './instruments/mandate-fields.ts'
export { findPaymentWay, type PaymentWay } from './instruments/payment-way.ts'
export { listPaymentInstruments } from './instruments/instrument-store.ts'
export { writeMandate } from './instruments/mandate-html.ts'
export { takeMandate } from './instruments/mandate-printing.ts'
export { consumeInstrument, consumePayment, type TokenBooking } from './tokens/consumption.ts'
export { paymentRefusals, paymentSilences } from './api.ts'
export { consumeInstrumentToken } from './tokens/creation-token.ts'
export { fillPaymentHooks } from './hooks.ts'
export { type CheckedToken, checkPaymentToken, checkPaymentTokens, type TokenUse } from './tokens/payment-tokens.ts'
export { plantAuthorisation, plantCard } from './planting.ts'
export { takeRunFile } from './runs/run-files.ts'
export { configurePayments } from './settings.ts'
export { findSettings as findPaymentSettings } from './settings-store.ts'
export { invalidateInstruments } from './instruments/invalidation.ts'

export const paymentsModule: Module = {
  name: 'payments',
  api: [api, searchApi],
  events: [events],
  routes: paymentRoutes,
  staff: paymentStaff,
  pages: (server, deps) => {
    gatewayRoutes(server, deps)
    pageRoutes(server, deps)
    sandboxRoutes(server, deps)
    stripeWebhookRoutes(server, deps)
  },
  jobs: paymentJobs,
  personPart: paymentsOfPerson,
}
