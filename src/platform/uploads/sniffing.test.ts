import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { crc32 } from 'node:zlib'
import { sniffContent } from './sniffing.ts'

let folder: string
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'palestra-sniffing-'))
})
after(() => rm(folder, { recursive: true }))

async function sniffAll(bytes: Buffer | string) {
  const path = join(folder, 'upload')
  await writeFile(path, bytes)
  return sniffContent(path)
}
const sniff = async (bytes: Buffer | string) => (await sniffAll(bytes))[0]

/** A ZIP of stored entries. */
function makeZip(entries: readonly (readonly [string, string])[]): Buffer {
  const locals: Buffer[] = []
  const central: Buffer[] = []
  let offset = 0
  for (const [name, text] of entries) {
    const [path, data] = [Buffer.from(name), Buffer.from(text)]
    const shared = Buffer.alloc(26)
    shared.writeUInt16LE(20, 0)
    shared.writeUInt32LE(crc32(data), 10)
    shared.writeUInt32LE(data.length, 14)
    shared.writeUInt32LE(data.length, 18)
    shared.writeUInt16LE(path.length, 22)
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), shared, path, data])
    const rest = Buffer.alloc(14)
    rest.writeUInt32LE(offset, 10)
    central.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00'), shared, rest, path]))
    locals.push(local)
    offset += local.length
  }
  const index = Buffer.concat(central)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(entries.length, 4)
  end.writeUInt16LE(entries.length, 6)
  end.writeUInt32LE(index.length, 8)
  end.writeUInt32LE(offset, 12)
  return Buffer.concat([...locals, index, Buffer.from('PK\x05\x06'), end])
}

const office = (kind: string) =>
  makeZip([
    [
      '[Content_Types].xml',
      `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/x.xml" ContentType="application/vnd.openxmlformats-officedocument.${kind}.main+xml"/></Types>`,
    ],
    ['x.xml', '<x/>'],
  ])
const openDocument = (kind: string) =>
  makeZip([
    ['mimetype', `application/vnd.oasis.opendocument.${kind}`],
    ['content.xml', '<x/>'],
  ])
/** The outside of a file of the old Office, with the name of one stream. */
const compound = (stream: string) =>
  Buffer.concat([
    Buffer.from('d0cf11e0a1b11ae1', 'hex'),
    Buffer.alloc(1016),
    Buffer.from(`Root Entry\0${stream}\0`, 'utf16le'),
    Buffer.alloc(512),
  ])

const known: readonly (readonly [string, Buffer | string])[] = [
  ['pdf', '%PDF-1.7\n'],
  ['jpg', Buffer.from('ffd8ffe000104a46494600010101006000600000ffd9', 'hex')],
  ['gif', 'GIF89a\x01\x00\x01\x00\x00\x00\x00;'],
  ['tif', Buffer.from('49492a0008000000000000000000', 'hex')],
  ['docx', office('wordprocessingml.document')],
  ['xlsx', office('spreadsheetml.sheet')],
  ['odt', openDocument('text')],
  ['ods', openDocument('spreadsheet')],
  ['doc', compound('WordDocument')],
  ['xls', compound('Workbook')],
  ['txt', 'Straße;Köln\r\n'],
  ['txt', Buffer.from('Stra\u00dfe', 'latin1')],
  ['txt', Buffer.from('\uFEFFa', 'utf16le')],
]
for (const [n, [type, bytes]] of known.entries()) {
  test(`${n + 1}: ${type} is known by its bytes`, async () => assert.equal(await sniff(bytes), type))
}

test('a text that begins with the signature of another type is text', async () => {
  for (const text of [
    'BM is our town',
    'GIF89a is a format',
    'RIFF of the guitar',
    'ID3 tags',
    'MZ starts programs',
    'PK\r\n',
  ]) {
    assert.equal(await sniff(text), 'txt', text)
  }
})

