import { sql } from 'drizzle-orm'
import type { IdlePeriodPart } from '../customers/index.ts'
import { customers } from '../customers/tables.ts'
import { contracts, idlePeriods, idleReasons } from './tables.ts'

/**
 * The accepted idle periods of all contracts of a customer, by start: a list for a statement on `customers`. A period
 * without end is shown to the end of its contract.
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
  join ${idlePeriods} on ${idlePeriods.tenantId} = ${contracts.tenantId} and ${idlePeriods.contractId} = ${contracts.id}
    and ${idlePeriods.state} = 'ACCEPTED'
  left join ${idleReasons} on ${idleReasons.tenantId} = ${idlePeriods.tenantId}
    and ${idleReasons.id} = ${idlePeriods.reasonId}
  where ${contracts.tenantId} = ${customers.tenantId} and ${contracts.customerId} = ${customers.id}
    and ${contracts.voidedAt} is null)`
