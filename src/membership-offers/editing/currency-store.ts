import { eq, inArray } from 'drizzle-orm'
import type { Queryable } from '../../platform/database/database.ts'
import { studios } from '../../studios/tables.ts'
import { rates } from '../tables.ts'

/** The currencies of studios by their ids. */
export async function findCurrencies(
  db: Queryable,
  studioIds: readonly number[],
): Promise<ReadonlyMap<number, string>> {
  if (studioIds.length === 0) return new Map()
  const { id, currency } = studios
  const rows = await db
    .select({ id, currency })
    .from(studios)
    .where(inArray(id, [...studioIds]))
  return new Map(rows.map((row) => [row.id, row.currency]))
}

/** The currencies of some studios; of all studios of the tenant where none is named. */
export async function listCurrencies(db: Queryable, studioIds: readonly number[]): Promise<readonly string[]> {
  const { id, currency } = studios
  const rows = await db
    .selectDistinct({ currency })
    .from(studios)
    .where(studioIds.length === 0 ? undefined : inArray(id, [...studioIds]))
  return rows.map((row) => row.currency)
}

/** The currency of the studio whose rate it is; none where it is the rate of all studios. */
export async function findRateCurrency(db: Queryable, rateId: number): Promise<readonly string[]> {
  const rows = await db
    .select({ currency: studios.currency })
    .from(rates)
    .innerJoin(studios, eq(studios.id, rates.studioId))
    .where(eq(rates.id, rateId))
  return rows.map(({ currency }) => currency)
}
