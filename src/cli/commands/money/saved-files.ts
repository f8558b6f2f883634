import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { findFile } from '../../../platform/files/store.ts'
import type { Platform } from '../../../platform/platform.ts'
import { exitCode } from '../../exit-codes.ts'
import { CommandFailure } from '../../failures.ts'

/**
 * Saves a stored file under a path where no file is yet: one that is there may be the one that a bank has. Only
 * the user of the system can read it.
 */
export async function saveFile(
  { database, files }: Pick<Platform, 'database' | 'files'>,
  fileId: number,
  { path, thing }: { readonly path: string; readonly thing: string },
) {
  const stored = await database.read('none', (db) => findFile(db, fileId))
  const bytes = stored && (await files.open(stored, { first: 0, last: stored.size - 1 }))
  if (!bytes) throw new CommandFailure(`The file of ${thing} is not kept any more.`, exitCode.notFound)
  await pipeline(bytes, createWriteStream(path, { flags: 'wx', mode: 0o600 }))
  return { path, bytes: stored.size, sha256: stored.sha256.toString('hex') }
}
