export { paymentsOfPerson } from './person-part.ts'
export { consumeInstrumentToken } from './tokens.ts'
