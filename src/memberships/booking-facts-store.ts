import { sql } from 'drizzle-orm'
import { type DayOfWeek, weekdayNumber, type WeeklyRow } from '../studios/index.ts'
import type { Entitlement, EntitlementSource } from './contingent-rules.ts'
import type { CalendarUnit } from '../platform/zoned-time.ts'

/** Local dates, both inclusive; no last day = unlimited. */
interface Span {
  readonly from: Temporal.PlainDate
  readonly lastDay: Temporal.PlainDate | null
}

/** A phase of a main contract: its dates of use, and what the customer has on them. */
export interface ContractInForce extends Span {
  readonly contractId: number
  /** First day of the contract itself: use may begin before it, and phases go on without it. */
  readonly startOn: Temporal.PlainDate
  readonly rateId: number
  readonly modules: readonly (Span & { readonly moduleId: number })[]
  /** Accepted ones only. */
  readonly idlePeriods: readonly Span[]
  /** Null = at any opening hour. */
  readonly allowedTimes: readonly WeeklyRow[] | null
}

/** What memberships know about a customer who wants to book. */
export interface MembershipFacts {
  readonly contracts: readonly ContractInForce[]
  readonly entitlements: readonly Entitlement[]
}

interface SpanJson {
  readonly from: string
  readonly lastDay: string | null
}
interface PhaseJson {
  readonly from: string
  readonly rateId: number
  readonly allowedTimes: readonly { readonly day: DayOfWeek; readonly from: string; readonly until: string }[] | null
}
interface ContractJson extends SpanJson {
  readonly contractId: number
  readonly startOn: string
  readonly phases: readonly PhaseJson[] | null
  readonly modules: readonly (SpanJson & { readonly moduleId: number })[] | null
  readonly idlePeriods: readonly SpanJson[] | null
}
interface EntitlementJson {
  readonly id: number
  readonly serviceId: number
  readonly source: EntitlementSource
  readonly contractId: number | null
  readonly quantity: number | null
  readonly periodValue: number | null
  readonly periodUnit: CalendarUnit | null
  readonly anchor: string
  readonly validFrom: string
  readonly validTo: string | null
  readonly crossStudio: boolean
  readonly homeStudioId: number
  readonly usages:
    | readonly {
        readonly serviceDate: string
        readonly state: 'RESERVED' | 'CONSUMED'
        readonly heldUntil: string | null
      }[]
    | null
}

// What is asked about, as the statement around this part names it.
const customerId = sql`asked.customer_id`
const serviceId = sql`asked.service_id`
const fromDate = sql`asked.from_date`
const untilDate = sql`asked.until_date`

/**
 * The last day of a contract or of one of its modules, without end while it goes on renewing. Cancelations that wait for
 * staff change nothing yet; a withdrawal that waits keeps the cancelation.
 */
export const lastDayOf = (target: 'contract_id' | 'sub_contract_id', alias: 'c' | 's') => sql`coalesce(
  (select n.to_date from contract_cancelations n where n.${sql.raw(target)} = ${sql.raw(alias)}.id
     and n.state in ('EFFECTIVE', 'WITHDRAWAL_PENDING')),
  case when ${sql.raw(alias)}.snapshot->>'extensionType' = 'TERM_EXTENSION' then null
    else ${sql.raw(alias)}.committed_end end)`

/** Keeps the planner from writing an expression of a subquery out wherever its column is named. */
export const once = sql`offset 0`

const phases = sql`(select json_agg(json_build_object('from', p.from_date, 'rateId', p.rate_id, 'allowedTimes',
    case when p.snapshot->>'openingHourCategoryId' is null then null else coalesce((
      select json_agg(json_build_object('day', t.day, 'from', t.time_from, 'until', t.time_to))
      from opening_hour_category_times t
      where t.category_id = (p.snapshot->>'openingHourCategoryId')::bigint), '[]') end) order by p.seq)
  from contract_phases p where p.contract_id = c.id)`

const modules = sql`(select json_agg(json_build_object(
    'moduleId', s.module_id, 'from', s.start_date, 'lastDay', ${lastDayOf('sub_contract_id', 's')}))
  from sub_contracts s where s.contract_id = c.id and s.kind = 'MODULE' and s.voided_at is null)`

const idlePeriods = sql`(select json_agg(json_build_object('from', i.start_date, 'lastDay', i.end_date))
  from idle_periods i where i.contract_id = c.id and i.state = 'ACCEPTED')`

