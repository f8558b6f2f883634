import { Readable } from 'node:stream'
import type { Database } from '../database/database.ts'
import type { Demand } from '../places/demand.ts'
import { countBytes, newStorageKey } from './counted-bytes.ts'
import { exactBytes } from './exact-bytes.ts'
import { findContent, findContentSize } from './store.ts'
import {
  type ByteRange,
  type Bytes,
  DamagedFile,
  type FileStorage,
  type StoredBytes,
  type StoredFile,
} from './storage.ts'

const CHUNK_BYTES = 1024 * 1024

/** Files inside their rows: one backup holds everything, and bytes cannot lose their row. */
export class DatabaseStorage implements FileStorage {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  async write(tenantId: number, bytes: Bytes, maxBytes: number): Promise<StoredBytes> {
    const counted = countBytes(bytes, maxBytes)
    const chunks: Uint8Array[] = []
    for await (const chunk of counted.bytes) chunks.push(chunk)
    return { storageKey: newStorageKey(tenantId), ...counted.result(), content: Buffer.concat(chunks) }
  }

  async open({ fileId, tenantId, size }: StoredFile, { first, last }: ByteRange): Promise<Readable | undefined> {
    const found = await this.#database.read(
      tenantId,
      (db) => findContentSize(db, tenantId, fileId),
      forContents(tenantId),
    )
    if (found === undefined) return undefined
    if (found !== size) throw new DamagedFile('WRONG_SIZE')
    return exactBytes(Readable.from(this.#chunks(fileId, tenantId, { first, last })), last - first + 1)
  }

  async *#chunks(fileId: number, tenantId: number, { first, last }: ByteRange) {
    for (let at = first; at <= last; at += CHUNK_BYTES) {
      const range = { first: at, last: Math.min(last, at + CHUNK_BYTES - 1) }
      const chunk = await this.#database.read(
        tenantId,
        (db) => findContent(db, tenantId, fileId, range),
        forContents(tenantId),
      )
      if (chunk === undefined) return
      yield chunk
    }
  }

  async remove() {
    // The bytes went with their row.
  }

  async *listKeys() {
    // There are no bytes beside the rows.
  }

  async probe() {
    // A process that reaches the database can store.
  }
}

/** Contents of files leave connections to shorter work. */
function forContents(tenantId: number): Demand {
  return { rank: 'BULK', holder: 'contents of files', tenantId }
}
