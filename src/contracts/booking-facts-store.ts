import { sql } from 'drizzle-orm'
import type { CustomerStanding } from '../customers/index.ts'
import type { WeeklyRow } from '../studios/index.ts'
import type { Entitlement, EntitlementSource } from '../entitlements/index.ts'
import type { CalendarUnit } from '../platform/time/zoned-time.ts'
import {
  readContracts,
  type ContractStanding,
  readDate,
  readDateOrNull,
  readSpan,
  readTimes,
} from './contract-facts.ts'

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
  /** Those that were not revoked, over or yet to begin included. */
  readonly contracts: readonly ContractInForce[]
  readonly entitlements: readonly Entitlement[]
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

// reads bookings: only the booking knows its deadline, and all that decides on a booking is read in one statement.
/** A use that a pending booking holds counts until the deadline of its confirmation. */
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
 * The customer's entitlements to a service with the uses that may share a period with the dates: the part of memberships
 * in a statement that asks all about a customer. It has a row `asked` with `customer_id`, `service_id` and, both
 * inclusive, `from_date` and `until_date`. Contracts come with the standing.
 */
export const membershipParts = { entitlements }

/** What memberships know about a customer: contracts from the standing, entitlements from {@link membershipParts}. */
export function readMembershipFacts(
  standing: CustomerStanding | null,
  entitlements: readonly EntitlementJson[] | null,
): MembershipFacts {
  return {
    contracts: readContracts(standing).flatMap(readContract),
    entitlements: (entitlements ?? []).map(readEntitlement),
  }
}

/** A phase lasts until the day before the next one; the first begins with the use of the contract. */
function readContract(contract: ContractStanding): ContractInForce[] {
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
