import type { Module } from '../module.ts'
import * as additional from './additional/api.ts'
import * as api from './api.ts'
import { membershipOfferRoutes } from './routes.ts'
import { membershipOfferStaff } from './staff-routes.ts'

export { frequencyFields, months } from './frequency-schemas.ts'
export { setPicture, attachDocument, type Pictured } from './editing/pictures.ts'
export { fillOfferHooks } from './hooks.ts'
export { isCompany } from './company-store.ts'
export { presentBanner, presentDestinations } from './switching/destinations.ts'
export { type JudgedSwitch, presentSwitch, presentSwitchPayments } from './switching/present-switch.ts'
export { findSwitchDues, type SwitchCredit } from './switching/switch-dues.ts'
export { makeSwitchQuote } from './switching/switch-quotes.ts'
export { listSwitchConfigs, type SwitchConfig } from './switching/switch-store.ts'
export { type OfferStudio, openOfferContext } from './offers.ts'
export type { AdditionalModule } from './additional/module-schemas.ts'
export {
  type AdditionalModuleRecord,
  findAdditionalModule,
  findModuleEnd,
  listCancelationReasons,
  listIdleReasons,
  loadAdditionalModules,
  planAdditionalModule,
} from './additional/module-store.ts'
export { findSwitchReason } from './switching/switch-reason-store.ts'
export { presentAdditionalModule } from './additional/present-modules.ts'
export { type ContractFacts, type PaperMember, writeContract } from './paper/contract-paper.ts'
export * from './pricing-rules.ts'
export { loadModuleServices, loadRates, type RateRecord } from './catalogue/rate-store.ts'
export {
  type OfferModuleRecord,
  type OfferRecord,
  loadOffers,
  loadRateCodes,
  type TextBlockRecord,
} from './catalogue/offer-store.ts'
export { planOfferModule } from './catalogue/price-plan.ts'
export type { TermRecord } from './catalogue/term-store.ts'
export { type LineWords, openHouseSpeaker, openLineWords } from './selling/previews.ts'
export { makeQuote, type Quote, type QuotedCode } from './selling/quotes.ts'
export { presentPayments } from './selling/present-preview.ts'
export { redeemVoucher, refuseVoucher, returnRedemption } from './selling/redemptions.ts'
export type { Wish } from './selling/order-rules.ts'
export { Speaker } from './wording.ts'
export { withPlainAmounts } from './selling/plain-amounts.ts'
export type { SignupPreview } from './selling/preview-schemas.ts'
export { previewMembership } from './selling/previews.ts'
export type { Buyer } from './selling/quotes.ts'

export const membershipOffersModule: Module = {
  name: 'membership-offers',
  api: [api, additional],
  routes: membershipOfferRoutes,
  staff: membershipOfferStaff,
}
