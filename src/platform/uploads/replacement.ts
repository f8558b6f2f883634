import { insertFile } from '../files/files.ts'
import type { OwnerKind } from '../files/owner-kinds.ts'
import { expireFile, findHash } from '../files/store.ts'
import type { UnitOfWork } from '../units/work.ts'
import type { PendingFile } from './pending-file.ts'

/** A link lives 15 minutes unless its owner says otherwise; a replaced file outlives the last one that was given out. */
export const LINKS_END_AFTER = { minutes: 16 }

interface FileOwner {
  readonly ownerKind: OwnerKind
  readonly ownerId: number
  /** Where links to its files live longer. */
  readonly linksEndAfter?: { readonly hours: number } | { readonly minutes: number }
}

/**
 * Puts a file in the place of another, which goes when no link to it can work any more. Equal bytes are the same file:
 * `isNew` is false, and nothing is written.
 */
export async function replaceFile(
  work: UnitOfWork,
  oldFileId: number | null,
  file: PendingFile,
  { linksEndAfter = LINKS_END_AFTER, ...owner }: FileOwner,
): Promise<{ readonly fileId: number; readonly isNew: boolean }> {
  const oldHash = oldFileId === null ? undefined : await findHash(work.tx, oldFileId)
  if (oldFileId !== null && oldHash?.equals(file.sha256)) return { fileId: oldFileId, isNew: false }
  const { mime, originalName } = file
  const { fileId } = await insertFile(work, file.take(), { mime, originalName, ...owner })
  if (oldFileId !== null) await expireFile(work.tx, oldFileId, work.now.add(linksEndAfter))
  return { fileId, isNew: true }
}
