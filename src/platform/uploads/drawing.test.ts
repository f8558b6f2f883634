import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readDrawing } from './drawing.ts'

const encode = (svg: string) => Buffer.from(svg).toString('base64')
const clean = (svg: string) => readDrawing(encode(svg), 'signature').toString()
const refused = (svg: string) =>
  assert.throws(() => clean(svg), { code: 'errormessage.signature.invalid', details: { reference: 'signature' } })

test('shapes of a drawing stay, with how they are drawn', () => {
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><g><path d="M0 0L9 9" stroke="black"></path></g></svg>'
  assert.equal(clean(svg), svg)
  assert.equal(readDrawing(`data:image/svg+xml;base64,${encode(svg)}`, 'signature').toString(), svg)
})

test('what runs or loads something is taken out', () => {
  const hostile =
    '<svg onload="alert(1)"><script>alert(1)</script><image href="https://a.example/x.png"/>' +
    '<a href="javascript:alert(1)"><path d="M1 1"/></a><style>*{}</style><foreignObject><p>x</p></foreignObject>' +
    '<path d="M0 0L1 1" onclick="x()" fill="url(#a)" style="x" xlink:href="#b"/></svg>'
  assert.equal(clean(hostile), '<svg><path d="M0 0L1 1"></path></svg>')
})

test('comments go, and what stands between them stays', () => {
  const path = '<path d="M0 0"></path>'
  assert.equal(clean(`<svg><!-- a -->${path}<!-- <!ENTITY --></svg>`), `<svg>${path}</svg>`)
})

test('a drawing that is nested deeper than any hand draws is refused', () => {
  const nested = (depth: number) => `<svg>${'<g>'.repeat(depth)}<path d="M0 0"/>${'</g>'.repeat(depth)}</svg>`
  assert.match(clean(nested(50)), /M0 0/)
  for (const depth of [1000, 25_000]) refused(nested(depth))
})

test('what is no drawing is refused', () => {
  refused('<svg></svg>')
  refused('<svg><title>Max</title></svg>')
  refused('<html><path d="M0 0"/></html>')
  refused('<!DOCTYPE svg [<!ENTITY a "b">]><svg><path d="M0 0"/></svg>')
  refused('<svg><path d="M0 0"></svg>')
  refused(`<svg><path d="${'M0 0'.repeat(60_000)}"/></svg>`)
  refused('<svg><path d="M0 0"/><!-- no end</svg>')
  assert.throws(() => readDrawing('no base64!', 'signature'), { code: 'errormessage.signature.invalid' })
})
