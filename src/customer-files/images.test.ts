import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, beforeEach, test } from 'node:test'
import sharp, { type Sharp } from 'sharp'
import { findHeicDecoder } from '../platform/uploads/heic.ts'
import { type TestPart, tinyPdf, tinyPng } from '../../test/support/multipart.ts'
import { jpegSegment, withBallast, withSegments } from '../../test/support/pictures.ts'
import {
  readCode,
  grey,
  openUploads,
  type PersonWithFiles,
  picture,
  refused,
  type Uploads,
} from '../../test/support/scenes/upload-scene.ts'

let scene: Uploads
let mara: PersonWithFiles

before(async () => void (scene = await openUploads()))
beforeEach(async () => {
  mara = await scene.addPerson()
})
after(() => scene.close())

const sizes: [string, () => Sharp, [number, number]][] = [
  ['4000×3000', () => grey(4000, 3000), [1200, 900]],
  ['3000×4000', () => grey(3000, 4000), [900, 1200]],
  ['4000×3000 with orientation 6', () => grey(4000, 3000).withMetadata({ orientation: 6 }), [900, 1200]],
  ['640×480', () => grey(640, 480), [640, 480]],
  ['5000×10', () => grey(5000, 10), [1200, 2]],
  ['5000×1', () => grey(5000, 1), [1200, 1]],
]
for (const [name, make, [width, height]] of sizes) {
  test(`a picture of ${name} becomes ${width}×${height}, a JPEG without metadata`, async () => {
    const kept = await scene.shown(await mara.setImage([picture(await make().toBuffer())]))
    assert.deepEqual([kept.format, kept.width, kept.height, kept.exif], ['jpeg', width, height, undefined])
  })
}

test('what a picture says about its location and its author does not stay', async () => {
  const colours = await grey(300, 200)
    .withExif({ IFD0: { Copyright: 'Mara' }, IFD3: { GPSLatitude: '52/1 31/1 0/1' } })
    .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/"/>')
    .toBuffer()
  assert.ok((await sharp(colours).metadata()).exif, 'the control carries it')
  const kept = await scene.shown(await mara.setImage([picture(colours)]))
  assert.deepEqual([kept.exif, kept.xmp, kept.icc, kept.space], [undefined, undefined, undefined, 'srgb'])
})

test('what shines through becomes white', async () => {
  const clear = await sharp({ create: { width: 8, height: 8, channels: 4, background: '#00000000' } })
    .png()
    .toBuffer()
  const { body } = await mara.setImage([picture(clear, 'clear.png')])
  const [red, green, blue] = await sharp((await scene.fetchFile(body.imageUrl)).rawPayload)
    .raw()
    .toBuffer()
  assert.deepEqual([red, green, blue], [255, 255, 255])
})

test('pictures are refused in the order: empty, too large, type, extension, pixels, content', async () => {
  const jpeg = await grey(10, 10).toBuffer()
  const svg = '<svg xmlns="http://www.w3.org/2000/svg"/>'
  const large = await sharp({ create: { width: 7101, height: 7101, channels: 3, background: 'white' } })
    .png()
    .toBuffer()
  const cases: [TestPart, string][] = [
    [picture('', 'x.exe'), 'upload.empty'],
    [picture(Buffer.alloc(10 * 1024 * 1024 + 1), 'x.exe'), 'upload.fileTooLarge'],
    [picture(Buffer.alloc(10 * 1024 * 1024), 'x.jpg'), 'upload.typeNotSupported'],
    [picture(tinyPdf, 'x.jpg'), 'upload.typeNotSupported'],
    [picture(svg, 'x.svg'), 'upload.typeNotSupported'],
    [picture(jpeg, 'x.png'), 'upload.extensionMismatch'],
    [picture(jpeg, 'x'), 'upload.extensionMismatch'],
    [{ name: 'image', content: jpeg }, 'upload.extensionMismatch'],
    [picture(large, 'x.jpg'), 'upload.extensionMismatch'],
    [picture(large, 'x.png'), 'upload.tooManyPixels'],
    [picture(jpeg.subarray(0, 200), 'x.jpeg'), 'upload.imageInvalid'],
  ]
  for (const [part, code] of cases) {
    assert.deepEqual(readCode(await mara.setImage([part])), refused(code), part.fileName ?? '')
  }
  assert.deepEqual(await mara.files('customerImage'), [])
  assert.deepEqual(await mara.events(), [])
})

