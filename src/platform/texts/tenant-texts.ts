import type { Database, Queryable } from '../database/database.ts'
import type { TextOverrides } from '../errors/localisation.ts'
import { listOverrides } from './override-store.ts'

/** A notification announces a change; should it be lost, the change counts after this time. */
const TRUSTED_MS = 60_000
/** After a failure the catalogue's texts do for a moment: a database in trouble is not asked by every refusal. */
const SPARED_MS = 1000
const MAX_REMEMBERED = 10_000

const none: TextOverrides = () => undefined

/**
 * The wordings of tenants, read when the first answer needs them and then kept in memory. Answers that hold no sentence
 * never come here.
 */
export class TenantTexts {
  readonly #database: Database
  readonly #monotonicMs: () => number
  readonly #remembered = new Map<number, { readonly texts: TextOverrides; readonly until: number }>()
  readonly #reading = new Map<number, Promise<TextOverrides>>()
  /** Distinguishes what was read before a change from what was read after it. */
  #changes = 0

  constructor(database: Database, monotonicMs: () => number) {
    this.#database = database
    this.#monotonicMs = monotonicMs
  }

  /** From memory, else from the database: by `db` where the caller has a connection of this tenant already. */
  of(tenantId: number, db?: Queryable): TextOverrides | Promise<TextOverrides> {
    const known = this.#remembered.get(tenantId)
    if (known && this.#monotonicMs() < known.until) return known.texts
    if (db) return this.#keep(tenantId, () => readTexts(db))
    const reading = this.#reading.get(tenantId) ?? this.#readAlone(tenantId)
    // What was true a minute ago does until the answer has come.
    return known?.texts ?? reading
  }

  /** From memory only, for answers that must not ask the database; the catalogue's texts where nothing is known. */
  remembered(tenantId: number): TextOverrides {
    return this.#remembered.get(tenantId)?.texts ?? none
  }

  /** Some tenant has changed a text, somewhere. */
  forgetAll() {
    this.#changes += 1
    this.#remembered.clear()
    this.#reading.clear()
  }

  /** Many refusals at once ask once. */
  #readAlone(tenantId: number): Promise<TextOverrides> {
    const read = () => this.#database.read(tenantId, readTexts)
    const reading = this.#keep(tenantId, read).catch(() => this.#spare(tenantId))
    this.#reading.set(tenantId, reading)
    return reading.finally(() => {
      if (this.#reading.get(tenantId) === reading) this.#reading.delete(tenantId)
    })
  }

  async #keep(tenantId: number, read: () => Promise<TextOverrides>): Promise<TextOverrides> {
    const changesBefore = this.#changes
    const texts = await read()
    if (changesBefore === this.#changes) this.#remember(tenantId, texts, TRUSTED_MS)
    return texts
  }

  #spare(tenantId: number): TextOverrides {
    const texts = this.remembered(tenantId)
    this.#remember(tenantId, texts, SPARED_MS)
    return texts
  }

  #remember(tenantId: number, texts: TextOverrides, forMs: number) {
    if (this.#remembered.size >= MAX_REMEMBERED) this.#remembered.clear()
    this.#remembered.set(tenantId, { texts, until: this.#monotonicMs() + forMs })
  }
}

/** The wordings of the tenant of this connection. */
export async function readTexts(db: Queryable): Promise<TextOverrides> {
  const rows = await listOverrides(db)
  if (rows.length === 0) return none
  const texts = new Map(rows.map(({ key, language, text }) => [`${key} ${language}`, text]))
  return (key, language) => texts.get(`${key} ${language}`)
}
