import { sqlState } from '../database/database.ts'
import type { Routine, RoutineDeps } from '../jobs/job.ts'
import { deleteFileRow, listFilesToDelete, listKnownKeys } from './store.ts'

const FILES_AT_ONCE = 200
/** An upload writes its bytes first; after a day its row will not come any more. */
const ORPHANED_AFTER_HOURS = 24
const FOREIGN_KEY_VIOLATION = '23503'

/** Removes files past `delete_after`: first the row, then the bytes, so that no row is ever without bytes. */
export const fileRetention: Routine = {
  kind: 'ROUTINE',
  name: 'files',
  every: Temporal.Duration.from({ hours: 1 }),
  async run(deps, tenantId, now) {
    let removed = 0
    const due = await deps.database.read(tenantId, (db) => listFilesToDelete(db, tenantId, now, FILES_AT_ONCE))
    for (const file of due) if (await removeFile(deps, tenantId, file)) removed += 1
    return removed
  },
}

/** False when something still refers to the file. */
async function removeFile(
  { database, files, log }: RoutineDeps,
  tenantId: number,
  { fileId, storageKey }: { readonly fileId: number; readonly storageKey: string },
): Promise<boolean> {
  try {
    await database.transaction(tenantId, (tx) => deleteFileRow(tx, tenantId, fileId))
  } catch (error) {
    if (sqlState(error) !== FOREIGN_KEY_VIOLATION) throw error
    log.warn({ fileId }, 'a file is past its time but something still refers to it')
    return false
  }
  await files.remove([storageKey])
  return true
}

/** Removes bytes that never got their row. */
export const orphanedBytes: Routine = {
  kind: 'ROUTINE',
  name: 'orphaned-bytes',
  every: Temporal.Duration.from({ hours: 1 }),
  async run({ database, files, real }, tenantId) {
    const before = real.now().subtract({ hours: ORPHANED_AFTER_HOURS })
    let removed = 0
    for await (const keys of files.listKeys(tenantId, before)) {
      const known = await database.read(tenantId, (db) => listKnownKeys(db, tenantId, keys))
      const orphans = keys.filter((key) => !known.has(key))
      await files.remove(orphans)
      removed += orphans.length
    }
    return removed
  },
}
