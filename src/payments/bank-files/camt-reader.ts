import type { BankEntry } from './bank-entry.ts'
import { BrokenBankFile, UnknownBankFile } from './bank-entry.ts'
import { type CamtField, entryPaths, type PathNode, transactionPaths } from './camt-fields.ts'
import { type FieldValue, type Fields, toEntry } from './camt-entries.ts'
import { decodeXml, XmlStream } from './xml-stream.ts'

/** The messages of ISO 20022 that are read, by the name of their first element: statement and notification. */
const messages: ReadonlySet<string> = new Set(['BkToCstmrStmt', 'BkToCstmrDbtCdtNtfctn'])
/** Longer texts are cut; references are shorter. */
const LONGEST_TEXT = 500

/**
 * The entries of a camt.053 or camt.054 file of any version, in their order, as they stream past. A collective entry is
 * replaced by the transactions in it. Throws `UnknownBankFile` or `BrokenBankFile`; then some entries may have come before.
 */
export async function* readCamt(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<readonly BankEntry[]> {
  const follower = new CamtFollower()
  const xml = new XmlStream(follower)
  try {
    for await (const text of decodeXml(bytes)) {
      xml.write(text)
      if (follower.hasFound) yield follower.take(xml.line)
    }
    xml.end()
  } catch (error) {
    // What is broken before its message begins may be anything.
    if (error instanceof BrokenBankFile && error.fault === 'XML' && !follower.isMessage) throw new UnknownBankFile()
    throw error
  }
  if (!follower.isMessage) throw new UnknownBankFile()
  yield follower.take(xml.line)
}

type Scope = 'ENTRY' | 'TRANSACTION'

class CamtFollower {
  isMessage = false
  #found: { readonly entry: Fields; readonly transaction: Fields }[] = []
  /** Where the open elements lie in the paths that are read; null: nowhere. */
  readonly #nodes: (PathNode | null)[] = []
  readonly #names: string[] = []
  #scope: Scope | undefined
  #entry: Fields = new Map()
  #transaction: Fields = new Map()
  #hasTransactions = false
  #currency = ''
  #text = ''

  get hasFound(): boolean {
    return this.#found.length > 0
  }

  take(line: number): readonly BankEntry[] {
    const found = this.#found
    this.#found = []
    return found.map(({ entry, transaction }) => toEntry(entry, transaction, line))
  }

  open(name: string, attributes: Readonly<Record<string, string>>) {
    if (!this.isMessage && this.#names.at(-1) === 'Document') this.#begin(name)
    this.#names.push(name)
    const parent = this.#nodes.at(-1)
    this.#nodes.push(this.#enter(name) ?? parent?.next.get(name) ?? null)
    this.#text = ''
    if (name.endsWith('Amt')) this.#currency = attributes['Ccy'] ?? ''
  }

  #begin(name: string) {
    if (!messages.has(name)) throw new UnknownBankFile()
    this.isMessage = true
  }

  #enter(name: string): PathNode | undefined {
    if (name === 'Ntry' && this.isMessage && this.#scope === undefined) {
      this.#scope = 'ENTRY'
      this.#entry = new Map()
      this.#hasTransactions = false
      return entryPaths
    }
    if (name === 'TxDtls' && this.#scope === 'ENTRY') {
      this.#scope = 'TRANSACTION'
      this.#transaction = new Map()
      this.#hasTransactions = true
      return transactionPaths
    }
    return undefined
  }

  text(text: string) {
    if (this.#nodes.at(-1)?.field && this.#text.length < LONGEST_TEXT) this.#text += text
  }

  close() {
    const name = this.#names.pop()
    const node = this.#nodes.pop()
    if (node?.field) this.#keep(node.field)
    this.#text = ''
    if (name === 'TxDtls' && node === transactionPaths) {
      this.#found.push({ entry: this.#entry, transaction: this.#transaction })
      this.#scope = 'ENTRY'
    }
    if (name === 'Ntry' && node === entryPaths) {
      if (!this.#hasTransactions) this.#found.push({ entry: this.#entry, transaction: new Map() })
      this.#scope = undefined
    }
  }

  #keep(field: CamtField) {
    const text = this.#text.trim().slice(0, LONGEST_TEXT)
    // What an entry says after its transactions comes too late for them.
    if (text === '' || (this.#scope === 'ENTRY' && this.#hasTransactions)) return
    const fields = this.#scope === 'TRANSACTION' ? this.#transaction : this.#entry
    const value: FieldValue = { text, currency: this.#currency }
    const known = fields.get(field)
    if (known) known.push(value)
    else fields.set(field, [value])
  }
}
