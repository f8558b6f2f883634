import type { Module } from '../module.ts'
import { entitlementsOfPerson } from './person-part.ts'
import { entitlementStaff } from './staff-routes.ts'

export type { ContingentUse, Entitlement, EntitlementSource } from './contingent-rules.ts'
export {
  endContractEntitlements,
  type IsKnown,
  syncContractEntitlements,
  type WantedEntitlement,
} from './contract-entitlements.ts'
export { moveModuleEntitlements } from './contract-entitlement-store.ts'
export { grantEntitlement } from './entitlements.ts'
export { listServices } from './service-store.ts'
export { createService } from './services.ts'
export { moveEntitlements } from './studio-switch-store.ts'
export {
  consumeUsages,
  type NewUsage,
  releaseUsages,
  reserveUsage,
  usageColumns,
  usageQuery,
  usageValues,
} from './usage-store.ts'

export const entitlementsModule: Module = {
  name: 'entitlements',
  staff: entitlementStaff,
  personPart: entitlementsOfPerson,
}
