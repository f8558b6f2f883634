import { and, asc, eq, sql } from 'drizzle-orm'
import type { Queryable } from '../../platform/database/database.ts'
import { agencyCases, collectionCases, debtCollectionRuns } from '../tables.ts'
import { type CaseRow, selectCases } from './case-store.ts'

/** What an agency asks for: ids of one kind are alternatives, kinds narrow each other. */
export interface CaseSearch {
  readonly studioId: number
  readonly integrationId: number
  readonly debtorIds?: readonly string[] | undefined
  readonly caseUuids?: readonly string[] | undefined
  readonly agencyIds?: readonly string[] | undefined
  readonly caseId?: number | undefined
}

const textList = (texts: readonly string[]) => sql`${sql.param([...texts])}::text[]`

/** The cases that an agency sees, by debtor. */
export async function searchCases(db: Queryable, search: CaseSearch): Promise<CaseRow[]> {
  const { studioId, integrationId, debtorIds, caseUuids, agencyIds, caseId } = search
  const rows = await selectCases(db)
    .where(
      and(
        eq(debtCollectionRuns.studioId, studioId),
        sql`${debtCollectionRuns.state} in ('WAITING_FOR_CONFIRMATION', 'COMPLETED')`,
        debtorIds && sql`${collectionCases.debtorId} = any(${textList(debtorIds)})`,
        caseUuids && sql`${collectionCases.uuid}::text = any(${textList(caseUuids)})`,
        agencyIds &&
          sql`(${agencyCases.agencyId} = any(${textList(agencyIds)})
            or ${agencyCases.agencyId} is null and ${collectionCases.uuid}::text = any(${textList(agencyIds)}))`,
        caseId === undefined ? undefined : eq(collectionCases.id, caseId),
      ),
    )
    .orderBy(sql`length(${collectionCases.debtorId})`, asc(collectionCases.debtorId), asc(collectionCases.id))
  return rows.filter(({ agencyContract }) => agencyContract.integrationId === integrationId)
}
