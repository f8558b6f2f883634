import type { Module } from '../module.ts'
import { leadRoutes } from './routes.ts'
import * as api from './api.ts'
import { leadsOfPerson } from './person-part.ts'

export { getLeadForm, type LeadFormChanges, saveLeadForm } from './forms.ts'
export { createCampaign, setLeadNotes, setLeadStatus } from './lead-board.ts'
export { checkLead, createLead, type LeadContext, leadWording } from './leads.ts'
export { presentForm } from './present.ts'
export { type LeadStatus, listCampaigns, listLeads } from './store.ts'

export const leadsModule: Module = { name: 'leads', api: [api], personPart: leadsOfPerson, routes: leadRoutes }
