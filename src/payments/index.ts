export { consumeInstrumentToken } from './tokens.ts'
