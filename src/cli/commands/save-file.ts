import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { findFile } from '../../platform/files/store.ts'
import { exitCode } from '../exit-codes.ts'
import { CommandFailure } from '../failures.ts'
import type { TenantSession } from '../session.ts'

/** Saves a stored file on this machine; `name` says what it is. A file that is there already is never written over. */
export async function saveFile(
  { platform: { database, files } }: Pick<TenantSession, 'platform'>,
  { fileId, name }: { readonly fileId: number; readonly name: string },
  path: string,
) {
  const stored = await database.read('none', (db) => findFile(db, fileId))
  const bytes = stored && (await files.open(stored, { first: 0, last: stored.size - 1 }))
  if (!bytes) throw new CommandFailure(`${name} is not kept any more.`, exitCode.notFound)
  await pipeline(bytes, createWriteStream(path, { flags: 'wx', mode: 0o600 }))
  return { path, bytes: stored.size, sha256: stored.sha256.toString('hex') }
}
