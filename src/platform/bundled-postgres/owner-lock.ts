import { randomUUID } from 'node:crypto'
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { BundledPostgresError, errorCode } from './failure.ts'
import { readStartTime } from './processes.ts'

/** A data folder that is ours until it is released, or taken away and made anew by another process. */
export interface Ownership {
  /** Whether the lock still names us: a folder that was deleted has none, and one that was made anew has another. */
  isHeld(): boolean
  release(): void
}

/**
 * Makes this process the one owner of a data folder, or refuses and names the owner. The lock names a process and its
 * start, so one left behind by a killed process or before a reboot never blocks.
 */
export function takeOwnership(lockFile: string): Ownership {
  const mine = JSON.stringify({ pid: process.pid, life: readStartTime(process.pid), token: randomUUID() })
  const draft = `${lockFile}.${randomUUID()}`
  writeFileSync(draft, mine, { flag: 'wx', mode: 0o644 })
  try {
    // Linked, not written: the lock appears with its whole content or not at all.
    while (!linkIfFree(draft, lockFile)) removeStaleLock(lockFile)
  } finally {
    rmSync(draft, { force: true })
  }
  const isHeld = () => readContent(lockFile) === mine
  return {
    isHeld,
    release: () => {
      if (isHeld()) rmSync(lockFile, { force: true })
    },
  }
}

/** Whether a living process owns the data folder. */
export function isOwned(lockFile: string): boolean {
  const owner = parseOwner(readContent(lockFile) ?? '')
  return owner !== undefined && readStartTime(owner.pid) === owner.life
}

function removeStaleLock(lockFile: string): void {
  const found = readContent(lockFile)
  if (found === undefined) return
  const owner = parseOwner(found)
  if (owner && readStartTime(owner.pid) === owner.life) {
    throw new BundledPostgresError(
      `${dirname(lockFile)} is in use by process ${owner.pid}${owner.pid === process.pid ? ' (this one)' : ''}: ` +
        'stop it first, or set PALESTRA_DATA_DIR to another folder',
    )
  }
  // Moved before it is removed: if a rival was faster, what we moved is the rival's live lock, and it goes back.
  const aside = `${lockFile}.${randomUUID()}`
  try {
    renameSync(lockFile, aside)
  } catch (thrown) {
    if (errorCode(thrown) === 'ENOENT') return
    throw thrown
  }
  if (readContent(aside) !== found) linkIfFree(aside, lockFile)
  rmSync(aside, { force: true })
}

function linkIfFree(from: string, to: string): boolean {
  try {
    linkSync(from, to)
    return true
  } catch (thrown) {
    if (errorCode(thrown) === 'EEXIST') return false
    throw thrown
  }
}

function readContent(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch (thrown) {
    if (errorCode(thrown) === 'ENOENT') return undefined
    throw thrown
  }
}

function parseOwner(text: string): { readonly pid: number; readonly life: string } | undefined {
  try {
    const owner: unknown = JSON.parse(text)
    if (typeof owner !== 'object' || owner === null || !('pid' in owner) || !('life' in owner)) return undefined
    return typeof owner.pid === 'number' && typeof owner.life === 'string'
      ? { pid: owner.pid, life: owner.life }
      : undefined
  } catch {
    return undefined
  }
}
