import { sql } from 'drizzle-orm'
import type { IdlePeriodPart } from '../customers/index.ts'
import { customers } from '../customers/tables.ts'
import { contracts, idlePeriods, idleReasons } from './tables.ts'

/**
 * The accepted idle periods of all contracts of a customer, by start: a list for a statement on `customers`. A period
 * without end is shown to the end of its contract. Row-level security ties every table to the tenant.
 */
export const idlePeriodsOfCustomer = sql<readonly IdlePeriodPart[] | null>`(
  select json_agg(json_build_object(
    'id', ${idlePeriods.id},
    'startDate', ${idlePeriods.startDate},
    'endDate', coalesce(${idlePeriods.endDate}, ${contracts.committedEnd}),
    'reason', ${idleReasons.name},
    'unlimited', ${idlePeriods.unlimited},
    'contractId', ${contracts.id},
    'rateName', ${contracts.snapshot} ->> 'rateName'
  ) order by ${idlePeriods.startDate}, ${idlePeriods.id})
  from ${contracts}
  join ${idlePeriods} on ${idlePeriods.contractId} = ${contracts.id}
    and ${idlePeriods.state} = 'ACCEPTED'
  left join ${idleReasons} on ${idleReasons.id} = ${idlePeriods.reasonId}
  where ${contracts.customerId} = ${customers.id}
    and ${contracts.voidedAt} is null)`
