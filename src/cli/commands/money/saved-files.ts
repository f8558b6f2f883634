import { createWriteStream } from 'node:fs'
import { text } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { findFile } from '../../../platform/files/store.ts'
import type { Platform } from '../../../platform/platform.ts'
import { exitCode } from '../../exit-codes.ts'
import { CommandFailure } from '../../failures.ts'

type Files = Pick<Platform, 'database' | 'files'>

/**
 * Saves a stored file under a path where no file is yet: one that is there may be the one that a bank has. Only
 * the user of the system can read it.
 */
export async function saveFile(
  platform: Files,
  fileId: number,
  { path, thing }: { readonly path: string; readonly thing: string },
) {
  const { stored, bytes } = await openFile(platform, fileId)
  if (!stored || !bytes) throw new CommandFailure(`The file of ${thing} is not kept any more.`, exitCode.notFound)
  await pipeline(bytes, createWriteStream(path, { flags: 'wx', mode: 0o600 }))
  return { path, bytes: stored.size, sha256: stored.sha256.toString('hex') }
}

/** The text of a small stored file; undefined where it is not kept any more. */
export async function readFile(platform: Files, fileId: number): Promise<string | undefined> {
  const { bytes } = await openFile(platform, fileId)
  return bytes && text(bytes)
}

async function openFile({ database, files }: Files, fileId: number) {
  const stored = await database.read('none', (db) => findFile(db, fileId))
  return { stored, bytes: stored && (await files.open(stored, { first: 0, last: stored.size - 1 })) }
}
