import { and, asc, eq, inArray, isNotNull, isNull, or } from 'drizzle-orm'
import type { Queryable } from '../../platform/database/database.ts'
import { type FrequencyRecord, loadFrequencies, requireFrequency } from '../catalogue/frequency-store.ts'
import { loadRateCodes, type RateCode } from '../catalogue/offer-store.ts'
import { toTerm } from '../catalogue/price-plan.ts'
import { shiftDate, toShift } from '../pricing/terms.ts'
import {
  cancelationReasons,
  idleReasons,
  modulePaymentFrequencies,
  moduleRateRestrictions,
  modules,
} from '../tables.ts'

/** A module that is sold by itself, with its prices in their order. */
export interface AdditionalModuleRecord {
  readonly module: typeof modules.$inferSelect
  readonly frequencies: readonly [FrequencyRecord, ...FrequencyRecord[]]
  readonly rateCodes: readonly RateCode[]
  /** Only members with one of these rates may buy it; empty: all. */
  readonly rateIds: readonly number[]
}

/** What a studio sells online as additional modules, by name. */
export async function loadAdditionalModules(db: Queryable, studioId: number): Promise<AdditionalModuleRecord[]> {
  const rows = await db
    .select()
    .from(modules)
    .where(
      and(
        eq(modules.active, true),
        eq(modules.onlineBookable, true),
        isNotNull(modules.termValue),
        or(isNull(modules.studioId), eq(modules.studioId, studioId)),
      ),
    )
    .orderBy(asc(modules.name), asc(modules.id))
  const ids = rows.map(({ id }) => id)
  if (ids.length === 0) return []
  const [links, restrictions, codes] = await Promise.all([
    db
      .select()
      .from(modulePaymentFrequencies)
      .where(inArray(modulePaymentFrequencies.moduleId, ids))
      .orderBy(asc(modulePaymentFrequencies.position)),
    db.select().from(moduleRateRestrictions).where(inArray(moduleRateRestrictions.moduleId, ids)),
    loadRateCodes(db, 'MODULE', ids),
  ])
  const frequencies = await loadFrequencies(
    db,
    links.map(({ paymentFrequencyId }) => paymentFrequencyId),
  )
  return rows.flatMap((module) => {
    const isOwn = ({ moduleId }: { readonly moduleId: number }) => moduleId === module.id
    const [first, ...more] = links
      .filter(isOwn)
      .map(({ paymentFrequencyId }) => requireFrequency(frequencies, paymentFrequencyId))
    if (!first) return []
    const rateIds = restrictions.filter(isOwn).map(({ rateId }) => rateId)
    return [{ module, frequencies: [first, ...more], rateCodes: codes.get(module.id) ?? [], rateIds }]
  })
}

/** First day after the initial term of a module that starts on a day. */
export function findModuleEnd(
  { termValue, termUnit }: AdditionalModuleRecord['module'],
  start: Temporal.PlainDate,
): Temporal.PlainDate {
  const term = toTerm(termValue, termUnit)
  return term ? shiftDate(start, toShift(term)) : start
}

/** The reasons with which members of a studio may pause, in their order. */
export function listIdleReasons(db: Queryable, studioId: number) {
  const { id, name, documentRequired, position, active } = idleReasons
  return db
    .select({ id, name, documentRequired })
    .from(idleReasons)
    .where(and(eq(idleReasons.studioId, studioId), eq(active, true)))
    .orderBy(asc(position), asc(id))
}

/** The reasons with which members of a studio may cancel themselves, in their order. */
export function listCancelationReasons(db: Queryable, studioId: number) {
  const { id, name, position, active, visibleOnline, systemKind } = cancelationReasons
  return db
    .select({ cancelationReasonId: id, cancelationReasonName: name })
    .from(cancelationReasons)
    .where(
      and(
        eq(cancelationReasons.studioId, studioId),
        eq(active, true),
        eq(visibleOnline, true),
        // Those of the system are no choice of anybody.
        isNull(systemKind),
      ),
    )
    .orderBy(asc(position), asc(id))
}
