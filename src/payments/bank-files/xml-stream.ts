import { SaxesParser } from 'saxes'
import { BrokenBankFile } from './bank-entry.ts'

/** What follows an XML document while it streams past. Names come without their namespace. */
export interface XmlFollower {
  open(name: string, attributes: Readonly<Record<string, string>>): void
  text(text: string): void
  close(): void
}

const MOST_DEPTH = 64
/** Characters between two tags, and of one tag: more is no statement of a bank. */
const MOST_BETWEEN = 1_000_000
/** In which the encoding is declared. */
const HEAD_BYTES = 256

/**
 * Reads XML in pieces; in memory stands no more than what lies between two tags. A document type is refused, and with it
 * every entity but the five of XML itself. Throws `BrokenBankFile`.
 */
export class XmlStream {
  readonly #sax = new SaxesParser<{ position: false; xmlns: false }>({ position: false, xmlns: false })
  #depth = 0
  #sinceTag = 0

  constructor(follower: XmlFollower) {
    const sax = this.#sax
    sax.on('error', () => this.#refuse('XML'))
    sax.on('doctype', () => this.#refuse('DOCTYPE'))
    sax.on('opentag', ({ name, attributes }) => {
      this.#sinceTag = 0
      this.#depth += 1
      if (this.#depth > MOST_DEPTH) this.#refuse('LIMIT')
      follower.open(name.slice(name.indexOf(':') + 1), attributes)
    })
    sax.on('text', (text) => follower.text(text))
    sax.on('cdata', (text) => follower.text(text))
    sax.on('closetag', () => {
      this.#sinceTag = 0
      this.#depth -= 1
      follower.close()
    })
  }

  /** Where it is; the first line is 1. */
  get line(): number {
    return this.#sax.line
  }

  #refuse(fault: BrokenBankFile['fault']): never {
    throw new BrokenBankFile(fault, this.line)
  }

  write(text: string) {
    this.#sinceTag += text.length
    this.#sax.write(text)
    if (this.#sinceTag > MOST_BETWEEN) this.#refuse('LIMIT')
  }

  end() {
    this.#sax.close()
  }
}

/** The text of a file in the encoding that it declares, UTF-8 where it declares none. Throws `BrokenBankFile`. */
export async function* decodeXml(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let head: Uint8Array = new Uint8Array()
  let decoder: TextDecoder | undefined
  const decode = (piece: Uint8Array | undefined) => {
    try {
      decoder ??= new TextDecoder(findEncoding(head), { fatal: true })
      return piece === undefined ? decoder.decode() : decoder.decode(piece, { stream: true })
    } catch {
      throw new BrokenBankFile('ENCODING', 1)
    }
  }
  for await (const piece of bytes) {
    if (decoder) yield decode(piece)
    else {
      head = Buffer.concat([head, piece])
      if (head.length >= HEAD_BYTES) yield decode(head)
    }
  }
  if (!decoder) yield decode(head)
  yield decode(undefined)
}

function findEncoding(head: Uint8Array): string {
  const [first, second] = head
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  const declared = Buffer.from(head.subarray(0, HEAD_BYTES)).toString('latin1')
  return /^[^<]*<\?xml[^>]*\sencoding\s*=\s*["']([\w.-]+)["']/.exec(declared)?.[1] ?? 'utf-8'
}
