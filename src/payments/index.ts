export { bankAccountOfCustomer } from './instrument-store.ts'
export { consumeInstrumentToken } from './tokens.ts'
