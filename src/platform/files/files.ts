import type { Caller } from '../units/caller.ts'
import type { Units } from '../units/units.ts'
import type { UnitOfWork } from '../units/work.ts'
import { cleanPasted } from '../validation/pasted-text.ts'
import { defined } from '../values/defined.ts'
import type { OwnerKind } from './owner-kinds.ts'
import type { FileStorage, StoredBytes } from './storage.ts'
import { insertFileRow } from './store.ts'

const LONGEST_NAME = 255

/** What a row says about its bytes besides what was counted. */
export interface FileDescription {
  readonly id?: number
  readonly mime: string
  /** As the uploader called it; folders and control characters are taken out. */
  readonly originalName: string
  readonly ownerKind: OwnerKind
  readonly ownerId?: number
  readonly scanState?: 'SKIPPED' | 'CLEAN' | 'INFECTED'
  /** From then on (tenant's clock) the file counts as gone, and the purge removes it. */
  readonly deleteAfter?: Temporal.Instant
}

export interface StoredFileRow {
  readonly fileId: number
  readonly sha256: Buffer
}

/** Gives bytes that have been written their row, in the unit of whatever they belong to. */
export async function insertFile(
  work: UnitOfWork,
  stored: StoredBytes,
  { originalName, scanState = 'SKIPPED', deleteAfter, ...description }: FileDescription,
): Promise<StoredFileRow> {
  const fileId = await insertFileRow(work.tx, {
    ...description,
    ...stored,
    ...defined({ deleteAfter }),
    originalName: cleanName(originalName),
    scanState,
    createdAt: work.now,
  })
  return { fileId, sha256: stored.sha256 }
}

export interface FileDeps {
  readonly storage: FileStorage
  readonly units: Units
}

/** Stores bytes that we made or trust ourselves, and their row, in a unit of its own with an audit line. */
export async function putFile(
  { storage, units }: FileDeps,
  caller: Caller,
  bytes: Uint8Array,
  description: FileDescription,
): Promise<StoredFileRow> {
  const stored = await storage.write(caller.tenantId, [bytes], bytes.length)
  return units.write(caller, async (work) => {
    const row = await insertFile(work, stored, description)
    work.audit({ action: 'file.stored', entityKind: 'file', entityId: row.fileId })
    return row
  })
}

/** The last part of a path of any system, without what nobody sees, at most 255 characters; never empty. */
export function cleanName(name: string): string {
  const last = name.split(/[\\/]/).at(-1) ?? ''
  const clean = cleanPasted(last.replace(/\p{Cc}/gu, ''))
  return Array.from(clean === '' || /^\.+$/.test(clean) ? 'file' : clean)
    .slice(0, LONGEST_NAME)
    .join('')
}
