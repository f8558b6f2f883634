import { and, asc, eq, isNull, or, sql } from 'drizzle-orm'
import type { Queryable, Tx } from '../platform/database/database.ts'
import { type DayOfWeek, weekdayNumber } from '../studios/index.ts'
import { studios } from '../studios/tables.ts'
import type { CheckoutRules } from './checkout-rules.ts'
import { checkIns } from './tables.ts'

interface HoursJson {
  readonly dayFrom: DayOfWeek
  readonly dayTo: DayOfWeek
  readonly from: string
  readonly to: string
}

const hours = sql<HoursJson[] | null>`(select json_agg(json_build_object('dayFrom', o.day_from, 'dayTo', o.day_to,
    'from', o.time_from, 'to', o.time_to))
  from opening_hours o where o.studio_id = ${sql.raw('"studios"."id"')} and o.kind = 'INTERNAL')`

const oldestOpen = sql<string | null>`(select min(v.checked_in_at) from check_ins v
  where v.studio_id = ${sql.raw('"studios"."id"')} and v.checked_out_at is null)`

export interface CheckoutStudio extends CheckoutRules {
  readonly studioId: number
  /** When the visit that has been open longest began. */
  readonly oldestAt: Temporal.Instant
}

/** Studios that end visits by themselves and have some that are open. */
export async function listCheckoutStudios(db: Queryable): Promise<CheckoutStudio[]> {
  const rows = await db
    .select({
      studioId: studios.id,
      zone: studios.timeZone,
      afterMinutes: studios.autoCheckoutAfterMinutes,
      atClosing: studios.autoCheckoutAtClosing,
      dailyAt: studios.autoCheckoutDailyAt,
      hours,
      oldestAt: oldestOpen,
    })
    .from(studios)
    .where(
      or(
        sql`${studios.autoCheckoutAfterMinutes} is not null`,
        eq(studios.autoCheckoutAtClosing, true),
        sql`${studios.autoCheckoutDailyAt} is not null`,
      ),
    )
    .orderBy(asc(studios.id))
  return rows.flatMap(({ hours, oldestAt, ...row }) =>
    oldestAt === null
      ? []
      : [{ ...row, openingRows: (hours ?? []).map(readHours), oldestAt: Temporal.Instant.from(oldestAt) }],
  )
}

function readHours({ dayFrom, dayTo, from, to }: HoursJson) {
  return {
    dayFrom: weekdayNumber(dayFrom),
    dayTo: weekdayNumber(dayTo),
    timeFrom: Temporal.PlainTime.from(from),
    timeTo: Temporal.PlainTime.from(to),
  }
}

export interface OpenVisitRow {
  readonly visitId: number
  readonly customerId: number
  readonly checkedInAt: Temporal.Instant
  readonly passId: number | null
}

/**
 * Locks open visits of a studio, the oldest first, those that come `after` another one, leaving out what another unit is
 * ending at this moment.
 */
export function lockOldestVisits(
  tx: Tx,
  studioId: number,
  { limit, after }: { readonly limit: number; readonly after: OpenVisitRow | undefined },
): Promise<OpenVisitRow[]> {
  return tx
    .select({
      visitId: checkIns.id,
      customerId: checkIns.customerId,
      checkedInAt: checkIns.checkedInAt,
      passId: checkIns.passId,
    })
    .from(checkIns)
    .where(
      and(
        eq(checkIns.studioId, studioId),
        isNull(checkIns.checkedOutAt),
        after &&
          sql`(${checkIns.checkedInAt}, ${checkIns.id}) > (${after.checkedInAt.toString()}::timestamptz, ${after.visitId})`,
      ),
    )
    .orderBy(asc(checkIns.checkedInAt), asc(checkIns.id))
    .limit(limit)
    .for('update', { skipLocked: true })
}

/** Ends locked visits, each at its own moment. */
export async function endVisits(
  tx: Tx,
  ends: readonly { readonly visitId: number; readonly checkedOutAt: Temporal.Instant }[],
) {
  if (ends.length === 0) return
  const ids = `{${ends.map(({ visitId }) => visitId).join(',')}}`
  const moments = `{${ends.map(({ checkedOutAt }) => checkedOutAt.toString()).join(',')}}`
  const due = sql`(select checked_out_at from unnest(${ids}::bigint[], ${moments}::timestamptz[]) as due(id, checked_out_at)
    where due.id = ${checkIns.id})`
  await tx
    .update(checkIns)
    .set({ checkedOutAt: due, outSource: 'AUTOMATIC' })
    .where(sql`${checkIns.id} = any(${ids}::bigint[])`)
}
