import { and, desc, eq, lt, type SQL, sql } from 'drizzle-orm'
import type { Queryable } from '../platform/database/database.ts'
import { studios } from '../studios/tables.ts'
import { purchaseColumns } from './purchase-store.ts'
import { onlineOfferPurchases as passes } from './tables.ts'

export const passStates = ['VALID', 'USED_UP', 'EXPIRED'] as const
type PassState = (typeof passStates)[number]

export interface PassSearch {
  readonly customerId?: number | undefined
  readonly onlineOfferId?: number | undefined
  readonly studioId?: number | undefined
  readonly state?: PassState | undefined
  /** Only older ones than this pass. */
  readonly beforeId?: number | undefined
  readonly limit: number
}

/** A pass that is both expired and used up is expired. */
const stateAt = (now: Temporal.Instant): SQL<PassState> =>
  sql`case when ${passes.validTo} < (${now.toString()}::timestamptz at time zone ${studios.timeZone})::date
      or ${passes.usableUntil} <= ${now.toString()}::timestamptz then 'EXPIRED'
    when ${passes.remaining} = 0 then 'USED_UP' else 'VALID' end`

/** Passes of all customers for staff, newest first. */
export function searchPasses(db: Queryable, search: PassSearch, now: Temporal.Instant) {
  const { customerId, onlineOfferId, studioId, state, beforeId, limit } = search
  const judged = stateAt(now)
  return db
    .select({ ...purchaseColumns, customerId: passes.customerId, studioId: passes.studioId, state: judged })
    .from(passes)
    .innerJoin(studios, eq(studios.id, passes.studioId))
    .where(
      and(
        customerId === undefined ? undefined : eq(passes.customerId, customerId),
        onlineOfferId === undefined ? undefined : eq(passes.onlineOfferId, onlineOfferId),
        studioId === undefined ? undefined : eq(passes.studioId, studioId),
        state === undefined ? undefined : sql`${judged} = ${state}`,
        beforeId === undefined ? undefined : lt(passes.id, beforeId),
      ),
    )
    .orderBy(desc(passes.id))
    .limit(limit)
}
