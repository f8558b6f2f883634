import type { Queryable } from '../../platform/database/database.ts'
import { readChecks } from './ledger-check-store.ts'

/** A finding in the books of a tenant that do not hold. */
export interface LedgerFault {
  readonly rule: string
  readonly id: number
}

/** Everything in the books of a tenant that does not follow from the journal; empty when they are whole. */
export async function checkLedger(db: Queryable): Promise<LedgerFault[]> {
  const found = await Promise.all(
    readChecks.map(async ({ rule, find }) => (await find(db)).map(({ id }) => ({ rule, id }))),
  )
  return found.flat()
}
