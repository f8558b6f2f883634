import type { Module } from '../platform/module.ts'
import { leadRoutes } from './routes.ts'

export { type LeadFormChanges, saveLeadForm } from './forms.ts'

export const leadsModule: Module = { name: 'leads', routes: leadRoutes }
