import { sql } from 'drizzle-orm'
import { checkRules, type LedgerFault, ledgerRule } from '../accounts/index.ts'
import type { Queryable } from '../platform/database/database.ts'
import { taxExports } from './tables.ts'

const rules = [
  ledgerRule(
    'Exports of the same days in the same form have the same rows.',
    sql`select e.id from ${taxExports} e join ${taxExports} first on first.tenant_id = e.tenant_id
      and first.studio_id = e.studio_id and first.from_date = e.from_date and first.to_date = e.to_date
      and first.format = e.format and first.file_format = e.file_format
      and first.locale is not distinct from e.locale and first.id < e.id
      where e.state = 'READY' and first.state = 'READY' and e.rows <> first.rows`,
  ),
  ledgerRule(
    'The file of an export is the one that was written.',
    sql`select e.id from ${taxExports} e join files f on f.tenant_id = e.tenant_id and f.id = e.file_id
      where f.sha256 <> e.sha256`,
  ),
]

/** Exports that do not agree with each other or with their files; empty when all do. */
export function checkExports(db: Queryable): Promise<LedgerFault[]> {
  return checkRules(db, rules)
}
