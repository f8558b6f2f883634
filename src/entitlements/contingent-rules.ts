import { countDays, earlierDate, isAfter, isBefore } from '../platform/time/order.ts'
import { addTerm, type CalendarUnit } from '../platform/time/zoned-time.ts'

export type EntitlementSource = 'RATE' | 'MODULE' | 'GRANT' | 'PACKAGE'

/** One use of an entitlement by a booking. `heldUntil` is the deadline of a booking that still waits for confirmation. */
export interface EntitlementUsage {
  readonly serviceDate: Temporal.PlainDate
  readonly state: 'RESERVED' | 'CONSUMED' | 'RELEASED'
  readonly heldUntil: Temporal.Instant | null
}

/** How often a customer may use a service. Without a quantity unlimited; without a period once for the whole validity. */
export interface Entitlement {
  readonly entitlementId: number
  readonly serviceId: number
  readonly source: EntitlementSource
  readonly contractId: number | null
  readonly quantity: number | null
  readonly period: { readonly value: number; readonly unit: CalendarUnit } | null
  readonly anchorOn: Temporal.PlainDate
  readonly validFrom: Temporal.PlainDate
  /** Last day, inclusive; null = no end. */
  readonly validTo: Temporal.PlainDate | null
  readonly crossStudio: boolean
  readonly homeStudioId: number
  readonly usages: readonly EntitlementUsage[]
}

/** What a booking asks of the customer's entitlements. */
export interface ContingentDemand {
  readonly mode: 'NONE' | 'REQUIRED' | 'CHARGE'
  readonly serviceId: number
  readonly studioId: number
  readonly serviceDate: Temporal.PlainDate
  readonly activeContractIds: ReadonlySet<number>
  /** A foreign customer needs an entitlement that is valid across studios, whatever the mode. */
  readonly needsCrossStudio: boolean
}

/** What the booking will take: nothing, one use of an entitlement, or its price, due on the service date. */
export type ContingentUse =
  | { readonly kind: 'NONE' }
  | {
      readonly kind: 'ENTITLEMENT'
      readonly entitlementId: number
      readonly serviceDate: Temporal.PlainDate
      readonly periodStart: Temporal.PlainDate
    }
  | { readonly kind: 'CHARGE'; readonly dueOn: Temporal.PlainDate }

/** A period of an entitlement; `until` is exclusive, null = no end. */
export interface EntitlementPeriod {
  readonly from: Temporal.PlainDate
  readonly until: Temporal.PlainDate | null
}

const sourceOrder: Readonly<Record<EntitlementSource, number>> = { RATE: 0, MODULE: 1, GRANT: 2, PACKAGE: 3 }

function roughPeriod(anchor: Temporal.PlainDate, date: Temporal.PlainDate, value: number, unit: CalendarUnit): number {
  if (unit === 'DAY' || unit === 'WEEK') {
    return Math.floor(countDays(anchor, date) / (value * (unit === 'WEEK' ? 7 : 1)))
  }
  const months = (date.year - anchor.year) * 12 + date.month - anchor.month
  return Math.floor(months / (value * (unit === 'YEAR' ? 12 : 1)))
}

/** The period that contains the date. Each start is counted from the anchor, so 31 January leads to 31 March. */
export function periodAt(
  entitlement: Pick<Entitlement, 'period' | 'anchorOn' | 'validFrom' | 'validTo'>,
  date: Temporal.PlainDate,
): EntitlementPeriod {
  const { period, anchorOn, validFrom, validTo } = entitlement
  if (period === null) return { from: validFrom, until: validTo === null ? null : validTo.add({ days: 1 }) }
  const kthStart = (k: number) => addTerm(anchorOn, k * period.value, period.unit)
  // The rough answer counts whole months, so it is one too many before the day of the month on which periods start.
  let k = roughPeriod(anchorOn, date, period.value, period.unit)
  if (isAfter(kthStart(k), date)) k -= 1
  return { from: kthStart(k), until: kthStart(k + 1) }
}