test('a PDF may have bytes before its header, and is known by its end', async () => {
  const body = '%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n'
  assert.equal(await sniff(`\r\nContent-Type: application/pdf\r\n\r\n${body}`), 'pdf')
  assert.equal(await sniff(Buffer.concat([Buffer.alloc(500), Buffer.from(body)])), 'pdf')
  assert.equal(await sniff(Buffer.concat([Buffer.alloc(500), Buffer.from(body), Buffer.alloc(2000)])), 'pdf')
  assert.deepEqual(await sniffAll(body), ['pdf'], 'a text that is a PDF is nothing else')
  assert.equal(await sniff(Buffer.concat([Buffer.alloc(2000), Buffer.from(body)])), undefined)
})

test('a text that speaks of PDFs is text; with the header of one first it can be either', async () => {
  assert.deepEqual(await sniffAll('A file that begins with %PDF-1.4 is a PDF.'), ['txt'])
  assert.deepEqual(await sniffAll('It begins with %PDF- and ends with %%EOF'), ['txt'])
  assert.deepEqual(await sniffAll('%PDF-1.4 begins a PDF, %%EOF ends it'), ['pdf', 'txt'])
  assert.deepEqual(await sniffAll('\uFEFF%PDF-; 1 0 object'), ['pdf', 'txt'])
  assert.deepEqual(await sniffAll('%PDF-1.4 cut \0 off'), ['pdf'])
})

test('a text that programs read as something else is text as well', async () => {
  assert.deepEqual(await sniffAll('{\\rtf1 hello}'), ['rtf', 'txt'])
  assert.deepEqual(await sniffAll('<?xml version="1.0"?><a/>'), ['xml', 'txt'])
  assert.deepEqual(await sniffAll('%!PS-Adobe-3.0'), ['ps', 'txt'])
})

test('a text of two or four bytes a character is known by its content, with or without the mark of the byte order', async () => {
  const swap = (bytes: Buffer) => Buffer.from(bytes).swap16()
  const texts = [
    'Name;Stadt\r\nMüller;Köln\r\n',
    'a',
    'Привет, мир',
    '会员名册。\n第二行',
    'שלום',
    'Zoë 🏋️',
    '<?xml version="1.0"?><a/>',
  ]
  for (const text of texts) {
    const plain = Buffer.from(text, 'utf16le')
    const marked = Buffer.from(`\uFEFF${text}`, 'utf16le')
    for (const bytes of [plain, swap(plain), marked, swap(marked), Buffer.concat([plain, Buffer.from('\n')])])
      assert.ok((await sniffAll(bytes)).includes('txt'), `${text} ${bytes.toString('hex', 0, 8)}`)
  }
  const units = Array.from('\uFEFFMüller 🏋', (sign) => sign.codePointAt(0) ?? 0)
  const wide = Buffer.alloc(units.length * 4)
  for (const [at, unit] of units.entries()) wide.writeUInt32LE(unit, at * 4)
  assert.equal(await sniff(wide), 'txt')
  assert.equal(await sniff(wide.swap32()), 'txt')
})

test('what is no text in either byte order is none, whatever mark it begins with', async () => {
  const refused = [
    Buffer.from('fffe00000000', 'hex'),
    Buffer.from('fffe0100020003000400', 'hex'),
    Buffer.from('feffd800', 'hex'),
    Buffer.from('Müller\0\u0001', 'utf16le'),
    Buffer.from('Name;City\0\0Miller;Cologne '),
    Buffer.alloc(64),
    Buffer.from('\0'),
  ]
  for (const bytes of refused) assert.deepEqual(await sniffAll(bytes), [], bytes.toString('hex', 0, 12))
})

test('the end mark of old programs, and shifts of alphabets, are part of a text', async () => {
  assert.equal(await sniff('Name;City\r\n\u001a'), 'txt')
  assert.equal(await sniff('\u001b$B2q0w\u001b(B'), 'txt')
  assert.equal(await sniff('Name\u001aCity'), undefined)
})

test('what only looks like a document is something else', async () => {
  assert.equal(await sniff(compound('Something')), 'cfb')
  assert.equal(await sniff(makeZip([['evil.js', 'x']])), 'zip')
  assert.equal(await sniff(office('presentationml.presentation')), 'pptx')
  assert.equal(await sniff(Buffer.from('4d5a90000300000004000000', 'hex')), 'exe')
  assert.equal(await sniff(Buffer.from('text\0with a zero')), undefined)
  assert.equal(await sniff(`${'a'.repeat(200_000)}\u0001`), undefined, 'the end counts as well')
})
