export { findCustomerBookingFacts, type MembershipFacts } from './booking-facts-store.ts'
export type { ContingentUse } from './contingent-rules.ts'
export { consumeUsages, releaseUsages, reserveUsage } from './entitlement-usage-store.ts'
export { grantEntitlement } from './entitlements.ts'
