import { createHash, randomBytes } from 'node:crypto'
import { type Bytes, TooManyBytes } from './storage.ts'

/** Passes bytes on while counting and hashing them. */
export function countBytes(bytes: Bytes, maxBytes: number) {
  const hash = createHash('sha256')
  let size = 0
  return {
    bytes: (async function* () {
      for await (const chunk of bytes) {
        size += chunk.length
        if (size > maxBytes) throw new TooManyBytes(`More than ${maxBytes} bytes.`)
        hash.update(chunk)
        yield chunk
      }
    })(),
    /** To be called once, after the last byte. */
    result: () => ({ size, sha256: hash.digest() }),
  }
}

/** A name that nobody can guess; it says whose bytes these are, so that their row can be looked for. */
export function newStorageKey(tenantId: number): string {
  return `${tenantId}-${randomBytes(20).toString('hex')}`
}

const STORAGE_KEY = /^([1-9]\d{0,15})-([0-9a-f]{2})[0-9a-f]{38}$/

/** The parts of a key that was made by `newStorageKey`; undefined for anything else. */
export function parseStorageKey(key: string): { readonly tenantId: number; readonly shard: string } | undefined {
  const [, tenantId, shard] = STORAGE_KEY.exec(key) ?? []
  return tenantId === undefined || shard === undefined ? undefined : { tenantId: Number(tenantId), shard }
}
