import { Readable } from 'node:stream'
import type { Database } from '../database/database.ts'
import { countBytes, newStorageKey } from './counted-bytes.ts'
import { findContent } from './store.ts'
import type { ByteRange, Bytes, FileStorage, StoredBytes, StoredFile } from './storage.ts'

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

  async open({ fileId, tenantId }: StoredFile, { first, last }: ByteRange): Promise<Readable | undefined> {
    const readChunk = (from: number) =>
      this.#database.read(tenantId, (db) =>
        findContent(db, tenantId, fileId, { first: from, last: chunkEnd(from, last) }),
      )
    const head = await readChunk(first)
    if (head === undefined) return undefined
    return Readable.from(
      (async function* () {
        let [at, chunk]: [number, Buffer | undefined] = [first, head]
        while (chunk && chunk.length > 0) {
          yield chunk
          at += chunk.length
          chunk = at <= last ? await readChunk(at) : undefined
        }
      })(),
      { objectMode: false },
    )
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

const chunkEnd = (from: number, last: number) => Math.min(last, from + CHUNK_BYTES - 1)
