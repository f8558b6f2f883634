import { createHash } from 'node:crypto'

/** One row of the audit log as the seal sees it: every column as text, exactly as PostgreSQL prints it in UTC. */
export type SealableRow = {
  readonly id: number
  /** tenant, id, at, actor, action, entity, studio, diff, trace, address: in this order, absent values as null. */
  readonly columns: readonly (string | null)[]
}

export const HASH_BYTES = 32
/** What the first seal of a tenant continues. */
export const NO_SEAL = Buffer.alloc(HASH_BYTES)

/** SHA-256 of the canonical row: a JSON list of texts, in which no two different rows look the same. */
export function hashRow({ columns }: SealableRow): Buffer {
  return createHash('sha256').update(JSON.stringify(columns)).digest()
}

/** SHA-256(previous hash ‖ number as 8 bytes ‖ hash of each row): changing anything earlier changes everything later. */
export function hashSeal(previous: Uint8Array, no: number, rowHashes: Uint8Array): Buffer {
  const number = Buffer.alloc(8)
  number.writeBigUInt64BE(BigInt(no))
  return createHash('sha256').update(previous).update(number).update(rowHashes).digest()
}

/** The hashes of a seal one by one, in the order of its rows. */
export function splitHashes(rowHashes: Buffer): readonly Buffer[] {
  return Array.from({ length: Math.floor(rowHashes.length / HASH_BYTES) }, (_, at) =>
    rowHashes.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES),
  )
}
