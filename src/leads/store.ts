import { and, asc, desc, eq, isNotNull, sql } from 'drizzle-orm'
import { customers } from '../customers/customer-table.ts'
import type { Queryable, Tx } from '../platform/database/database.ts'
import { returnedId } from '../platform/database/returned-id.ts'
import { campaigns, leads } from './tables.ts'

export type NewLead = Pick<
  typeof leads.$inferInsert,
  'studioId' | 'customerId' | 'source' | 'trialOfferConfigId' | 'campaignExternalId' | 'campaignId' | 'notes'
>
export type LeadStatus = (typeof leads.$inferSelect)['status']

/** The studio's campaign that a partner's code means. */
export async function findCampaignId(db: Queryable, studioId: number, externalId: string): Promise<number | undefined> {
  const [row] = await db
    .select({ id: campaigns.id })
    .from(campaigns)
    .where(and(eq(campaigns.studioId, studioId), eq(campaigns.externalId, externalId)))
  return row?.id
}

export async function insertLead(tx: Tx, lead: NewLead, now: Temporal.Instant): Promise<number> {
  const rows = await tx
    .insert(leads)
    .values({ ...lead, createdAt: now, updatedAt: now })
    .returning({ id: leads.id })
  return returnedId(rows)
}

export async function findLead(db: Queryable, leadId: number) {
  const [row] = await db.select({ customerId: leads.customerId }).from(leads).where(eq(leads.id, leadId))
  return row
}

/** Another unit that changes a lead waits until this one ends. */
export async function lockLead(tx: Tx, leadId: number) {
  const [row] = await tx.select().from(leads).where(eq(leads.id, leadId)).for('update')
  return row
}

/** The open lead of a customer; another unit that changes it waits until this one ends. */
export async function lockOpenLead(tx: Tx, customerId: number) {
  const [row] = await tx
    .select()
    .from(leads)
    .where(and(eq(leads.customerId, customerId), eq(leads.status, 'OPEN')))
    .for('update')
  return row
}

export async function updateLead(
  tx: Tx,
  leadId: number,
  changes: Partial<Pick<typeof leads.$inferInsert, 'status' | 'notes' | 'convertedContractId'>>,
  now: Temporal.Instant,
) {
  await tx
    .update(leads)
    .set({ ...changes, updatedAt: now, version: sql`${leads.version} + 1` })
    .where(eq(leads.id, leadId))
}

export async function eraseNotes(tx: Tx, customerId: number, now: Temporal.Instant) {
  await tx
    .update(leads)
    .set({ notes: null, updatedAt: now, version: sql`${leads.version} + 1` })
    .where(and(eq(leads.customerId, customerId), isNotNull(leads.notes)))
}

/** The leads of a studio, the newest first; `status` narrows them. */
export function listLeads(db: Queryable, studioId: number, status?: LeadStatus) {
  return db
    .select({
      id: leads.id,
      customerId: leads.customerId,
      customerNumber: customers.customerNumber,
      status: leads.status,
      source: leads.source,
      campaignId: leads.campaignId,
      campaignExternalId: leads.campaignExternalId,
      notes: leads.notes,
      createdAt: leads.createdAt,
    })
    .from(leads)
    .innerJoin(customers, and(eq(customers.tenantId, leads.tenantId), eq(customers.id, leads.customerId)))
    .where(and(eq(leads.studioId, studioId), status === undefined ? undefined : eq(leads.status, status)))
    .orderBy(desc(leads.id))
}

export function listCampaigns(db: Queryable, studioId: number) {
  const { id, name, externalId } = campaigns
  return db.select({ id, name, externalId }).from(campaigns).where(eq(campaigns.studioId, studioId)).orderBy(asc(id))
}

export async function insertCampaign(
  tx: Tx,
  campaign: Pick<typeof campaigns.$inferInsert, 'studioId' | 'name' | 'externalId'>,
  now: Temporal.Instant,
): Promise<number> {
  const rows = await tx
    .insert(campaigns)
    .values({ ...campaign, createdAt: now, updatedAt: now })
    .returning({ id: campaigns.id })
  return returnedId(rows)
}
