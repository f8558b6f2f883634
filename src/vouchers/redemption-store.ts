import { and, asc, eq, inArray, lt, sql } from 'drizzle-orm'
import { isVisibleTo, type Sight } from '../customers/index.ts'
import { accessMediums } from '../customers/tables.ts'
import { customers } from '../customers/customer-table.ts'
import { onlineOfferPurchases } from '../online-offers/tables.ts'
import type { Queryable, Tx } from '../platform/database/database.ts'
import type { FoldedRedeemer } from './redemption-rules.ts'
import {
  checkinVoucherCampaigns as campaigns,
  checkinVoucherRedemptions as redemptions,
  checkinVouchers as vouchers,
} from './tables.ts'

/** A voucher that can be redeemed in the studio, by its code. */
export async function findVoucher(db: Queryable, studioId: number, codeHashes: readonly Buffer[]) {
  const [row] = await db
    .select({
      voucherId: vouchers.id,
      campaignId: campaigns.id,
      isActive: sql<boolean>`${vouchers.active} and ${campaigns.active}`,
      validFrom: campaigns.validFrom,
      validTo: campaigns.validTo,
      offerIds: campaigns.offerIds,
      defaultOfferId: campaigns.defaultOfferId,
      membersAllowed: campaigns.membersAllowed,
      maxPerPerson: campaigns.maxPerPerson,
      passValidityValue: campaigns.passValidityValue,
      passValidityUnit: campaigns.passValidityUnit,
    })
    .from(vouchers)
    .innerJoin(campaigns, eq(campaigns.id, vouchers.campaignId))
    .where(and(inArray(vouchers.codeHash, [...codeHashes]), sql`${studioId} = any(${campaigns.studioIds})`))
  return row
}

export type VoucherRow = NonNullable<Awaited<ReturnType<typeof findVoucher>>>

/** The access code for which a person has redeemed a voucher before. */
export async function findAccessCode(
  db: Queryable,
  voucherId: number,
  personHashes: readonly Buffer[],
): Promise<{ readonly customerId: number; readonly code: string } | undefined> {
  const [row] = await db
    .select({ customerId: redemptions.customerId, code: accessMediums.valueNorm })
    .from(redemptions)
    .innerJoin(accessMediums, eq(accessMediums.id, redemptions.accessMediumId))
    .where(and(eq(redemptions.voucherId, voucherId), inArray(redemptions.personHash, [...personHashes])))
  return row
}

/** How many vouchers of a campaign a person has redeemed. */
export async function countRedeemed(
  db: Queryable,
  campaignId: number,
  personHashes: readonly Buffer[],
): Promise<number> {
  const [row] = await db
    .select({ count: sql<number>`count(*)::int` })
    .from(redemptions)
    .innerJoin(vouchers, eq(vouchers.id, redemptions.voucherId))
    .where(and(eq(vouchers.campaignId, campaignId), inArray(redemptions.personHash, [...personHashes])))
  return row?.count ?? 0
}

/** The oldest visible customer of a studio with these names and this address, locked. */
export async function lockHolder(
  tx: Tx,
  { firstFold, lastFold, emailFold }: FoldedRedeemer,
  { studioId, sight }: { readonly studioId: number; readonly sight: Sight },
) {
  const [row] = await tx
    .select({ customerId: customers.id, membershipUntil: sql<string | null>`${customers.membershipUntil}::text` })
    .from(customers)
    .where(
      and(
        eq(customers.studioId, studioId),
        eq(customers.lastFold, lastFold),
        eq(customers.firstFold, firstFold),
        eq(customers.emailFold, emailFold),
        isVisibleTo(sight),
      ),
    )
    .orderBy(asc(customers.id))
    .limit(1)
    .for('update')
  return row
}

/** Takes one redemption of a voucher; false when all are taken. */
export async function takeRedemption(tx: Tx, voucherId: number, now: Temporal.Instant): Promise<boolean> {
  const rows = await tx
    .update(vouchers)
    .set({ redeemed: sql`${vouchers.redeemed} + 1`, updatedAt: now })
    .where(and(eq(vouchers.id, voucherId), lt(vouchers.redeemed, vouchers.maxRedemptions)))
    .returning({ id: vouchers.id })
  return rows.length > 0
}

export async function insertRedemption(
  tx: Tx,
  redemption: Pick<
    typeof redemptions.$inferInsert,
    'voucherId' | 'customerId' | 'personHash' | 'passId' | 'accessMediumId'
  >,
  now: Temporal.Instant,
) {
  await tx.insert(redemptions).values({ ...redemption, createdAt: now })
}

/** The codes of vouchers whose passes, among these, have no visit left. */
export async function listSpentCodes(db: Queryable, passIds: readonly number[]): Promise<number[]> {
  const rows = await db
    .select({ accessMediumId: redemptions.accessMediumId })
    .from(redemptions)
    .innerJoin(onlineOfferPurchases, eq(onlineOfferPurchases.id, redemptions.passId))
    .where(and(inArray(redemptions.passId, [...passIds]), eq(onlineOfferPurchases.remaining, 0)))
  return rows.map(({ accessMediumId }) => accessMediumId)
}
