import { asc, eq, sql } from 'drizzle-orm'
import { onlineOfferPurchases } from '../online-offers/tables.ts'
import type { Queryable, Tx } from '../platform/database/database.ts'
import { returnedId } from '../platform/database/returned-id.ts'
import {
  checkinVoucherCampaigns as campaigns,
  checkinVoucherRedemptions as redemptions,
  checkinVouchers as vouchers,
} from './tables.ts'

type Fill = 'id' | 'tenantId' | 'createdAt' | 'updatedAt' | 'version'
export type CampaignRow = typeof campaigns.$inferSelect
export type NewCampaign = Omit<typeof campaigns.$inferInsert, Fill>
export type VoucherChanges = Pick<typeof vouchers.$inferInsert, 'active'>

export async function insertCampaign(tx: Tx, campaign: NewCampaign, now: Temporal.Instant): Promise<number> {
  const rows = await tx
    .insert(campaigns)
    .values({ ...campaign, createdAt: now, updatedAt: now })
    .returning({ id: campaigns.id })
  return returnedId(rows)
}

/** Another unit that changes a campaign or adds codes to it waits until this one ends. */
export async function lockCampaign(tx: Tx, campaignId: number): Promise<CampaignRow | undefined> {
  const [row] = await tx.select().from(campaigns).where(eq(campaigns.id, campaignId)).for('no key update')
  return row
}

export async function updateCampaign(tx: Tx, campaignId: number, changes: Partial<NewCampaign>, now: Temporal.Instant) {
  await tx
    .update(campaigns)
    .set({ ...changes, updatedAt: now, version: sql`${campaigns.version} + 1` })
    .where(eq(campaigns.id, campaignId))
}

export async function isPrefixTaken(db: Queryable, prefix: string): Promise<boolean> {
  return (await db.$count(campaigns, eq(campaigns.prefix, prefix))) > 0
}

/** All campaigns with the number of their codes and of the redemptions of these. */
export function listCampaigns(db: Queryable) {
  const of = (what: string) =>
    sql<number>`(select ${sql.raw(what)}::int from checkin_vouchers v where v.campaign_id = "checkin_voucher_campaigns"."id")`
  return db
    .select({
      campaignId: campaigns.id,
      name: campaigns.name,
      prefix: campaigns.prefix,
      validFrom: campaigns.validFrom,
      validTo: campaigns.validTo,
      studioIds: campaigns.studioIds,
      offerIds: campaigns.offerIds,
      active: campaigns.active,
      codes: of('count(*)'),
      redeemed: of('coalesce(sum(v.redeemed), 0)'),
    })
    .from(campaigns)
    .orderBy(asc(campaigns.id))
}

export interface NewVoucher {
  readonly campaignId: number
  readonly codeHash: Buffer
  readonly codeEnc: Buffer
  readonly maxRedemptions: number
}

/** Adds those vouchers whose code nobody else has; answers which, by their hashes. */
export async function insertVouchers(tx: Tx, rows: readonly NewVoucher[], now: Temporal.Instant): Promise<Buffer[]> {
  const added = await tx
    .insert(vouchers)
    .values(rows.map((row) => ({ ...row, createdAt: now, updatedAt: now })))
    .onConflictDoNothing({ target: [vouchers.tenantId, vouchers.codeHash] })
    .returning({ codeHash: vouchers.codeHash })
  return added.map(({ codeHash }) => codeHash)
}

/** The vouchers of a campaign in the order in which they were made; the codes are sealed. */
export function listVouchers(db: Queryable, campaignId: number) {
  return db
    .select({
      voucherId: vouchers.id,
      codeEnc: vouchers.codeEnc,
      maxRedemptions: vouchers.maxRedemptions,
      redeemed: vouchers.redeemed,
      active: vouchers.active,
    })
    .from(vouchers)
    .where(eq(vouchers.campaignId, campaignId))
    .orderBy(asc(vouchers.id))
}

/** A voucher by its hashes, locked. */
export async function lockVoucher(tx: Tx, voucherId: number) {
  const [row] = await tx
    .select({ voucherId: vouchers.id, active: vouchers.active })
    .from(vouchers)
    .where(eq(vouchers.id, voucherId))
    .for('no key update')
  return row
}

export async function updateVoucherActive(tx: Tx, voucherId: number, active: boolean, now: Temporal.Instant) {
  await tx
    .update(vouchers)
    .set({ active, updatedAt: now, version: sql`${vouchers.version} + 1` })
    .where(eq(vouchers.id, voucherId))
}

/** Who has redeemed vouchers of a campaign, and what is left of the passes; oldest first. */
export function listRedemptions(db: Queryable, campaignId: number) {
  return db
    .select({
      redeemedAt: redemptions.createdAt,
      voucherId: redemptions.voucherId,
      customerId: redemptions.customerId,
      passId: redemptions.passId,
      offerId: onlineOfferPurchases.onlineOfferId,
      studioId: onlineOfferPurchases.studioId,
      validTo: onlineOfferPurchases.validTo,
      visits: onlineOfferPurchases.quantity,
      remaining: onlineOfferPurchases.remaining,
    })
    .from(redemptions)
    .innerJoin(vouchers, eq(vouchers.id, redemptions.voucherId))
    .innerJoin(onlineOfferPurchases, eq(onlineOfferPurchases.id, redemptions.passId))
    .where(eq(vouchers.campaignId, campaignId))
    .orderBy(asc(redemptions.createdAt), asc(redemptions.id))
}
