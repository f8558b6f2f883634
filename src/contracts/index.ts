export { readAccessContracts } from './access-facts.ts'
export { membershipParts, readMembershipFacts } from './booking-facts-store.ts'
export { contractsOfPerson } from './person-part.ts'
export { followToStudio } from './studio-switch.ts'