const contracts = sql<ContractJson[] | null>`(select json_agg(json_build_object(
    'contractId', c.id, 'startOn', c.start_date, 'from', c.first_day, 'lastDay', c.last_day,
    'phases', ${phases}, 'modules', ${modules}, 'idlePeriods', ${idlePeriods}))
  from (select c.id, c.start_date, coalesce(c.pre_use_date, c.start_date) as first_day,
      ${lastDayOf('contract_id', 'c')} as last_day
    from contracts c where c.customer_id = ${customerId} and c.voided_at is null ${once}) c
  where c.first_day <= ${untilDate} and (c.last_day is null or c.last_day >= ${fromDate}))`

/** A use that a pending booking holds counts until the deadline of its confirmation; bookings lie above this module. */
const usages = sql`(select json_agg(json_build_object('serviceDate', u.service_date, 'state', u.state,
    'heldUntil', case when b.status = 'BOOKED_WITH_CONFIRMATION_REQUIRED' then b.confirm_deadline end))
  from entitlement_usages u left join bookings b on b.id = u.booking_id
  where u.entitlement_id = e.id and u.state <> 'RELEASED' and e.quantity is not null and (e.period_value is null
    or u.service_date between ${fromDate} - 3 - (e.period_value || e.period_unit)::interval
      and ${untilDate} + 3 + (e.period_value || e.period_unit)::interval))`

const entitlements = sql<EntitlementJson[] | null>`(select json_agg(json_build_object(
    'id', e.id, 'serviceId', e.service_id, 'source', e.source, 'contractId', e.contract_id, 'quantity', e.quantity,
    'periodValue', e.period_value, 'periodUnit', e.period_unit, 'anchor', e.anchor, 'validFrom', e.valid_from,
    'validTo', e.valid_to, 'crossStudio', e.cross_studio, 'homeStudioId', e.home_studio_id, 'usages', ${usages}))
  from entitlements e where e.customer_id = ${customerId} and e.service_id = ${serviceId}
    and e.valid_from <= ${untilDate} and (e.valid_to is null or e.valid_to >= ${fromDate}))`

/**
 * The main contracts in force on the dates, phase by phase, and the customer's entitlements to the service with the
 * uses that may share a period with the dates: the part of memberships in a statement that asks all about a customer.
 * The statement has a row `asked` with `customer_id`, `service_id` and, both inclusive, `from_date` and `until_date`.
 */
export const membershipParts = { contracts, entitlements }

export function readMembershipFacts(row: {
  readonly contracts: readonly ContractJson[] | null
  readonly entitlements: readonly EntitlementJson[] | null
}): MembershipFacts {
  return {
    contracts: (row.contracts ?? []).flatMap(readContract),
    entitlements: (row.entitlements ?? []).map(readEntitlement),
  }
}

const readDate = (text: string) => Temporal.PlainDate.from(text)
const readDateOrNull = (text: string | null) => (text === null ? null : Temporal.PlainDate.from(text))
const readSpan = ({ from, lastDay }: SpanJson): Span => ({ from: readDate(from), lastDay: readDateOrNull(lastDay) })

/** A phase lasts until the day before the next one; the first begins with the use of the contract. */
function readContract(contract: ContractJson): ContractInForce[] {
  const whole = readSpan(contract)
  const all = contract.phases ?? []
  const shared = {
    contractId: contract.contractId,
    startOn: readDate(contract.startOn),
    modules: (contract.modules ?? []).map((one) => ({ ...readSpan(one), moduleId: one.moduleId })),
    idlePeriods: (contract.idlePeriods ?? []).map(readSpan),
  }
  return all.map((phase, k) => {
    const next = all[k + 1]
    const span = {
      from: k === 0 ? whole.from : readDate(phase.from),
      lastDay: next === undefined ? whole.lastDay : readDate(next.from).subtract({ days: 1 }),
    }
    return { ...shared, ...span, rateId: phase.rateId, allowedTimes: readTimes(phase.allowedTimes) }
  })
}

function readTimes(times: PhaseJson['allowedTimes']): WeeklyRow[] | null {
  if (times === null) return null
  return times.map(({ day, from, until }) => {
    const weekday = weekdayNumber(day)
    const clock = { timeFrom: Temporal.PlainTime.from(from), timeTo: Temporal.PlainTime.from(until) }
    return { dayFrom: weekday, dayTo: weekday, ...clock }
  })
}

function readEntitlement(row: EntitlementJson): Entitlement {
  const { id, periodValue, periodUnit, anchor, validFrom, validTo, usages, ...same } = row
  return {
    ...same,
    entitlementId: id,
    period: periodValue === null || periodUnit === null ? null : { value: periodValue, unit: periodUnit },
    anchorOn: readDate(anchor),
    validFrom: readDate(validFrom),
    validTo: readDateOrNull(validTo),
    usages: (usages ?? []).map(({ serviceDate, state, heldUntil }) => ({
      serviceDate: readDate(serviceDate),
      state,
      heldUntil: heldUntil === null ? null : Temporal.Instant.from(heldUntil),
    })),
  }
}
