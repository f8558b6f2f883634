import { and, asc, eq, inArray, isNotNull, isNull, or, type SQL } from 'drizzle-orm'
import type { Queryable } from '../../platform/database/database.ts'
import { type FrequencyRecord, loadFrequencies, requireFrequency } from '../catalogue/frequency-store.ts'
import { loadRateCodes, type RateCode } from '../catalogue/offer-store.ts'
import { planOfferModule, toTerm } from '../catalogue/price-plan.ts'
import type { ModulePlan } from '../pricing/plan.ts'
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
export function loadAdditionalModules(db: Queryable, studioId: number): Promise<AdditionalModuleRecord[]> {
  return loadModules(db, and(isOffered(studioId), eq(modules.onlineBookable, true), isNotNull(modules.termValue)))
}

/** A module that a studio has, whether or not it is sold online; one without any price is left out. */
export async function findAdditionalModule(
  db: Queryable,
  studioId: number,
  moduleId: number,
): Promise<AdditionalModuleRecord | undefined> {
  const [record] = await loadModules(db, and(isOffered(studioId), eq(modules.id, moduleId)))
  return record
}

const isOffered = (studioId: number) =>
  and(eq(modules.active, true), or(isNull(modules.studioId), eq(modules.studioId, studioId)))

async function loadModules(db: Queryable, which: SQL | undefined): Promise<AdditionalModuleRecord[]> {
  const rows = await db.select().from(modules).where(which).orderBy(asc(modules.name), asc(modules.id))
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

/** First day after the initial term of a module that starts on a day, with its trial where it is wished. */
export function findModuleEnd(
  { termValue, termUnit, trialTermValue, trialTermUnit }: AdditionalModuleRecord['module'],
  start: Temporal.PlainDate,
  withTrial = false,
): Temporal.PlainDate {
  const trial = withTrial ? toTerm(trialTermValue, trialTermUnit) : undefined
  const paidFrom = trial ? shiftDate(start, toShift(trial)) : start
  const term = toTerm(termValue, termUnit)
  return term ? shiftDate(paidFrom, toShift(term)) : paidFrom
}

/** A module that is bought beside a contract: its prices and terms count from the day after its trial, if it has one. */
export function planAdditionalModule(
  { module }: AdditionalModuleRecord,
  { frequency, withTrial }: { readonly frequency: FrequencyRecord; readonly withTrial: boolean },
  days: Parameters<typeof planOfferModule>[1],
): ModulePlan {
  const trial = withTrial ? {} : { trialTermValue: null, trialTermUnit: null }
  return planOfferModule({ id: module.id, module: { ...module, ...trial }, frequency }, days)
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
