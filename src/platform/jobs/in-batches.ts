import type { Database, Tx } from '../database/database.ts'

/** How many things a statement of housekeeping takes at most, so that none runs for long. */
const BATCH = 2000

/**
 * Repeats a removal, each time in a transaction of its own, until it finds less than a full batch. Returns how many
 * things it removed in all.
 */
export async function inBatches(
  database: Database,
  tenantId: number,
  removeSome: (tx: Tx, size: number) => Promise<number>,
): Promise<number> {
  for (let removed = 0; ; ) {
    const count = await database.transaction(tenantId, (tx) => removeSome(tx, BATCH))
    removed += count
    if (count < BATCH) return removed
  }
}
