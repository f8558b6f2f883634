import { eq, sql } from 'drizzle-orm'
import type { Tx } from '../platform/database/database.ts'
import { customers } from './customer-table.ts'

/** Whether letters arrive, as of a day. */
export interface AddressMark {
  readonly status: 'VALID' | 'INVALID'
  readonly since: Temporal.PlainDate | null
  readonly information: string | null
}

export async function findAddressStatus(tx: Tx, customerId: number) {
  const [row] = await tx.select({ status: customers.addressStatus }).from(customers).where(eq(customers.id, customerId))
  return row?.status
}

export async function updateAddressStatus(
  tx: Tx,
  customerId: number,
  { status, since, information }: AddressMark,
  now: Temporal.Instant,
) {
  await tx
    .update(customers)
    .set({
      addressStatus: status,
      addressStatusSince: since,
      addressStatusInformation: information,
      updatedAt: now,
      version: sql`${customers.version} + 1`,
    })
    .where(eq(customers.id, customerId))
}
