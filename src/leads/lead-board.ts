import { lockCustomers } from '../customers/index.ts'
import { brokenConstraint } from '../platform/database/database.ts'
import { conflict, notFound } from '../platform/errors/errors.ts'
import type { UnitOfWork } from '../platform/units/work.ts'
import { findStudio } from '../studios/index.ts'
import { findLead, insertCampaign, lockLead, lockOpenLead, updateLead } from './store.ts'

/** Gives a lead up, or takes it up again. A lead that has become a customer stays one; saying the same again is nothing. */
export async function setLeadStatus(work: UnitOfWork, leadId: number, status: 'OPEN' | 'LOST') {
  const lead = await lockLeadWithCustomer(work, leadId)
  if (lead.status === status) return
  if (lead.status === 'CONVERTED') throw conflict('errormessage.lead.alreadyConverted')
  await updateLead(work.tx, leadId, { status }, work.now).catch((error: unknown) => {
    throw brokenConstraint(error) === 'leads_one_open_per_customer' ? conflict('errormessage.lead.alreadyOpen') : error
  })
  announceLead(work, leadId, lead.studioId, { status: [lead.status, status] })
}

/** What staff remember of a lead; null forgets it. The audit log says that it changed, not what it says. */
export async function setLeadNotes(work: UnitOfWork, leadId: number, notes: string | null) {
  const lead = await lockLeadWithCustomer(work, leadId)
  if (lead.notes === notes) return
  await updateLead(work.tx, leadId, { notes }, work.now)
  announceLead(work, leadId, lead.studioId, { notes: [lead.notes !== null, notes !== null] })
}

/** The open lead of a customer, if any, has signed its first main contract: called in the unit of the signature. */
export async function convertLead(work: UnitOfWork, customerId: number, contractId: number) {
  const lead = await lockOpenLead(work.tx, customerId)
  if (!lead) return
  await updateLead(work.tx, lead.id, { status: 'CONVERTED', convertedContractId: contractId }, work.now)
  announceLead(work, lead.id, lead.studioId, { status: ['OPEN', 'CONVERTED'], convertedContractId: [null, contractId] })
}

/** A campaign of a studio; leads that come later with its code belong to it. */
export async function createCampaign(
  work: UnitOfWork,
  campaign: { readonly studioId: number; readonly name: string; readonly externalId: string | null },
): Promise<number> {
  if (!(await findStudio(work.tx, campaign.studioId))) throw notFound('studio', campaign.studioId)
  const id = await insertCampaign(work.tx, campaign, work.now).catch((error: unknown) => {
    const isTaken = brokenConstraint(error) === 'campaigns_external_id_unique'
    throw isTaken ? conflict('errormessage.campaign.externalIdInUse') : error
  })
  const diff = { name: [null, campaign.name], externalId: [null, campaign.externalId] } as const
  work.audit({ action: 'campaign.created', entityKind: 'campaign', entityId: id, studioId: campaign.studioId, diff })
  return id
}

/** The customer first, as everywhere. */
async function lockLeadWithCustomer({ tx }: UnitOfWork, leadId: number) {
  const found = await findLead(tx, leadId)
  if (found) await lockCustomers(tx, [found.customerId])
  const lead = found && (await lockLead(tx, leadId))
  if (!lead) throw notFound('lead', leadId)
  return lead
}

function announceLead(
  work: UnitOfWork,
  leadId: number,
  studioId: number,
  diff: Readonly<Record<string, readonly [unknown, unknown]>>,
) {
  work.audit({ action: 'lead.updated', entityKind: 'lead', entityId: leadId, studioId, diff })
}
