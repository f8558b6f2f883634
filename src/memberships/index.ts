export { membershipsOfPerson } from './person-part.ts'
export {
  type AccessContract,
  accessContracts,
  type AccessContractJson,
  readAccessContract,
} from './access-facts-store.ts'
export { type MembershipFacts, membershipParts, readMembershipFacts } from './booking-facts-store.ts'
export type { ContingentUse } from './contingent-rules.ts'
export { consumeUsages, releaseUsages, reserveUsage, usageInsertPart } from './entitlement-usage-store.ts'
export { grantEntitlement } from './entitlements.ts'
export { createService } from './services.ts'
export { listServices } from './service-store.ts'
export { followToStudio } from './studio-switch.ts'
