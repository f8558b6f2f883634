import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { readPdf } from '../../../test/support/printed.ts'
import { printPdf } from './pdf.ts'
import { readRichText } from './rich-text.ts'

/** `• *bold* /italic/ _underlined_ [link]`, two blanks for each level of a list. */
const show = (text: string) =>
  readRichText(text).map(({ runs, indent, mark }) => {
    const words = runs.map(({ text: piece, bold, italic, underlined, link }) => {
      const [a, b, c] = [bold ? '*' : '', italic ? '/' : '', underlined ? '_' : '']
      return `${a}${b}${c}${link ? `[${piece}]` : piece}${c}${b}${a}`
    })
    return `${'  '.repeat(indent)}${mark ? `${mark} ` : ''}${words.join('')}`
  })

const shown: readonly (readonly [what: string, text: string, paragraphs: readonly string[]])[] = [
  [
    'a text without elements stands as it is',
    'Under 18 < 21 & more\n\n  R&D; <one> of us: 1<2>1',
    ['Under 18 < 21 & more\n\n  R&D; <one> of us: 1<2>1'],
  ],
  ['paragraphs and line breaks', '<p>One<br>two<br/>three</p>\n<p> Four\n five </p>', ['One\ntwo\nthree', 'Four five']],
  ['words of all weights', 'a <b>b</b> <i>i</i> <strong><em>s</em></strong> <u>u</u>', ['a *b* /i/ */s/* _u_']],
  ['headings', '<h2>Terms</h2>As agreed.', ['*Terms*', 'As agreed.']],
  [
    'lists, also in lists',
    '<ul><li>a<li>b<ol start="3"><li>c</li><li>d</li></ol></li></ul>e',
    ['  • a', '  • b', '    3. c', '    4. d', 'e'],
  ],
  [
    'links with their address',
    'See <a href="https://studio.example/terms">the terms</a>.',
    ['See [the terms][ (https://studio.example/terms)].'],
  ],
  ['a link that says its address', '<a href="mailto:a@b.example">a@b.example</a>', ['[a@b.example]']],
  ['addresses of other kinds lead nowhere', '<a href="javascript:alert(1)">here</a>', ['here']],
  ['entities', 'M&uuml;ller &amp; S&#246;hne&nbsp;&lt;b&gt; &euro;&#x2013;', ['Müller & Söhne\u00a0<b> €–']],
  ['entities in a text without elements', 'M&uuml;ller &amp; Co\n <9', ['Müller & Co\n <9']],
  ['unknown entities stand as they are', '<p>&nonsense; &</p>', ['&nonsense; &']],
  ['scripts, styles and comments are dropped', '<style>p{}</style><p>a<script>b("</p>")</script><!-- c --></p>', ['a']],
  ['of other elements the text remains', '<p><custom x="1">a</custom> <img src="x" alt="Logo"></p>', ['a Logo']],
  ['rows of tables', '<table><tr><th>A</th><td>1</td></tr><tr><td>B</td><td>2</td></tr></table>', ['*A*  1', 'B  2']],
  ['elements that are never closed', '<p><b>a<p>b', ['*a*', '*b*']],
  ['nothing at all', '<p></p>', []],
]

for (const [what, text, paragraphs] of shown) {
  test(`a text of a contract: ${what}`, () => assert.deepEqual(show(text), paragraphs))
}

test('any text is read, and none of what it says is lost', () => {
  const words = fc.stringMatching(/^[a-z]{1,8}$/)
  const tags = fc.constantFrom(
    '<p>',
    '</p>',
    '<b>',
    '</b>',
    '<ul>',
    '<li>',
    '</ul>',
    '<a href="x">',
    '</a>',
    '<',
    '>',
    '&',
  )
  fc.assert(
    fc.property(fc.array(fc.oneof(words, tags), { maxLength: 40 }), (parts) => {
      const said = readRichText(parts.join(' ')).flatMap(({ runs }) => runs.map(({ text }) => text))
      const left = said.join(' ')
      // A "<" that nothing closes may swallow what follows it, as in browsers.
      if (!parts.includes('<'))
        for (const word of parts.filter((part) => /^[a-z]+$/.test(part))) assert.ok(left.includes(word))
    }),
  )
})

test('elements within each other are read as deep as a text may be long', () => {
  const depth = 50_000 / '<div><b>'.length
  assert.deepEqual(show(`${'<div><b>'.repeat(depth)}a`), ['*a*'])
})

test('what was written as HTML is printed as it is meant', async () => {
  const text =
    '<p>The <b>whole</b> <i>truth</i> &amp; nothing <u>else</u><br>next line</p><ol><li>One</li><li>Two</li></ol>' +
    '<p><a href="https://studio.example/terms">Terms</a></p>'
  const bytes = await printPdf({
    title: 'Title',
    language: 'en',
    createdAt: Temporal.Instant.from('2026-06-15T07:00:00Z'),
    footer: '{page}',
    blocks: [{ kind: 'prose', paragraphs: readRichText(text) }],
  })
  const printed = await readPdf(bytes)
  for (const part of [
    'The whole truth & nothing else next line',
    '1. One',
    '2. Two',
    'Terms (https://studio.example/terms)',
  ])
    assert.ok(printed.includes(part), `${part}: ${printed}`)
  assert.doesNotMatch(printed, /<|&amp;/)
})
