import { asc, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import { prepared, type Queryable } from '../../platform/database/database.ts'
import { noShift, shiftDate, toShift } from '../pricing/terms.ts'
import { ageAdjustments, paymentFrequencies, paymentFrequencyEntries } from '../tables.ts'

/** A payment frequency with its prices; amounts are decimal text in the currency of the studio that sells. */
export type FrequencyRecord = typeof paymentFrequencies.$inferSelect & {
  readonly entries: readonly (typeof paymentFrequencyEntries.$inferSelect)[]
  readonly ages: readonly (typeof ageAdjustments.$inferSelect)[]
}

/** Whether a column is among the ids of a prepared statement. */
export const isAmong = (column: PgColumn) => sql`${column} = any(${sql.placeholder('ids')}::bigint[])`

const frequencyRows = prepared((db) =>
  db.select().from(paymentFrequencies).where(isAmong(paymentFrequencies.id)).prepare('offers_list_frequencies'),
)

const entryRows = prepared((db) => {
  const { month, day, id, paymentFrequencyId } = paymentFrequencyEntries
  return db
    .select()
    .from(paymentFrequencyEntries)
    .where(isAmong(paymentFrequencyId))
    .orderBy(asc(month), asc(day), asc(id))
    .prepare('offers_list_frequency_entries')
})

const ageRows = prepared((db) =>
  db
    .select()
    .from(ageAdjustments)
    .where(isAmong(ageAdjustments.paymentFrequencyId))
    .orderBy(asc(ageAdjustments.startAge))
    .prepare('offers_list_age_adjustments'),
)

/** The frequencies by id, with the prices of each by date, or by the time that passes, and their age ranges by age. */
export async function loadFrequencies(
  db: Queryable,
  ids: readonly number[],
): Promise<ReadonlyMap<number, FrequencyRecord>> {
  if (ids.length === 0) return new Map()
  const [rows, entries, ages] = await Promise.all([
    frequencyRows(db).execute({ ids }),
    entryRows(db).execute({ ids }),
    ageRows(db).execute({ ids }),
  ])
  return new Map(
    rows.map((row) => [
      row.id,
      {
        ...row,
        entries: entries.filter(({ paymentFrequencyId }) => paymentFrequencyId === row.id).toSorted(byOffset),
        ages: ages.filter(({ paymentFrequencyId }) => paymentFrequencyId === row.id),
      },
    ]),
  )
}

const anchor = Temporal.PlainDate.from('2000-01-01')

/** Prices with a date keep the order that they have. */
function byOffset(a: FrequencyRecord['entries'][number], b: FrequencyRecord['entries'][number]): number {
  return Temporal.PlainDate.compare(shiftDate(anchor, readOffset(a)), shiftDate(anchor, readOffset(b)))
}

function readOffset({ offsetValue, offsetUnit }: FrequencyRecord['entries'][number]) {
  return offsetValue === null || offsetUnit === null ? noShift : toShift({ value: offsetValue, unit: offsetUnit })
}

/** The frequency that a constraint of the database promises. */
export function requireFrequency(frequencies: ReadonlyMap<number, FrequencyRecord>, id: number): FrequencyRecord {
  const frequency = frequencies.get(id)
  if (!frequency) throw new Error(`The payment frequency ${id} is missing.`)
  return frequency
}
