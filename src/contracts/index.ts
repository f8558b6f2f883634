import type { Module } from '../module.ts'
import { contractsOfPerson } from './person-part.ts'

export { readAccessContracts } from './access-facts.ts'
export { membershipParts, readMembershipFacts } from './booking-facts-store.ts'
export { followToStudio } from './studio-switch.ts'

export const contractsModule: Module = { name: 'contracts', personPart: contractsOfPerson }
