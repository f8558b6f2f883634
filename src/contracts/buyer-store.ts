import { and, eq, gte, isNull } from 'drizzle-orm'
import { customers } from '../customers/index.ts'
import type { Buyer } from '../membership-offers/index.ts'
import type { Queryable } from '../platform/database/database.ts'
import { dateIn } from '../platform/time/zoned-time.ts'
import type { StudioView } from '../platform/units/work.ts'
import { defined } from '../platform/values/defined.ts'
import { studios } from '../studios/tables.ts'
import { contracts } from './tables.ts'

/** A customer who is known already as a buyer: the date of birth is the stored one. */
export async function findBuyerFacts(
  { db, caller, now }: Pick<StudioView, 'db' | 'caller' | 'now'>,
  customerId: number,
): Promise<Buyer> {
  const yearAgo = dateIn(now, caller.studio.zone).subtract({ months: 12 })
  const [birthDate, isMember] = await Promise.all([
    findBirthDate(db, customerId),
    hasContractSince(db, customerId, yearAgo),
  ])
  return { ...defined({ birthDate }), isMember }
}

/** When a customer was born; undefined where it is not known. */
export async function findBirthDate(db: Queryable, customerId: number): Promise<Temporal.PlainDate | undefined> {
  const [row] = await db
    .select({ dateOfBirth: customers.dateOfBirth })
    .from(customers)
    .where(eq(customers.id, customerId))
  return row?.dateOfBirth ?? undefined
}

/** Whether the customer had a membership at some time from `since` on, or has one to come. */
async function hasContractSince(db: Queryable, customerId: number, since: Temporal.PlainDate): Promise<boolean> {
  const rows = await db
    .select({ id: contracts.id })
    .from(contracts)
    .where(and(eq(contracts.customerId, customerId), isNull(contracts.voidedAt), gte(contracts.committedEnd, since)))
    .limit(1)
  return rows.length > 0
}

/**
 * The person whose code to recruit friends this is, in upper or lower case; undefined where nobody has it, and where the
 * studio does not let members recruit.
 */
export async function findReferrer(
  db: Queryable,
  { referralCode, studioId }: { readonly referralCode: string; readonly studioId: number },
): Promise<number | undefined> {
  const [row] = await db
    .select({ id: customers.id })
    .from(customers)
    .innerJoin(studios, and(eq(studios.tenantId, customers.tenantId), eq(studios.id, studioId)))
    .where(
      and(
        eq(customers.referralCode, referralCode.trim().toUpperCase()),
        isNull(customers.erasedAt),
        eq(studios.referralsEnabled, true),
      ),
    )
  return row?.id
}
