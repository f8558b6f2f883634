import {
  chownSync,
  closeSync,
  copyFileSync,
  fstatSync,
  openSync,
  readSync,
  renameSync,
  statSync,
  truncateSync,
} from 'node:fs'
import type { ServerUser } from './server-user.ts'

const limitBytes = 10_000_000

/** Opens the server's log for appending; a full one moves aside to `.1`. @returns a descriptor for the server to inherit */
export function openServerLog(file: string, user: ServerUser | undefined): number {
  if (fileSize(file) > limitBytes) renameSync(file, `${file}.1`)
  const descriptor = openSync(file, 'a', 0o600)
  if (user) chownSync(file, user.uid, user.gid)
  return descriptor
}

/** Keeps the log of a running server small. It holds the file open, so the text is copied and the file emptied. */
export function trimServerLog(file: string): void {
  if (fileSize(file) <= limitBytes) return
  copyFileSync(file, `${file}.1`)
  truncateSync(file)
}

/** What the server wrote since the log had `from` bytes, on one line; at most the last 2 kB. */
export function readServerLog(file: string, from: number): string {
  const descriptor = openSync(file, 'r')
  try {
    const size = fstatSync(descriptor).size
    const start = Math.max(from, size - 2000, 0)
    const text = Buffer.alloc(Math.max(size - start, 0))
    readSync(descriptor, text, 0, text.length, start)
    return text.toString('utf8').trim().replaceAll('\n', ' · ')
  } finally {
    closeSync(descriptor)
  }
}

export function fileSize(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0
}
