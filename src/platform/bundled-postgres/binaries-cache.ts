import { randomUUID } from 'node:crypto'
import {
  chmodSync,
  constants,
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { BundledPostgresError, errorCode } from './failure.ts'
import { mayEnter, type ServerUser } from './server-user.ts'

interface CacheEntry {
  readonly name: string
  readonly user: ServerUser | undefined
  readonly preferred: string | undefined
  /** Completes the copied folder `native`; false if that is not possible. */
  readonly complete: (folder: string) => boolean
}

/**
 * A copy of the delivered folder `native` that the server's user can enter, in the first suitable folder: the wanted
 * folder, the system's or the user's cache, the folders for temporary files. An existing copy is only trusted if it
 * is ours and nobody else may write it. @returns the copied folder
 */
export function cacheBinaries(delivered: string, entry: CacheEntry): string {
  for (const folder of listCacheFolders(entry.preferred)) {
    try {
      mkdirSync(folder, { recursive: true, mode: 0o755 })
      if (entry.user && !mayEnter(folder, entry.user)) continue
      const copy = join(folder, entry.name)
      if (!existsSync(copy)) createCopy(delivered, copy, entry)
      if (isOursAlone(copy)) return join(copy, 'native')
    } catch (thrown) {
      if (!['EACCES', 'EPERM', 'EROFS', 'ENOSPC'].includes(errorCode(thrown) ?? '')) throw thrown
    }
  }
  throw new BundledPostgresError(
    'no folder for a copy of the PostgreSQL programs that the server may enter: set PALESTRA_CACHE_DIR to one, or set PALESTRA_DATABASE_URL',
  )
}

function listCacheFolders(preferred: string | undefined): readonly string[] {
  const personal = process.env.XDG_CACHE_HOME || join(homedir(), '.cache')
  const cache = process.getuid?.() === 0 ? '/var/cache/palestra' : join(personal, 'palestra')
  return [...(preferred ? [preferred] : []), cache, tmpdir(), ...(process.platform === 'win32' ? [] : ['/var/tmp'])]
}

/** Copies beside the goal and renames: a process that finds the copy finds it whole, and of two rivals one wins. */
function createCopy(delivered: string, copy: string, entry: CacheEntry): void {
  const draft = `${copy}.${randomUUID()}`
  try {
    mkdirSync(draft, { mode: 0o755 })
    chmodSync(draft, 0o755)
    copyFolder(delivered, join(draft, 'native'))
    if (!entry.complete(join(draft, 'native'))) return
    renameSync(draft, copy)
  } catch (thrown) {
    if (!['ENOTEMPTY', 'EEXIST'].includes(errorCode(thrown) ?? '')) throw thrown
  } finally {
    rmSync(draft, { recursive: true, force: true })
  }
}

/** Links are left out, they are made anew; so are the static libraries, which no program needs to run. */
function copyFolder(from: string, to: string): void {
  mkdirSync(to)
  chmodSync(to, 0o755)
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)]
    if (entry.isDirectory()) copyFolder(source, target)
    else if (entry.isFile() && !entry.name.endsWith('.a')) {
      copyFileSync(source, target, constants.COPYFILE_FICLONE)
      chmodSync(target, basename(from) === 'bin' ? 0o755 : 0o644)
    }
  }
}

function isOursAlone(copy: string): boolean {
  if (process.platform === 'win32') return existsSync(copy)
  const found = lstatSync(copy, { throwIfNoEntry: false })
  return found !== undefined && found.isDirectory() && found.uid === process.getuid?.() && (found.mode & 0o022) === 0
}
