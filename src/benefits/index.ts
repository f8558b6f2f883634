import type { Module } from '../module.ts'
import { benefitRoutes } from './routes.ts'
import * as api from './api.ts'

export { addBenefitRule, defineBenefit, endBenefitRule, setBenefitStudio } from './definitions.ts'
export { useBenefitWithin } from './site.ts'
export { listBenefitRules, listBenefits, type NewBenefitRule } from './store.ts'
export { listUses } from './use-store.ts'
export { findBenefitUse, reverseBenefitUse, takeBenefit, useBenefit } from './uses.ts'

export const benefitsModule: Module = { name: 'benefits', api: [api], routes: benefitRoutes }
