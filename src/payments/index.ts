import type { Module } from '../module.ts'
import { paymentsOfPerson } from './person-part.ts'

export { invalidateInstruments } from './invalidation.ts'
export { consumeInstrumentToken } from './tokens.ts'

export const paymentsModule: Module = { name: 'payments', personPart: paymentsOfPerson }
