import fc from 'fast-check'
import type { FilePart } from '../../../src/platform/api/operation.ts'
import { makeForm, tinyPdf, tinyPng } from '../multipart.ts'

const fileContents = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(tinyPng, tinyPdf) },
  { weight: 1, arbitrary: fc.constantFrom(Buffer.alloc(0), Buffer.from('a;b\r\n'), tinyPng.subarray(0, 40)) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)) },
)
const fileNames = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('photo.png', 'scan.PDF') },
  { weight: 1, arbitrary: fc.constantFrom('', '../../x.pdf', 'x', '\u202egpj.exe', `${'ü'.repeat(300)}.pdf`, 'a.csv') },
)

/** Uploads: whole, with parts missing, twice or unknown, and cut off. */
export function makeForms({ name }: FilePart, body: fc.Arbitrary<unknown> | undefined) {
  const names = fc.oneof({ weight: 6, arbitrary: fc.constant(name) }, { weight: 1, arbitrary: fc.constant('other') })
  const part = fc.record({ name: names, content: fileContents, fileName: fileNames })
  const parts = fc.oneof(
    { weight: 6, arbitrary: part.map((one) => [one]) },
    { weight: 1, arbitrary: fc.array(part, { maxLength: 5 }) },
  )
  return fc.tuple(parts, fc.nat(30), body ?? fc.constant(undefined)).map(([all, cut, data]) => {
    const more = data === undefined ? [] : [{ name: 'data', content: JSON.stringify(data) }]
    const { headers, payload } = makeForm([...all, ...more])
    return { headers, payload: cut > 0 ? payload : payload.subarray(0, payload.length >> 1) }
  })
}
