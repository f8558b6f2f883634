import { type FileDamage, findDamage } from '../platform/files/damage.ts'
import { listFileRows } from '../platform/files/store.ts'
import type { Platform } from '../platform/platform.ts'
import { listTenants } from './input/tenant-choice.ts'

const PAGE = 500
/** More are only counted. */
const MOST_NAMED = 20

export interface FileReport {
  readonly files: number
  readonly damaged: number
  /** How many files have which damage: `2 MISSING, 1 WRONG_HASH`. */
  readonly kinds: string
  /** The first twenty: `demo 1000000012 WRONG_HASH`. */
  readonly named: readonly string[]
}

/** Reads every stored file of all tenants to its end, one at a time, and compares it with what was stored. */
export async function inspectStoredFiles(platform: Platform): Promise<FileReport> {
  const counts = new Map<FileDamage, number>()
  const named: string[] = []
  let files = 0
  for (const { id, slug } of await platform.database.read('none', listTenants)) {
    for await (const { fileId, damage } of inspectTenant(platform, id)) {
      files += 1
      if (!damage) continue
      counts.set(damage, (counts.get(damage) ?? 0) + 1)
      if (named.length < MOST_NAMED) named.push(`${slug} ${fileId} ${damage}`)
    }
  }
  const damaged = [...counts.values()].reduce((sum, count) => sum + count, 0)
  const kinds = [...counts].map(([damage, count]) => `${count} ${damage}`).join(', ')
  return { files, damaged, kinds, named }
}

async function* inspectTenant({ database, files: storage }: Platform, tenantId: number) {
  for (let after = 0; ; ) {
    const rows = await database.read(tenantId, (db) => listFileRows(db, tenantId, { after, limit: PAGE }))
    for (const { fileId, ...row } of rows) {
      const found = await findDamage(storage, { fileId, tenantId, ...row })
      // A file that was deleted meanwhile is no damage.
      const isThere = !found || (await database.read(tenantId, (db) => hasRow(db, tenantId, fileId)))
      yield { fileId, damage: isThere ? found : undefined }
      after = fileId
    }
    if (rows.length < PAGE) return
  }
}

async function hasRow(db: Parameters<typeof listFileRows>[0], tenantId: number, fileId: number): Promise<boolean> {
  const [row] = await listFileRows(db, tenantId, { after: fileId - 1, limit: 1 })
  return row?.fileId === fileId
}
