import { asc, inArray } from 'drizzle-orm'
import type { Queryable } from '../../platform/database/database.ts'
import { noShift, shiftDate, toShift } from '../pricing/terms.ts'
import { ageAdjustments, paymentFrequencies, paymentFrequencyEntries } from '../tables.ts'

/** A payment frequency with its prices; amounts are decimal text in the currency of the studio that sells. */
export type FrequencyRecord = typeof paymentFrequencies.$inferSelect & {
  readonly entries: readonly (typeof paymentFrequencyEntries.$inferSelect)[]
  readonly ages: readonly (typeof ageAdjustments.$inferSelect)[]
}

/** The frequencies by id, with the prices of each by date, or by the time that passes, and their age ranges by age. */
export async function loadFrequencies(
  db: Queryable,
  ids: readonly number[],
): Promise<ReadonlyMap<number, FrequencyRecord>> {
  if (ids.length === 0) return new Map()
  const [rows, entries, ages] = await Promise.all([
    db
      .select()
      .from(paymentFrequencies)
      .where(inArray(paymentFrequencies.id, [...ids])),
    db
      .select()
      .from(paymentFrequencyEntries)
      .where(inArray(paymentFrequencyEntries.paymentFrequencyId, [...ids]))
      .orderBy(asc(paymentFrequencyEntries.month), asc(paymentFrequencyEntries.day), asc(paymentFrequencyEntries.id)),
    db
      .select()
      .from(ageAdjustments)
      .where(inArray(ageAdjustments.paymentFrequencyId, [...ids]))
      .orderBy(asc(ageAdjustments.startAge)),
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
