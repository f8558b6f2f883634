import { asc, eq, sql } from 'drizzle-orm'
import type { Queryable } from '../../platform/database/database.ts'
import {
  companies,
  membershipVoucherCodes,
  membershipVoucherOffers,
  membershipVouchers,
  membershipVoucherStudios,
  voucherDiscountPeriods,
} from '../tables.ts'

/** No code holds anything but letters, digits and hyphens: blanks within and signs around it came along when it was copied. */
const codeAsTyped = (text: string) => text.replace(/[^\p{L}\p{M}\p{N}-]/gu, '')

/** A code with everything that decides whether it counts and what it changes. */
export interface VoucherRecord {
  readonly code: typeof membershipVoucherCodes.$inferSelect
  readonly voucher: typeof membershipVouchers.$inferSelect
  readonly companyName: string | null
  readonly windows: readonly (typeof voucherDiscountPeriods.$inferSelect)[]
  /** Empty: all. */
  readonly offerIds: readonly number[]
  readonly studioIds: readonly number[]
}

/** The voucher behind a code, in upper or lower case; codes for visits are not among them. */
export async function findVoucher(db: Queryable, text: string): Promise<VoucherRecord | undefined> {
  const [found] = await db
    .select({ code: membershipVoucherCodes, voucher: membershipVouchers, companyName: companies.name })
    .from(membershipVoucherCodes)
    .innerJoin(membershipVouchers, eq(membershipVouchers.id, membershipVoucherCodes.voucherId))
    .leftJoin(companies, eq(companies.id, membershipVouchers.companyId))
    .where(eq(sql`upper(${membershipVoucherCodes.code})`, sql`upper(${codeAsTyped(text)})`))
  if (!found) return undefined
  const { id } = found.voucher
  const [windows, offers, inStudios] = await Promise.all([
    db
      .select()
      .from(voucherDiscountPeriods)
      .where(eq(voucherDiscountPeriods.voucherId, id))
      .orderBy(asc(voucherDiscountPeriods.seq)),
    db.select().from(membershipVoucherOffers).where(eq(membershipVoucherOffers.voucherId, id)),
    db.select().from(membershipVoucherStudios).where(eq(membershipVoucherStudios.voucherId, id)),
  ])
  return {
    ...found,
    windows,
    offerIds: offers.map(({ offerId }) => offerId),
    studioIds: inStudios.map(({ studioId }) => studioId),
  }
}
