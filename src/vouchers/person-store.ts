import { eq, sql } from 'drizzle-orm'
import type { Tx } from '../platform/database/database.ts'
import { checkinVoucherRedemptions } from './tables.ts'

/** Puts chance in place of the hash of name and e-mail, which the same person would give again. */
export async function blankRedemptions(tx: Tx, customerId: number) {
  await tx
    .update(checkinVoucherRedemptions)
    .set({ personHash: sql`sha256(convert_to(gen_random_uuid()::text, 'UTF8'))` })
    .where(eq(checkinVoucherRedemptions.customerId, customerId))
}
