import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto'

/** What a derived key is for: every purpose has a key of its own, so that one leak does not open another door. */
const purposes = [
  'api-key',
  'webhook-key',
  'device-token',
  'reveal-token',
  'feed-token',
  'signing-secret',
  'file-link',
  'field',
  'provider-key',
  'blind-index',
  'audit-hash',
  'serving-role',
] as const
export type Purpose = (typeof purposes)[number]

/** A stored value was sealed with a key that was removed from the installation, or that it never had. */
export class SealedByUnknownKey extends Error {
  override readonly name = 'SealedByUnknownKey'

  constructor() {
    super('A stored value was sealed with a key that PALESTRA_SECRET_KEY does not list.')
  }
}

const KEY_ID_BYTES = 4
const NONCE_BYTES = 12
const TAG_BYTES = 16

/** A key for one purpose, and the id by which sealed values name it. */
interface DerivedKey {
  readonly key: Buffer
  readonly id: Buffer
}

/**
 * All secrets of the installation, derived from `PALESTRA_SECRET_KEY` (HKDF-SHA-256, one label per purpose).
 * The first root key is used for everything new; the others still open what was sealed before a rotation.
 */
export class Secrets {
  readonly #roots: readonly string[]
  readonly #derived = new Map<string, DerivedKey>()

  constructor(roots: readonly string[]) {
    this.#roots = roots
  }

  /** Keyed hash for exact look-ups of values that must not be readable in the database. */
  hash(purpose: Purpose, text: string): Buffer {
    return createHmac('sha256', this.#key(0, purpose).key).update(text).digest()
  }

  /** The hash under every root key, newest first: a look-up finds what was stored before a rotation too. */
  hashes(purpose: Purpose, text: string): readonly Buffer[] {
    return this.#roots.map((_, root) => createHmac('sha256', this.#key(root, purpose).key).update(text).digest())
  }

  /** AES-256-GCM with a random nonce; the result starts with the id of its key. */
  seal(purpose: Purpose, text: string): Buffer {
    const { key, id } = this.#key(0, purpose)
    const nonce = randomBytes(NONCE_BYTES)
    const cipher = createCipheriv('aes-256-gcm', key, nonce)
    const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
    return Buffer.concat([id, nonce, cipher.getAuthTag(), body])
  }

  open(purpose: Purpose, sealed: Uint8Array): string {
    const bytes = Buffer.from(sealed)
    const id = bytes.subarray(0, KEY_ID_BYTES)
    const root = this.#roots.findIndex((_, index) => this.#key(index, purpose).id.equals(id))
    if (root < 0) throw new SealedByUnknownKey()
    const tagAt = KEY_ID_BYTES + NONCE_BYTES
    const decipher = createDecipheriv('aes-256-gcm', this.#key(root, purpose).key, bytes.subarray(KEY_ID_BYTES, tagAt))
    decipher.setAuthTag(bytes.subarray(tagAt, tagAt + TAG_BYTES))
    return Buffer.concat([decipher.update(bytes.subarray(tagAt + TAG_BYTES)), decipher.final()]).toString('utf8')
  }

  /** The same value under the first key; undefined when that is what seals it already, whatever its purpose. */
  reseal(sealed: Uint8Array): Buffer | undefined {
    const id = Buffer.from(sealed).subarray(0, KEY_ID_BYTES)
    if (purposes.some((purpose) => this.#key(0, purpose).id.equals(id))) return undefined
    const purpose = this.#findPurpose(sealed)
    return this.seal(purpose, this.open(purpose, sealed))
  }

  /** The clear text of a sealed value whose purpose is not known here, as in an export. */
  unseal(sealed: Uint8Array): string {
    return this.open(this.#findPurpose(sealed), sealed)
  }

  /** Signing keys with their ids, newest first. */
  signingKeys(purpose: Purpose): readonly { readonly id: string; readonly key: Buffer }[] {
    return this.#roots.map((_, root) => {
      const { key, id } = this.#key(root, purpose)
      return { id: id.toString('hex'), key }
    })
  }

  #findPurpose(sealed: Uint8Array): Purpose {
    const id = Buffer.from(sealed).subarray(0, KEY_ID_BYTES)
    const found = purposes.find((each) => this.#roots.some((_, root) => this.#key(root, each).id.equals(id)))
    if (found) return found
    throw new SealedByUnknownKey()
  }

  #key(root: number, purpose: Purpose): DerivedKey {
    const name = `${root}:${purpose}`
    let derived = this.#derived.get(name)
    if (!derived) {
      const key = Buffer.from(hkdfSync('sha256', this.#roots[root] ?? '', 'palestra', purpose, 32))
      derived = { key, id: keyId(key) }
      this.#derived.set(name, derived)
    }
    return derived
  }
}

function keyId(key: Buffer): Buffer {
  return createHash('sha256').update(key).digest().subarray(0, KEY_ID_BYTES)
}
