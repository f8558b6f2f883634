import { and, asc, eq, sql } from 'drizzle-orm'
import { customers } from '../../customers/customer-table.ts'
import type { Queryable } from '../../platform/database/database.ts'
import { agencyCases, collectionCases } from '../tables.ts'

/** The debtors of a run in the order of their numbers, with what is shown as it is now. */
export function listDebtors(
  db: Queryable,
  { runId, limit, skipped }: { readonly runId: number; readonly limit: number; readonly skipped: number },
) {
  return db
    .select({
      case: collectionCases,
      agencyId: agencyCases.agencyId,
      publicId: agencyCases.publicId,
      mailStatus: customers.emailStatus,
      addressStatus: customers.addressStatus,
      addressInformation: customers.addressStatusInformation,
      addressSince: customers.addressStatusSince,
    })
    .from(collectionCases)
    .innerJoin(
      customers,
      and(eq(customers.tenantId, collectionCases.tenantId), eq(customers.id, collectionCases.customerId)),
    )
    .leftJoin(
      agencyCases,
      and(eq(agencyCases.tenantId, collectionCases.tenantId), eq(agencyCases.id, collectionCases.agencyCaseId)),
    )
    .where(and(eq(collectionCases.runId, runId), sql`${collectionCases.snapshot} is not null`))
    .orderBy(sql`length(${collectionCases.debtorId})`, asc(collectionCases.debtorId), asc(collectionCases.id))
    .limit(limit)
    .offset(skipped)
}

export type DebtorRow = Awaited<ReturnType<typeof listDebtors>>[number]
