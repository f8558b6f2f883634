import { createHash } from 'node:crypto'
import { type Damage, DamagedFile, type FileStorage, type StoredFile } from './storage.ts'

export interface ExpectedFile extends StoredFile {
  readonly sha256: Buffer
}

export type FileDamage = Damage | 'MISSING'

/** What is wrong with the bytes of a stored file, if anything; reads them to their end, a piece at a time. */
export async function findDamage(storage: FileStorage, file: ExpectedFile): Promise<FileDamage | undefined> {
  // Of no bytes nothing can be lost.
  if (file.size === 0) return undefined
  try {
    const bytes = await storage.open(file, { first: 0, last: file.size - 1 })
    if (!bytes) return 'MISSING'
    const hash = createHash('sha256')
    for await (const chunk of bytes) hash.update(chunk as Buffer)
    return hash.digest().equals(file.sha256) ? undefined : 'WRONG_HASH'
  } catch (error) {
    return error instanceof DamagedFile ? error.damage : 'UNREADABLE'
  }
}