function isWithin(date: Temporal.PlainDate, period: EntitlementPeriod): boolean {
  if (isBefore(date, period.from)) return false
  return period.until === null || isBefore(date, period.until)
}

function isTaken(usage: EntitlementUsage, now: Temporal.Instant): boolean {
  if (usage.state === 'RELEASED') return false
  return usage.heldUntil === null || !isAfter(now, usage.heldUntil)
}

/** How many uses are left in the period of the service date; infinite without a quantity. */
export function remainingUses(
  entitlement: Entitlement,
  serviceDate: Temporal.PlainDate,
  now: Temporal.Instant,
): number {
  if (entitlement.quantity === null) return Number.POSITIVE_INFINITY
  const period = periodAt(entitlement, serviceDate)
  const counts = (usage: EntitlementUsage) =>
    isTaken(usage, now) && (entitlement.period === null || isWithin(usage.serviceDate, period))
  return entitlement.quantity - entitlement.usages.filter(counts).length
}

/** Whether the entitlement is for this service, studio and date, and its contract (if any) is active. */
export function isCovering(entitlement: Entitlement, demand: ContingentDemand): boolean {
  const { serviceId, validFrom, validTo, contractId, homeStudioId, crossStudio } = entitlement
  if (serviceId !== demand.serviceId) return false
  if (isBefore(demand.serviceDate, validFrom)) return false
  if (validTo !== null && isAfter(demand.serviceDate, validTo)) return false
  if (contractId !== null && !demand.activeContractIds.has(contractId)) return false
  if (demand.needsCrossStudio) return crossStudio
  return crossStudio || homeStudioId === demand.studioId
}

function lastUsableDay(entitlement: Entitlement, date: Temporal.PlainDate): Temporal.PlainDate | null {
  const { until } = periodAt(entitlement, date)
  const validUntil = entitlement.validTo === null ? null : entitlement.validTo.add({ days: 1 })
  if (until === null || validUntil === null) return until ?? validUntil
  return earlierDate(until, validUntil)
}

function compareEnds(a: Temporal.PlainDate | null, b: Temporal.PlainDate | null): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null)
  return Temporal.PlainDate.compare(a, b)
}

/** The covering entitlement to use: what expires first, then by source, then the oldest. Null when none has a rest. */
export function chooseEntitlement(
  entitlements: readonly Entitlement[],
  demand: ContingentDemand,
  now: Temporal.Instant,
): Entitlement | null {
  const { serviceDate } = demand
  const usable = entitlements
    .filter((one) => isCovering(one, demand) && remainingUses(one, serviceDate, now) >= 1)
    .map((one) => ({ one, end: lastUsableDay(one, serviceDate) }))
    .toSorted(
      (a, b) =>
        compareEnds(a.end, b.end) ||
        sourceOrder[a.one.source] - sourceOrder[b.one.source] ||
        a.one.entitlementId - b.one.entitlementId,
    )
  return usable[0]?.one ?? null
}

/** The contingent test: what this booking takes, or null when the customer has not what it needs. */
export function planContingentUse(
  entitlements: readonly Entitlement[],
  demand: ContingentDemand,
  now: Temporal.Instant,
): ContingentUse | null {
  const { mode, serviceDate } = demand
  if (demand.needsCrossStudio && !entitlements.some((one) => isCovering(one, demand))) return null
  if (mode === 'NONE') return { kind: 'NONE' }
  const chosen = chooseEntitlement(entitlements, demand, now)
  if (chosen !== null) {
    const periodStart = periodAt(chosen, serviceDate).from
    return { kind: 'ENTITLEMENT', entitlementId: chosen.entitlementId, serviceDate, periodStart }
  }
  return mode === 'CHARGE' ? { kind: 'CHARGE', dueOn: serviceDate } : null
}
