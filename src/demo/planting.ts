import type { PgTable } from 'drizzle-orm/pg-core'
import type { Platform } from '../platform/platform.ts'
import type { UnitOfWork } from '../platform/units/work.ts'
import { dateIn, instantAt } from '../platform/time/zoned-time.ts'

/** The zone of Berlin, where almost everything of the demo happens. */
export const berlinTime = 'Europe/Berlin'

/** What the seed works with: one unit of work, and the day on which everything hangs. */
export interface Planting {
  readonly work: UnitOfWork
  readonly platform: Platform
  /** Today in Berlin, by the tenant's clock. */
  readonly today: Temporal.PlainDate
  readonly stamps: { readonly createdAt: Temporal.Instant; readonly updatedAt: Temporal.Instant }
}

/** Events are left out: what the seed plants has happened before any partner received events. */
export function openPlanting(platform: Platform, work: UnitOfWork): Planting {
  return {
    work: { ...work, emit: () => undefined },
    platform,
    today: dateIn(work.now, berlinTime),
    stamps: { createdAt: work.now, updatedAt: work.now },
  }
}

/** The moment of a wall time in Berlin, so many days from today (negative: before). */
export function momentOn({ today }: Pick<Planting, 'today'>, days: number, time: string): Temporal.Instant {
  return instantAt(today.add({ days }), Temporal.PlainTime.from(time), berlinTime)
}

/** Half-open. */
export interface Stretch {
  readonly from: Temporal.Instant
  readonly until: Temporal.Instant
}

/** So many minutes from a moment on. */
export function stretch(from: Temporal.Instant, minutes: number): Stretch {
  return { from, until: from.add({ minutes }) }
}

/** PostgreSQL takes 65,535 parameters in one statement; the widest table has about 80 columns. */
const ROWS_AT_ONCE = 500

/** Inserts the rows and stamps those columns of theirs that say when a row was written. */
export async function plant<T extends PgTable>(
  { work, stamps }: Planting,
  table: T,
  rows: readonly Omit<T['$inferInsert'], 'createdAt' | 'updatedAt' | 'tenantId'>[],
) {
  for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) {
    const values = rows.slice(from, from + ROWS_AT_ONCE).map((row) => ({ ...stamps, ...row }))
    await work.tx.insert(table).values(values as T['$inferInsert'][])
  }
}
