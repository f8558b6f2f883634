import type { Database, Tx } from '../database/database.ts'
import { hashRow, hashSeal, NO_SEAL } from './chain.ts'
import {
  deleteRowsOfSeal,
  findExpiredSeal,
  findLastSeal,
  insertSeal,
  listTenantsWithUnsealedAudit,
  listUnsealedRows,
  markSealed,
  trySealLock,
} from './store.ts'

/** Rows in one seal at most. */
export const LARGEST_SEAL = 10_000

/** Seals what is committed, tenant by tenant, and says how many rows that were. A tenant sealed elsewhere is left alone. */
export async function sealAuditLogs(database: Database, realNow: () => Temporal.Instant): Promise<number> {
  const tenants = await database.read('none', listTenantsWithUnsealedAudit)
  let sealed = 0
  for (const tenantId of tenants) {
    for (;;) {
      const rows = await database.transaction(tenantId, (tx) => sealBatch(tx, tenantId, realNow()))
      sealed += rows
      if (rows < LARGEST_SEAL) break
    }
  }
  return sealed
}

/**
 * Puts the next rows under one seal. They are read after the lock, by a statement that sees what the sealer before us
 * committed; a row whose transaction commits later enters a later seal, whatever its id.
 */
export async function sealBatch(tx: Tx, tenantId: number, realNow: Temporal.Instant): Promise<number> {
  if (!(await trySealLock(tx, tenantId))) return 0
  const last = await findLastSeal(tx, tenantId)
  const rows = await listUnsealedRows(tx, tenantId, LARGEST_SEAL)
  if (rows.length === 0) return 0
  const no = (last?.no ?? 0) + 1
  const prevHash = last?.hash ?? NO_SEAL
  const rowHashes = Buffer.concat(rows.map(hashRow))
  const rowIds = rows.map(({ id }) => id)
  await insertSeal(tx, {
    tenantId,
    no,
    rowCount: rows.length,
    prevHash,
    hash: hashSeal(prevHash, no, rowHashes),
    rowIds,
    rowHashes,
    sealedAt: realNow,
  })
  const marked = await markSealed(tx, tenantId, no, rowIds)
  if (marked !== rows.length) throw new Error(`Seal ${no} holds ${rows.length} rows, but ${marked} were marked.`)
  return rows.length
}

/** Lets whole seals of one tenant expire that were made before `until`, and says how many. */
export async function expireAuditLog(database: Database, tenantId: number, until: Temporal.Instant): Promise<number> {
  for (let expired = 0; ; expired++) {
    const no = await database.read(tenantId, (db) => findExpiredSeal(db, tenantId, until))
    if (no === undefined) return expired
    await database.transaction(tenantId, (tx) => deleteRowsOfSeal(tx, tenantId, no))
  }
}
