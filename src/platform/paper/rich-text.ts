import { Parser } from 'htmlparser2'
import { defined } from '../values/defined.ts'
import type { PaperParagraph, PaperRun } from './paper.ts'

type Style = Omit<PaperRun, 'text'>

const styles: Readonly<Record<string, Style>> = {
  b: { bold: true },
  strong: { bold: true },
  h1: { bold: true },
  h2: { bold: true },
  h3: { bold: true },
  h4: { bold: true },
  h5: { bold: true },
  h6: { bold: true },
  th: { bold: true },
  i: { italic: true },
  em: { italic: true },
  u: { underlined: true },
}
const paragraphs = new Set(
  'p div section article header footer blockquote table tbody thead tr h1 h2 h3 h4 h5 h6 hr pre ul ol li dl dt dd'.split(
    ' ',
  ),
)
const others = ['a', 'br', 'span', 'font', 'small', 'sub', 'sup', 'td', 'img', 'b', 'strong', 'i', 'em', 'u', 'th']
/** Nothing in them was written for readers. */
const silent = new Set(['script', 'style', 'head', 'title', 'template', 'noscript', 'iframe', 'object'])

/** A text with one of these was written as HTML. */
const markup = new RegExp(`</?(?:${[...paragraphs, ...others].join('|')})(?:\\s[^<>]*)?/?>`, 'i')
/** Other addresses are printed as text and lead nowhere. */
const address = /^(?:https?:\/\/|mailto:|tel:)/i
const BULLET = '•'

/**
 * The paragraphs of a text that staff wrote, as plain text or as simple HTML: paragraphs, line breaks, headings, lists, bold,
 * italic and underlined words, links. A link is followed by its address, for paper has nothing to click on. Of other
 * elements the text remains; scripts and styles are dropped. A text without elements keeps its lines and blanks; entities
 * are letters in both.
 */
export function readRichText(text: string): PaperParagraph[] {
  const isPlain = !markup.test(text)
  const writer = new Writer(isPlain)
  const parser = new Parser({
    onopentag: (name, attributes) => writer.open(name, attributes),
    onclosetag: (name) => writer.close(name),
    ontext: (piece) => writer.write(piece),
  })
  parser.end(isPlain ? text.replaceAll('<', '&lt;') : text)
  return writer.end()
}

interface List {
  /** Number of the next item; undefined: with bullets. */
  next: number | undefined
}

/** Collects paragraphs while a text is read. It keeps what is open in lists, so that no depth of elements is too much. */
class Writer {
  readonly #done: PaperParagraph[] = []
  readonly #styles: { readonly name: string; readonly style: Style }[] = []
  readonly #lists: List[] = []
  readonly #links: { readonly href: string; text: string }[] = []
  #runs: PaperRun[] = []
  #mark: string | undefined
  #silent = 0
  #preformatted: number

  /** Plain text keeps its lines and blanks. */
  constructor(isPlain: boolean) {
    this.#preformatted = isPlain ? 1 : 0
  }

  open(name: string, { href = '', alt = '', start = '' }: Readonly<Record<string, string>>) {
    if (silent.has(name)) this.#silent += 1
    if (paragraphs.has(name)) this.#break()
    if (name === 'br') this.#add('\n')
    if (name === 'pre') this.#preformatted += 1
    if (name === 'img') this.write(alt)
    if (name === 'td' || name === 'th') this.#separate()
    if (name === 'ul' || name === 'ol') this.#lists.push({ next: name === 'ol' ? readStart(start) : undefined })
    if (name === 'li') this.#mark = this.#countItem()
    if (name === 'a') this.#links.push({ href: href.trim(), text: '' })
    const style = styles[name] ?? (name === 'a' && address.test(href.trim()) ? { link: href.trim() } : undefined)
    if (style) this.#styles.push({ name, style })
  }

  close(name: string) {
    if (silent.has(name)) this.#silent = Math.max(0, this.#silent - 1)
    if (name === 'pre') this.#preformatted -= 1
    if (name === 'a') this.#closeLink()
    if (paragraphs.has(name)) this.#break()
    if (name === 'ul' || name === 'ol') this.#lists.pop()
    const at = this.#styles.findLastIndex((each) => each.name === name)
    if (at >= 0) this.#styles.splice(at, 1)
  }

  write(piece: string) {
    if (this.#silent > 0) return
    const text = this.#preformatted > 0 ? piece : piece.replaceAll(/[ \t\r\n\f]+/g, ' ')
    const link = this.#links.at(-1)
    if (link) link.text += text
    const isFirst = this.#runs.length === 0 || this.#runs.at(-1)?.text.endsWith('\n')
    this.#add(isFirst && this.#preformatted === 0 ? text.replace(/^ +/, '') : text)
  }

  end(): PaperParagraph[] {
    this.#break()
    return this.#done
  }

  #add(text: string) {
    if (text === '' || this.#silent > 0) return
    this.#runs.push(Object.assign({ text }, ...this.#styles.map(({ style }) => style)))
  }

  #separate() {
    if (this.#runs.length > 0) this.#add('  ')
  }

  #countItem(): string {
    const list = this.#lists.at(-1)
    if (list?.next === undefined) return BULLET
    list.next += 1
    return `${list.next - 1}.`
  }

  /** What a link says is often not where it leads. */
  #closeLink() {
    const link = this.#links.pop()
    if (!link || !address.test(link.href)) return
    const shown = link.href.replace(/^(?:mailto:|tel:)/i, '')
    if (link.text.trim() !== '' && link.text.trim() !== shown) this.#add(` (${shown})`)
    else if (link.text.trim() === '') this.#add(shown)
  }

  #break() {
    const runs = trim(this.#runs)
    this.#runs = []
    if (runs.length === 0) return
    const mark = this.#mark
    this.#mark = undefined
    this.#done.push({ runs, indent: this.#lists.length, ...defined({ mark }) })
  }
}

const readStart = (start: string) => (/^\d{1,6}$/.test(start) ? Number(start) : 1)

/** Without blanks at the end, and without runs that are empty then. */
function trim(runs: readonly PaperRun[]): PaperRun[] {
  const last = runs.findLastIndex(({ text }) => text.trim() !== '')
  return runs.slice(0, last + 1).map((run, at) => (at === last ? { ...run, text: run.text.trimEnd() } : run))
}
