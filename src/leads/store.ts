import { and, eq } from 'drizzle-orm'
import type { Queryable, Tx } from '../platform/database.ts'
import { campaigns, leads } from './tables.ts'

export type NewLead = Pick<
  typeof leads.$inferInsert,
  'studioId' | 'customerId' | 'source' | 'trialOfferConfigId' | 'campaignExternalId' | 'campaignId' | 'notes'
>

/** The studio's campaign that a partner's code means. */
export async function findCampaignId(db: Queryable, studioId: number, externalId: string): Promise<number | undefined> {
  const [row] = await db
    .select({ id: campaigns.id })
    .from(campaigns)
    .where(and(eq(campaigns.studioId, studioId), eq(campaigns.externalId, externalId)))
  return row?.id
}

export async function insertLead(tx: Tx, lead: NewLead, now: Temporal.Instant): Promise<number> {
  const [row] = await tx
    .insert(leads)
    .values({ ...lead, createdAt: now, updatedAt: now })
    .returning({ id: leads.id })
  return row?.id as number
}
