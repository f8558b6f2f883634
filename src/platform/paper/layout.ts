import { legacyDate } from '../time/clock.ts'
import { defined } from '../values/defined.ts'
import { frameDrawing } from './drawings.ts'
import type { Paper, PaperBlock, PaperParagraph, PaperRun } from './paper.ts'

/** Raised with each change of what a paper looks like: specimens are printed anew. */
export const paperForm = 2

/** A part of a definition of the library. */
type Content = Readonly<Record<string, unknown>>

interface NodesOnPages {
  getFollowingNodesOnPage(): readonly unknown[]
}

const FONT_SIZE = 10
const DRAWING = { width: 180, height: 70 }
/** A step of a list; wider ones do not go beyond the middle of the page. */
const INDENT = 16
const FURTHEST = 240
/** The font has no glyph for the narrow blank with which some languages group digits. */
const NARROW_BLANK = /\u202f/g

/** A paper of A4 as the library wants it. */
export function layOut({ title, language, createdAt, watermark, footer, blocks }: Paper): Content {
  return {
    pageSize: 'A4',
    pageMargins: [56, 56, 56, 64],
    language,
    // Without its own moments the library stamps the present one on each printing.
    info: { title: write(title), creationDate: legacyDate(createdAt), producer: 'Palestra' },
    defaultStyle: { font: 'Roboto', fontSize: FONT_SIZE, lineHeight: 1.25 },
    footer: (page: number, pages: number) => ({
      text: write(footer.replace('{page}', String(page)).replace('{pages}', String(pages))),
      alignment: 'right',
      fontSize: 8,
      margin: [56, 16, 56, 0],
    }),
    // No heading is the last line of its page.
    pageBreakBefore: ({ headlineLevel }: { readonly headlineLevel?: number }, nodes: NodesOnPages) =>
      headlineLevel === 1 && nodes.getFollowingNodesOnPage().length === 0,
    ...(watermark === undefined ? {} : { watermark: { text: write(watermark), opacity: 0.12 } }),
    content: [{ text: write(title), fontSize: 18, bold: true, margin: [0, 0, 0, 12] }, ...blocks.map(layOutBlock)],
  }
}

function layOutBlock(block: PaperBlock): Content {
  switch (block.kind) {
    case 'heading':
      return { text: write(block.text), fontSize: 12, bold: true, margin: [0, 12, 0, 4], headlineLevel: 1 }
    case 'text':
      return { text: write(block.text), margin: [0, 0, 0, 6] }
    case 'note':
      return { text: write(block.text), fontSize: 8, color: '#444444', margin: [0, 0, 0, 6] }
    case 'prose':
      return { stack: block.paragraphs.map(layOutParagraph) }
    case 'rows':
      return {
        table: { widths: [170, '*'], body: block.rows.map((row) => row.map(write)) },
        layout: 'noBorders',
      }
    case 'table':
      return layOutTable(block)
    case 'drawing':
      return layOutDrawing(block)
  }
}

function layOutParagraph({ runs, indent, mark }: PaperParagraph): Content {
  const text = runs.map(layOutRun)
  const below = mark === undefined ? 6 : 2
  const right = mark === undefined ? INDENT * indent : INDENT * (indent - 1)
  const margin = [Math.min(right, FURTHEST), 0, 0, below]
  return mark === undefined ? { text, margin } : { columns: [{ text: write(mark), width: INDENT }, { text }], margin }
}

function layOutRun({ text, bold, italic, underlined, link }: PaperRun): Content {
  return {
    text: write(text),
    ...(bold ? { bold } : {}),
    ...(italic ? { italics: true } : {}),
    ...(underlined || link !== undefined ? { decoration: 'underline' } : {}),
    ...defined({ link }),
  }
}

function layOutTable({ head, lines }: Extract<PaperBlock, { kind: 'table' }>): Content {
  const last = head.length - 1
  const cells = (texts: readonly string[], bold: boolean) =>
    texts.map((text, at) => ({ text: write(text), bold, alignment: at === last ? 'right' : 'left' }))
  return {
    table: {
      headerRows: 1,
      keepWithHeaderRows: 1,
      dontBreakRows: true,
      widths: head.map((_text, at) => (at === 1 ? '*' : 'auto')),
      body: [cells(head, true), ...lines.map((line) => cells(line, false))],
    },
    layout: 'lightHorizontalLines',
    margin: [0, 0, 0, 6],
  }
}

function layOutDrawing({ svg, caption }: Extract<PaperBlock, { kind: 'drawing' }>): Content {
  return {
    unbreakable: true,
    stack: [
      { svg: frameDrawing(svg), fit: [DRAWING.width, DRAWING.height] },
      { canvas: [{ type: 'line', x1: 0, y1: 2, x2: DRAWING.width, y2: 2, lineWidth: 0.5 }] },
      { text: write(caption), fontSize: 8 },
    ],
    margin: [0, 8, 0, 8],
  }
}

const write = (text: string) => text.replaceAll(NARROW_BLANK, '\u00a0')
