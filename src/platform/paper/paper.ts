/** A document to be printed, as plain data: the same data makes the same bytes. */
export interface Paper {
  readonly title: string
  /** BCP 47 tag, for programs that read the document aloud. */
  readonly language: string
  readonly createdAt: Temporal.Instant
  /** Stands across each page, where the document must not be taken for a real one. */
  readonly watermark?: string
  /** Stands below each page, with `{page}` and `{pages}`. */
  readonly footer: string
  readonly blocks: readonly PaperBlock[]
}

export type PaperBlock =
  | { readonly kind: 'heading' | 'text' | 'note'; readonly text: string }
  /** What staff wrote, with its paragraphs. */
  | { readonly kind: 'prose'; readonly paragraphs: readonly PaperParagraph[] }
  /** Labels and values side by side. */
  | { readonly kind: 'rows'; readonly rows: readonly PaperRow[] }
  /** Columns with a line of headings; the last column holds amounts. */
  | { readonly kind: 'table'; readonly head: readonly string[]; readonly lines: readonly (readonly string[])[] }
  /** A drawn signature, as a clean SVG, above its caption. */
  | { readonly kind: 'drawing'; readonly svg: string; readonly caption: string }

/** Words of one kind within a paragraph. */
export interface PaperRun {
  readonly text: string
  readonly bold?: boolean
  readonly italic?: boolean
  readonly underlined?: boolean
  /** Where a click on it leads: http, https, mailto or tel. */
  readonly link?: string
}

/** Runs one after the other; those of a list stand `indent` steps to the right, behind their mark. */
export interface PaperParagraph {
  readonly runs: readonly PaperRun[]
  readonly indent: number
  readonly mark?: string
}

export type PaperRow = readonly [label: string, value: string]
