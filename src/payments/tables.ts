export { bankEntries, bankImports } from './bank-files/bank-file-tables.ts'
export { paymentIdentities, paymentSessions, paymentSettings } from './identity-tables.ts'
export { instrumentTypes, paymentInstruments } from './instruments/instrument-tables.ts'
export { paymentRequests, payments } from './payment-tables.ts'
export {
  paymentRunItemClaims,
  paymentRunItems,
  paymentRunSettings,
  paymentRuns,
} from './runs/run-tables.ts'
export { paymentReturnSettings } from './returning/return-tables.ts'
export { sandboxCharges } from './sandbox/sandbox-tables.ts'
export { paymentDisputes, providerEvents, stripeAccounts, stripeIntents } from './stripe/stripe-tables.ts'
