import type { Module } from '../platform/module.ts'
import { leadRoutes } from './routes.ts'

export { getLeadForm, type LeadFormChanges, saveLeadForm } from './forms.ts'
export { createCampaign, setLeadNotes, setLeadStatus } from './lead-board.ts'
export { checkLead, createLead, type LeadContext, leadWording } from './leads.ts'
export { leadsOfPerson } from './person-part.ts'
export { presentForm } from './present.ts'
export { type LeadStatus, listCampaigns, listLeads } from './store.ts'

export const leadsModule: Module = { name: 'leads', routes: leadRoutes }
