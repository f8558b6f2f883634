import { and, eq, isNull, lt, or, sql } from 'drizzle-orm'
import type { Tx } from '../../platform/database/database.ts'
import { membershipVoucherCodes, membershipVoucherRedemptions, membershipVouchers } from '../tables.ts'

/** Counts one more redemption of a code and of its voucher; false where either is used up. */
export async function countRedemption(
  tx: Tx,
  { codeId, voucherId }: { readonly codeId: number; readonly voucherId: number },
  now: Temporal.Instant,
): Promise<boolean> {
  const codes = await tx
    .update(membershipVoucherCodes)
    .set({ redeemed: sql`${membershipVoucherCodes.redeemed} + 1` })
    .where(
      and(
        eq(membershipVoucherCodes.id, codeId),
        lt(membershipVoucherCodes.redeemed, membershipVoucherCodes.maxRedemptions),
      ),
    )
    .returning({ id: membershipVoucherCodes.id })
  if (codes.length === 0) return false
  const { redeemed, maxRedemptions, version } = membershipVouchers
  const vouchers = await tx
    .update(membershipVouchers)
    .set({ redeemed: sql`${redeemed} + 1`, updatedAt: now, version: sql`${version} + 1` })
    .where(and(eq(membershipVouchers.id, voucherId), or(isNull(maxRedemptions), lt(redeemed, maxRedemptions))))
    .returning({ id: membershipVouchers.id })
  return vouchers.length > 0
}

export async function insertRedemption(tx: Tx, redemption: typeof membershipVoucherRedemptions.$inferInsert) {
  await tx.insert(membershipVoucherRedemptions).values(redemption)
}

/** Takes the redemption for a contract away; answers what it was of, undefined where there was none. */
export async function deleteRedemption(tx: Tx, contractId: number) {
  const [redemption] = await tx
    .delete(membershipVoucherRedemptions)
    .where(eq(membershipVoucherRedemptions.contractId, contractId))
    .returning({ codeId: membershipVoucherRedemptions.codeId })
  return redemption
}

/** Counts one redemption of a code and of its voucher less; answers the voucher. */
export async function uncountRedemption(tx: Tx, codeId: number, now: Temporal.Instant) {
  const [code] = await tx
    .update(membershipVoucherCodes)
    .set({ redeemed: sql`${membershipVoucherCodes.redeemed} - 1` })
    .where(eq(membershipVoucherCodes.id, codeId))
    .returning({ code: membershipVoucherCodes.code, voucherId: membershipVoucherCodes.voucherId })
  if (!code) throw new Error(`There is no code ${codeId} of a voucher.`)
  const { redeemed, version } = membershipVouchers
  await tx
    .update(membershipVouchers)
    .set({ redeemed: sql`${redeemed} - 1`, updatedAt: now, version: sql`${version} + 1` })
    .where(eq(membershipVouchers.id, code.voucherId))
  return code
}
