import { createReadStream } from 'node:fs'
import { ApiError } from '../errors/errors.ts'
import type { Bytes, FileStorage, StoredBytes } from '../files/storage.ts'
import type { UploadedFile } from './spool.ts'

/** Bytes that are safe and wait for their row. */
export class PendingFile {
  readonly mime: string
  /** As the client called it. */
  readonly originalName: string
  readonly #stored: StoredBytes
  #isTaken = false

  constructor(stored: StoredBytes, { mime, originalName }: { readonly mime: string; readonly originalName: string }) {
    this.#stored = stored
    this.mime = mime
    this.originalName = originalName
  }

  get sha256(): Buffer {
    return this.#stored.sha256
  }

  get storageKey(): string {
    return this.#stored.storageKey
  }

  get isTaken(): boolean {
    return this.#isTaken
  }

  /** The bytes, for the code that gives them their row in the unit that is running. */
  take(): StoredBytes {
    this.#isTaken = true
    return this.#stored
  }

  /** The unit begins again: nobody has taken the bytes. */
  giveBack() {
    this.#isTaken = false
  }
}

/** Stores bytes that have been judged. */
export async function storePending(
  storage: FileStorage,
  tenantId: number,
  bytes: Bytes,
  file: { readonly mime: string; readonly originalName: string; readonly size: number },
): Promise<PendingFile> {
  return new PendingFile(await storage.write(tenantId, bytes, file.size), file)
}

/** The bytes of an upload, read from where they were kept. */
export async function* readBytes({ path }: UploadedFile): AsyncGenerator<Uint8Array> {
  yield* createReadStream(path) as AsyncIterable<Buffer>
}

/**
 * Runs the unit that gives the bytes their row, and removes bytes that got none. Where it is not certain whether the unit
 * has committed they stay: bytes without a row are found later, a row without bytes would be a loss.
 */
export async function withPending<T>(storage: FileStorage, file: PendingFile, write: () => Promise<T>): Promise<T> {
  const remove = () => storage.remove([file.storageKey]).catch(() => undefined)
  try {
    const result = await write()
    if (!file.isTaken) await remove()
    return result
  } catch (error) {
    if (error instanceof ApiError) await remove()
    throw error
  }
}
