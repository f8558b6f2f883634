import { randomBytes } from 'node:crypto'
import { constants } from 'node:fs'
import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Readable } from 'node:stream'
import { countBytes, newStorageKey, parseStorageKey } from './counted-bytes.ts'
import { exactBytes } from './exact-bytes.ts'
import {
  type ByteRange,
  type Bytes,
  type Damage,
  DamagedFile,
  type FileStorage,
  type StoredBytes,
  type StoredFile,
} from './storage.ts'

const UNFINISHED = '.part'
/** A pipe in place of a file would keep its opener, and one of the few threads that open files, for ever. */
const READ_AT_ONCE = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)

/** Files in `<data dir>/files/<tenant>/<two hex digits>/`: no folder grows large, and a tenant's bytes lie together. */
export class FolderStorage implements FileStorage {
  readonly #root: string

  constructor(dataDir: string) {
    this.#root = join(resolve(dataDir), 'files')
  }

  async write(tenantId: number, bytes: Bytes, maxBytes: number): Promise<StoredBytes> {
    const storageKey = newStorageKey(tenantId)
    const path = this.#toPath(storageKey)
    const draft = path + UNFINISHED
    await mkdir(join(path, '..'), { recursive: true, mode: 0o700 })
    const counted = countBytes(bytes, maxBytes)
    try {
      const file = await open(draft, 'wx', 0o600)
      try {
        for await (const chunk of counted.bytes) await file.writeFile(chunk)
        await file.sync()
      } finally {
        await file.close()
      }
      // Only now does it get its name: what has a name is whole and has reached the disk.
      await rename(draft, path)
      await syncFolder(join(path, '..'))
    } catch (error) {
      await rm(draft, { force: true })
      throw error
    }
    return { storageKey, ...counted.result(), content: null }
  }

  async open({ storageKey, size }: StoredFile, { first, last }: ByteRange): Promise<Readable | undefined> {
    const path = this.#toPath(storageKey)
    const file = await open(path, READ_AT_ONCE).catch((error: unknown) => {
      if (isMissing(error)) return undefined
      throw new DamagedFile('UNREADABLE', error)
    })
    if (!file) return undefined
    const damage = await findDamage(file, size)
    if (damage === undefined) return exactBytes(file.createReadStream({ start: first, end: last }), last - first + 1)
    await file.close()
    throw new DamagedFile(damage)
  }

  async remove(storageKeys: readonly string[]) {
    for (const key of storageKeys) await rm(this.#toPath(key), { force: true, recursive: true })
  }

  async *listKeys(tenantId: number, before: Temporal.Instant) {
    const folder = join(this.#root, String(tenantId))
    for (const shard of await namesIn(folder)) {
      const names = await this.#oldNames(join(folder, shard), before)
      const drafts = names.filter((name) => name.endsWith(UNFINISHED))
      for (const draft of drafts) await rm(join(folder, shard, draft), { force: true })
      const keys = names.filter((name) => parseStorageKey(name)?.tenantId === tenantId)
      if (keys.length > 0) yield keys
    }
  }

  async probe() {
    await mkdir(this.#root, { recursive: true, mode: 0o700 })
    const path = join(this.#root, `probe-${randomBytes(8).toString('hex')}`)
    const file = await open(path, 'wx', 0o600)
    try {
      await file.sync()
    } finally {
      await file.close()
      await rm(path, { force: true })
    }
  }

  #toPath(storageKey: string): string {
    const parts = parseStorageKey(storageKey)
    if (!parts) throw new Error('This is not the key of a stored file.')
    return join(this.#root, String(parts.tenantId), parts.shard, storageKey)
  }

  async #oldNames(folder: string, before: Temporal.Instant): Promise<string[]> {
    const names: string[] = []
    for (const name of await namesIn(folder)) {
      const found = await stat(join(folder, name)).catch(() => undefined)
      if (found?.isFile() && found.mtimeMs < before.epochMilliseconds) names.push(name)
    }
    return names
  }
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    if (isMissing(error) || (error as NodeJS.ErrnoException).code === 'ENOTDIR') return []
    throw error
  }
}

async function findDamage(file: FileHandle, size: number): Promise<Damage | undefined> {
  const found = await file.stat()
  if (!found.isFile()) return 'UNREADABLE'
  return found.size === size ? undefined : 'WRONG_SIZE'
}

const isMissing = (error: unknown) => (error as NodeJS.ErrnoException).code === 'ENOENT'

/** The name itself lies in the folder, which has to reach the disk too; Windows has no such call. */
async function syncFolder(folder: string) {
  if (process.platform === 'win32') return
  const handle = await open(folder)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
