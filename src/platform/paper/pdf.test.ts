import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readPdf } from '../../../test/support/printed.ts'
import { catalogueText, supportedLanguages } from '../errors/localisation.ts'
import type { Paper, PaperBlock } from './paper.ts'
import { PrintFailure, printPdf } from './pdf.ts'

const paper = (blocks: readonly PaperBlock[], change: Partial<Paper> = {}): Paper => ({
  title: 'Title',
  language: 'en',
  createdAt: Temporal.Instant.from('2026-06-15T07:00:00Z'),
  footer: 'Page {page} of {pages}',
  blocks,
  ...change,
})
const text = (...texts: readonly string[]) => texts.map((each) => ({ kind: 'text', text: each }) as const)

const alphabets = [
  'ąćęłńóśźż ĄĆĘŁŃÓŚŹŻ',
  'ğışçöü ĞİŞÇÖÜ',
  'αβγδεζηθικλμνξοπρστυφχψως άέήίόύώ ΑΒΓΔΩ',
  'абвгдеёжзийклмнопрстуфхцчшщъыьэюя АБВГДЁЖЪЭЮЯ іїєґ',
  'ăâîșț ĂÂÎȘȚ őűáéíóú čďěňřšťůž ľĺŕ đćž æøå äöüß éèêëïîôûùçœ ñ ¿¡ ãõ',
]

test('letters of all languages come back as they were written', async () => {
  const words = supportedLanguages.flatMap((tag) => catalogueText('contracttext.paper.specimenNote', tag) ?? [])
  const bytes = await printPdf(paper(text(...alphabets, ...words)))
  const shown = await readPdf(bytes)
  for (const each of [...alphabets, ...words]) assert.ok(shown.includes(each.replaceAll(/\s+/g, ' ')), each)
  assert.equal(bytes.subarray(0, 5).toString(), '%PDF-')
})

test('rows, tables, drawings and the numbers of pages are printed; a blank of French amounts is a blank', async () => {
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0L9 9" stroke="black"></path></svg>'
  const shown = await readPdf(
    await printPdf(
      paper(
        [
          { kind: 'rows', rows: [['Price', '1\u202f234,50\u00a0€']] },
          {
            kind: 'table',
            head: ['On', 'For', 'Amount'],
            lines: Array.from({ length: 50 }, (_, at) => [`${at}`, 'Fee', '1']),
          },
          { kind: 'drawing', svg, caption: 'Mara Weber' },
        ],
        { watermark: 'Specimen' },
      ),
    ),
  )
  for (const part of ['Price 1 234,50 €', 'On For Amount', '49 Fee 1', 'Mara Weber', 'Page 1 of 2', 'Page 2 of 2']) {
    assert.ok(shown.includes(part), part)
  }
})

test('the same paper is the same bytes, whatever else is printed beside it', async () => {
  const [first, other, second] = await Promise.all([
    printPdf(paper(text('One'))),
    printPdf(paper(text('Two'))),
    printPdf(paper(text('One'))),
  ])
  assert.ok(first.equals(second))
  assert.ok(!first.equals(other))
})

test('a paper that cannot be printed is refused without what it says, and the next one is printed', async () => {
  const broken = paper([{ kind: 'drawing', svg: 'Mara Weber, no drawing', caption: '' }])
  await assert.rejects(printPdf(broken), (error: Error) => {
    assert.ok(error instanceof PrintFailure)
    assert.doesNotMatch(`${error.message}${error.stack}`, /Mara/)
    return true
  })
  assert.ok((await printPdf(paper(text('One')))).length > 0)
})

const drawn = (inner: string, attributes = '') => `<svg xmlns="http://www.w3.org/2000/svg" ${attributes}>${inner}</svg>`
const line = '<path d="M0 0L9 9" stroke="black"></path>'

test('any drawing that signers may send is printed', async () => {
  const drawings = [
    drawn(line),
    drawn(line, 'width="100%" height="auto"'),
    drawn(line, 'viewBox="0 0 0 0" width="-1" height="0"'),
    drawn(line, 'viewBox="a b c d"'),
    drawn(`<svg width="0" height="x">${line}</svg><g transform="rotate(x">${line}</g>`, 'viewBox="0 0 9 9"'),
    drawn('<path d="no path"></path><polyline points="1,2 3"></polyline><circle cx="x" cy="1" r="-1"></circle>'),
    drawn('<path d="M0 0L9 9" stroke="nothing" stroke-dasharray="-1 0" stroke-width="x" opacity="9"></path>'),
    drawn(line.repeat(2000), 'width="1e9" height="1e9"'),
  ]
  for (const svg of drawings) {
    const shown = await readPdf(await printPdf(paper([{ kind: 'drawing', svg, caption: 'Mara Weber' }])))
    assert.match(shown, /Mara Weber/, svg.slice(0, 200))
  }
})

test('letters that the font lacks do not keep a paper from being printed', async () => {
  assert.match(await readPdf(await printPdf(paper(text('漢字 العربية 👩‍👩‍👧', 'Mara')))), /Mara/)
})
