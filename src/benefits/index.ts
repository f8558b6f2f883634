import type { Module } from '../platform/module.ts'
import { benefitRoutes } from './routes.ts'

export type { BenefitPlace } from './benefit-facts-store.ts'
export type { BenefitRefusal, BenefitVerdict } from './benefit-rules.ts'
export {
  addBenefitRule,
  type BenefitDefinition,
  defineBenefit,
  endBenefitRule,
  setBenefitStudio,
} from './definitions.ts'
export { useBenefitWithin } from './place.ts'
export { listBenefitRules, listBenefits, type NewBenefitRule } from './store.ts'
export { listUses } from './use-store.ts'
export {
  type BenefitUse,
  type BenefitWish,
  findBenefitUse,
  reverseBenefitUse,
  takeBenefit,
  useBenefit,
} from './uses.ts'

export const benefitsModule: Module = { name: 'benefits', routes: benefitRoutes }