test('texts and profiles of 20 MB each inside a small PNG are not unpacked: the picture is kept', async () => {
  const { status, body } = await mara.setImage([picture(withBallast(tinyPng, 20), 'x.png')])
  assert.equal(status, 200, body?.errorCode)
})

test('a picture that makes decoders warn is kept, like every other that viewers open; a torn one is refused', async () => {
  const jpeg = await grey(64, 64).toBuffer()
  const noise = await sharp(randomBytes(64 * 64 * 3), { raw: { width: 64, height: 64, channels: 3 } })
    .jpeg()
    .toBuffer()
  const end = jpeg.length - 2
  const stray = Buffer.concat([
    jpeg.subarray(0, end),
    Buffer.from('000102'),
    jpeg.subarray(end),
    Buffer.from('trailer'),
  ])
  const endless = jpeg.subarray(0, end)
  const odd = withSegments(jpeg, [jpegSegment(0xe1, Buffer.from('Exif\0\0broken')), Buffer.from('00ff', 'hex')])
  for (const content of [stray, endless, odd]) assert.equal((await mara.setImage([picture(content)])).status, 200)
  for (const torn of [jpeg.subarray(0, jpeg.length / 2), noise.subarray(0, noise.length - 300)]) {
    assert.deepEqual(readCode(await mara.setImage([picture(torn)])), refused('upload.imageInvalid'))
  }
})

test('a JPEG may be called as browsers and mail programs call it', async () => {
  for (const name of ['x.jfif', 'x.JPE', 'x.pjpeg']) {
    assert.equal((await mara.setImage([picture(await grey(8, 8).toBuffer(), name)])).status, 200, name)
  }
})

test('a refusal never says that a type is not supported which it lists as allowed', async () => {
  const { body } = await mara.setImage([picture(Buffer.alloc(64), 'x.png')])
  assert.deepEqual([body.errorCode, body.args[0]], ['errormessage.upload.typeNotSupported', '?'])
})

const decoder = findHeicDecoder()

test('HEIC is a type of its own, refused where nothing can decode it', { skip: decoder !== undefined }, async () => {
  const heic = Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypheic\0\0\0\0mif1heic'), Buffer.alloc(64)])
  const { body } = await mara.setImage([picture(heic, 'x.heic')])
  assert.equal(body.errorCode, 'errormessage.upload.typeNotSupported')
  assert.deepEqual(body.args.slice(0, 1), ['heic'])
})

const withDecoder = { skip: decoder === undefined && '`npm install --no-save heic-decode` installs the decoder' }

test(
  'a picture in HEIC, taken upright, is kept upright as JPEG where its decoder is installed',
  withDecoder,
  async () => {
    const turned = await readFile(join(import.meta.dirname, '../../test/support/samples/turned.heic'))
    const { body } = await mara.setImage([picture(turned, 'IMG_0001.HEIC')])
    const { data, info } = await sharp((await scene.fetchFile(body.imageUrl)).rawPayload)
      .raw()
      .toBuffer({ resolveWithObject: true })
    assert.deepEqual([info.width, info.height], [240, 320])
    const pixel = (at: number) => [...data.subarray(at, at + 3)].map((part) => Math.round(part / 255))
    assert.deepEqual(pixel(0), [1, 0, 0], 'red was on the left before it was turned')
    assert.deepEqual(pixel(data.length - 3), [0, 0, 1], 'blue was on the right')
  },
)

test('what only looks like HEIC is refused where its decoder is installed', withDecoder, async () => {
  const turned = await readFile(join(import.meta.dirname, '../../test/support/samples/turned.heic'))
  const torn = turned.subarray(0, turned.length - 200)
  assert.deepEqual(readCode(await mara.setImage([picture(torn, 'x.heic')])), refused('upload.imageInvalid'))
  assert.deepEqual(readCode(await mara.setImage([picture(turned, 'x.jpg')])), refused('upload.extensionMismatch'))
})
