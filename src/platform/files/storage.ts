import type { Readable } from 'node:stream'

/** Bytes that are safe, before any row knows of them. */
export interface StoredBytes {
  readonly storageKey: string
  /** Bytes. */
  readonly size: number
  readonly sha256: Buffer
  /** The bytes themselves where the row is to hold them. */
  readonly content: Buffer | null
}

export interface StoredFile {
  readonly fileId: number
  readonly tenantId: number
  readonly storageKey: string
  /** Bytes that were stored. */
  readonly size: number
}

export type Damage = 'WRONG_SIZE' | 'WRONG_HASH' | 'UNREADABLE'

/** Bytes that are not what was stored. */
export class DamagedFile extends Error {
  override readonly name = 'DamagedFile'
  readonly damage: Damage

  constructor(damage: Damage, cause?: unknown) {
    super(`The bytes of a stored file are damaged: ${damage}.`, { cause })
    this.damage = damage
  }
}

/** The bytes of an upload as they arrive, or as they lie in memory. */
export type Bytes = AsyncIterable<Uint8Array> | Iterable<Uint8Array>

/** A stretch of a file, both ends included, as HTTP counts. */
export interface ByteRange {
  readonly first: number
  readonly last: number
}

/** An upload that holds more than it may. */
export class TooManyBytes extends Error {
  override readonly name = 'TooManyBytes'
}

/**
 * Where bytes are kept. They are written first and get their row afterwards, in one transaction with what they belong
 * to: a crash leaves at worst bytes without a row, which the purge finds, never a row without bytes.
 */
export interface FileStorage {
  /** Keeps the bytes of one upload; throws `TooManyBytes` after `maxBytes`. */
  write(tenantId: number, bytes: Bytes, maxBytes: number): Promise<StoredBytes>
  /**
   * The bytes of a file, or undefined when they are gone. Throws `DamagedFile` when there are more or fewer of them than were
   * stored, or something else lies in their place. The stream breaks rather than end early.
   */
  open(file: StoredFile, range: ByteRange): Promise<Readable | undefined>
  /** Removes bytes; that they are gone already is fine. */
  remove(storageKeys: readonly string[]): Promise<void>
  /** Keys of a tenant's bytes that were stored before `before` (real time), a batch at a time, to look for their rows. */
  listKeys(tenantId: number, before: Temporal.Instant): AsyncIterable<readonly string[]>
  /** Proves that something can be stored, by storing and removing it. */
  probe(): Promise<void>
}
