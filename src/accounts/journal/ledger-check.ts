import type { Queryable } from '../../platform/database/database.ts'
import { type LedgerRule, readChecks } from './ledger-check-store.ts'

/** A finding in the books of a tenant that do not hold. */
export interface LedgerFault {
  readonly rule: string
  readonly id: number
}

/** Everything in the books of a tenant that does not follow from the journal; empty when they are whole. */
export function checkLedger(db: Queryable): Promise<LedgerFault[]> {
  return checkRules(db, readChecks)
}

/** The rows that break the rules of the books that a module has. */
export async function checkRules(db: Queryable, rules: readonly LedgerRule[]): Promise<LedgerFault[]> {
  const faults: LedgerFault[] = []
  for (const { rule, find } of rules) faults.push(...(await find(db)).map(({ id }) => ({ rule, id })))
  return faults
}
