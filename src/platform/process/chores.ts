import { expireAuditLog } from '../audit/sealing.ts'
import { sqlState } from '../database/database.ts'
import { deleteFileRow, listFilesToDelete, listKnownKeys } from '../files/store.ts'
import { mailRetention } from '../mail/mail-retention.ts'
import { type Chore, type ChoreDeps, forEachTenant, inBatches } from './chore.ts'
import { deleteExpiredAnswers } from './chore-store.ts'

const BATCH = 2000
const FILES_AT_ONCE = 200
/** An upload writes its bytes first; after a day its row will not come any more. */
const ORPHANED_AFTER_HOURS = 24
const FOREIGN_KEY_VIOLATION = '23503'

/** What the platform itself tidies up; modules bring their own. */
export const platformChores: readonly Chore[] = [
  { name: 'idempotency-records', cron: '*/15 * * * *', run: removeExpiredAnswers },
  { name: 'files', cron: '5 * * * *', run: removeFilesPastTheirTime },
  { name: 'orphaned-bytes', cron: '35 * * * *', run: removeOrphanedBytes },
  mailRetention,
  { name: 'audit-retention', cron: '50 2 * * *', run: expireAuditLogs },
]

/** Answers kept for repeated requests, once they have expired by the tenant's clock. */
export function removeExpiredAnswers(deps: ChoreDeps): Promise<number> {
  return forEachTenant(deps, (tenantId, now) =>
    inBatches(BATCH, (size) =>
      deps.database.transaction(tenantId, (tx) => deleteExpiredAnswers(tx, tenantId, now, size)),
    ),
  )
}

/** Files past `delete_after`: first the row, then the bytes, so that no row is ever without bytes. */
export function removeFilesPastTheirTime(deps: ChoreDeps): Promise<number> {
  const { database, files, log } = deps
  return forEachTenant(deps, async (tenantId, now) => {
    let removed = 0
    const due = await database.read(tenantId, (db) => listFilesToDelete(db, tenantId, now, FILES_AT_ONCE))
    for (const { fileId, storageKey } of due) {
      try {
        await database.transaction(tenantId, (tx) => deleteFileRow(tx, tenantId, fileId))
        await files.remove([storageKey])
        removed += 1
      } catch (error) {
        if (sqlState(error) !== FOREIGN_KEY_VIOLATION) throw error
        log.warn({ fileId }, 'a file is past its time but something still refers to it')
      }
    }
    return removed
  })
}

/** Bytes that never got their row, and uploads that nobody reads any more. */
export async function removeOrphanedBytes({ database, files, spool, real }: ChoreDeps): Promise<number> {
  const before = real.now().subtract({ hours: ORPHANED_AFTER_HOURS })
  let removed = await spool.sweep(before)
  for await (const { tenantId, keys } of files.listKeys(before)) {
    const known = await database.read(tenantId, (db) => listKnownKeys(db, tenantId, keys))
    const orphans = keys.filter((key) => !known.has(key))
    await files.remove(orphans)
    removed += orphans.length
  }
  return removed
}

/** Audit rows leave with their whole seal, after the years that the operator keeps them. */
export function expireAuditLogs(deps: ChoreDeps): Promise<number> {
  const { config, database, real } = deps
  const until = real.now().subtract({ hours: config.auditRetentionYears * 8766 })
  return forEachTenant(deps, (tenantId) => expireAuditLog(database, tenantId, until))
}
