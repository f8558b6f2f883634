import type { Tx } from '../platform/database.ts'
import { customerAccessLog } from './tables.ts'

export type NewAccessLine = Omit<typeof customerAccessLog.$inferInsert, 'tenantId' | 'id'>

/** PostgreSQL takes at most 65 535 parameters in one statement. */
const LINES_PER_STATEMENT = 5000

export async function insertAccessLines(tx: Tx, lines: readonly NewAccessLine[]) {
  for (let from = 0; from < lines.length; from += LINES_PER_STATEMENT) {
    await tx.insert(customerAccessLog).values(lines.slice(from, from + LINES_PER_STATEMENT))
  }
}
