import { asc, eq, getTableColumns, inArray } from 'drizzle-orm'
import type { Queryable } from '../../platform/database/database.ts'
import { idlePolicies, moduleServices, rateCheckinStudios, rates, rateServices } from '../tables.ts'

type Service = typeof rateServices.$inferSelect

/** What a contract takes over from its rate besides prices. */
export interface RateRecord {
  readonly id: number
  readonly name: string
  readonly taxCode: string | null
  readonly idlePolicy: typeof idlePolicies.$inferSelect | null
  readonly services: readonly Service[]
  /** Where the rate opens the door; null = everywhere, empty = where it is sold. */
  readonly checkinStudioIds: readonly number[] | null
}

/** Rates by their ids. */
export async function loadRates(db: Queryable, rateIds: readonly number[]): Promise<ReadonlyMap<number, RateRecord>> {
  const ids = [...rateIds]
  const [rows, services, doors] = await Promise.all([
    db
      .select({ id: rates.id, name: rates.name, taxCode: rates.taxCode, idlePolicy: getTableColumns(idlePolicies) })
      .from(rates)
      .leftJoin(idlePolicies, eq(idlePolicies.id, rates.idlePolicyId))
      .where(inArray(rates.id, ids)),
    db.select().from(rateServices).where(inArray(rateServices.rateId, ids)).orderBy(asc(rateServices.id)),
    db.select().from(rateCheckinStudios).where(inArray(rateCheckinStudios.rateId, ids)),
  ])
  return new Map(
    rows.map((row) => {
      const studioIds = doors.filter(({ rateId }) => rateId === row.id).map(({ studioId }) => studioId)
      const named = studioIds.filter((studioId) => studioId !== null)
      return [
        row.id,
        {
          ...row,
          services: services.filter(({ rateId }) => rateId === row.id),
          checkinStudioIds: named.length < studioIds.length ? null : named,
        },
      ]
    }),
  )
}

/** What modules entitle to, by module. */
export async function loadModuleServices(
  db: Queryable,
  moduleIds: readonly number[],
): Promise<ReadonlyMap<number, readonly (typeof moduleServices.$inferSelect)[]>> {
  if (moduleIds.length === 0) return new Map()
  const rows = await db
    .select()
    .from(moduleServices)
    .where(inArray(moduleServices.moduleId, [...moduleIds]))
    .orderBy(asc(moduleServices.id))
  return Map.groupBy(rows, ({ moduleId }) => moduleId)
}
