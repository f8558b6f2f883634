import type { Module } from '../platform/module.ts'
import { accessCodeRetention } from './access-code-retention.ts'
import { accessLogRetention } from './access-log-retention.ts'
import { customerRoutes } from './routes.ts'
import { statusAnnouncements } from './statuses.ts'

export {
  acceptAmendment,
  type AmendmentView,
  configureAmendments,
  listAmendmentConfig,
  listAmendments,
  rejectAmendment,
} from './amendment-decisions.ts'
export { addAccessMedium, expireMediums, type MediumInput, removeAccessMedium } from './access-mediums.ts'
export { parseCardNumber } from './card-number-rules.ts'
export { admitPerson, createCustomer, type CreationContext, lockCandidates } from './creation.ts'
export { isKnownPerson, namesOfPerson } from './duplicate-rules.ts'
export { isThirdPartyIdTaken, listLookAlikes } from './duplicate-store.ts'
export { invalidateAccessCodes } from './access-codes.ts'
export { changeRestriction, liftRestriction, restrictAccess } from './access-restrictions.ts'
export { listDocumentRows } from './document-store.ts'
export { deleteDocument, fileDocument, setDocumentInternal } from './documents.ts'
export { DOCUMENT_MAX_MB, IMAGE_MAX_MB } from './file-api.ts'
export {
  type BankAccountPart,
  type BenefitWithin,
  type CreationHook,
  type CustomerHooks,
  fillCustomerHooks,
  type IdlePeriodPart,
  type StudioSwitch,
  type StudioSwitchHook,
} from './hooks.ts'
export {
  type Identity,
  type IdentificationPlace,
  identifyCustomer,
  useAccessCode,
  wantedMedium,
} from './identification.ts'
export { holderOf, type WantedMedium } from './identification-store.ts'
export type { Identification, IdentificationType } from './identification-rules.ts'
export { removeCustomerImage, setCustomerImage } from './images.ts'
export { addListItem, createField, type FieldInput, updateField, updateListItem } from './information-fields.ts'
export { listFields, listItems } from './information-store.ts'
export { type CustomerStanding, standingOf } from './customer-standing.ts'
export { fieldsOf, type Person, readPerson } from './persons.ts'
export { isVisibleCustomer } from './presence-store.ts'
export type { Sight } from './representation-store.ts'
export { listRestrictions } from './restriction-store.ts'
export { generateAccessMedium, listAccessMediums, replaceAccessMedium } from './staff-mediums.ts'
export { allowSharing, withdrawSharing } from './sharing.ts'
export { switchStudio } from './studio-switch.ts'
export { type Erasure, eraseCustomer, listErasureBlockers } from './erasure.ts'
export { listAccessLines } from './access-log-store.ts'
export { packPerson } from './data-export.ts'
export { exportPerson } from './person-export.ts'
export type { ErasedPerson, ErasureBlocker, PersonPart } from './person-parts.ts'
export { refuseErasureRequest } from './privacy-requests.ts'
export { listOpenErasureRequests } from './privacy-request-store.ts'
export { isInForce } from './status-rules.ts'
export { setMembershipUntil } from './statuses.ts'
export { findOwnCustomer, localSight, lockOwnCustomer, reachableSight } from './visibility.ts'
export { lockCustomers } from './visibility-store.ts'
export { listWeighings } from './weighing-store.ts'
export { bodyFields, type BodyValues } from './weighing-rules.ts'
export { enterWeighing, removeWeighing, setHeight } from './weighings.ts'

export const customersModule: Module = {
  name: 'customers',
  routes: customerRoutes,
  jobs: [statusAnnouncements],
  chores: [accessLogRetention, accessCodeRetention],
}
