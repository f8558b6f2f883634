import { inArray } from 'drizzle-orm'
import type { Queryable } from '../platform/database/database.ts'
import { contracts } from './tables.ts'

/** Which of these terms of offers a contract was ever signed on, those that were voided included. */
export async function listSoldTerms(db: Queryable, termIds: readonly number[]): Promise<number[]> {
  const { offerTermId } = contracts
  const rows = await db
    .selectDistinct({ offerTermId })
    .from(contracts)
    .where(inArray(offerTermId, [...termIds]))
  return rows.flatMap((row) => row.offerTermId ?? [])
}
