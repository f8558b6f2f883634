import assert from 'node:assert/strict'
import { test } from 'node:test'
import { deflateSync } from 'node:zlib'
import sharp from 'sharp'
import { tinyPng } from '../../../test/support/multipart.ts'
import { jpegSegment, pngChunk, withBallast, withSegments, withSize } from '../../../test/support/pictures.ts'
import { judgeFrame } from './frame-rules.ts'
import { readJpegFrame } from './jpeg-frame.ts'
import { readPngFrame } from './png-frame.ts'

const behindHeader = 33
const insert = (chunk: Buffer) =>
  Buffer.concat([tinyPng.subarray(0, behindHeader), chunk, tinyPng.subarray(behindHeader)])

test('of a PNG nothing stays that is not picture, however much of it there is', () => {
  const frame = readPngFrame(withBallast(tinyPng, 60))
  assert.deepEqual([frame?.width, frame?.height], [1, 1])
  assert.ok((frame?.bytes.length ?? 0) < tinyPng.length, 'the density in pixels is no picture either')
  assert.deepEqual(frame?.bytes, readPngFrame(tinyPng)?.bytes)
})

test('colours and turning of a PNG stay, once each and in a size that cameras write', () => {
  const profile = (bytes: number) => Buffer.concat([Buffer.from('P3\0\0'), deflateSync(Buffer.alloc(bytes))])
  for (const chunk of [pngChunk('iCCP', profile(500_000)), pngChunk('eXIf', Buffer.alloc(100))]) {
    assert.ok(readPngFrame(insert(chunk))?.bytes.includes(chunk))
    assert.equal(
      readPngFrame(insert(Buffer.concat([chunk, chunk])))?.bytes.length,
      readPngFrame(insert(chunk))?.bytes.length,
    )
  }
  for (const chunk of [pngChunk('iCCP', profile(5_000_000)), pngChunk('eXIf', Buffer.alloc(70_000))]) {
    assert.ok(!readPngFrame(insert(chunk))?.bytes.includes(chunk))
  }
})

test('a PNG without a header is none', () => {
  assert.equal(readPngFrame(tinyPng.subarray(0, 8)), undefined)
  assert.equal(readPngFrame(Buffer.concat([tinyPng.subarray(0, 8), tinyPng.subarray(behindHeader)])), undefined)
  assert.equal(readPngFrame(Buffer.from('GIF89a')), undefined)
})

test('of a JPEG stay the picture, its turning and its colours; segments of programs and comments go', async () => {
  const jpeg = await sharp({ create: { width: 40, height: 30, channels: 3, background: 'red' } })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer()
  const plain = readJpegFrame(jpeg)
  assert.deepEqual([plain?.width, plain?.height, plain?.scans], [40, 30, 1])
  assert.equal((await sharp(plain?.bytes).metadata()).orientation, 6)
  const ballast = [0xe1, 0xe5, 0xed, 0xfe].map((marker) => jpegSegment(marker, Buffer.alloc(65_000)))
  const many = Array.from({ length: 100 }, (_, at) => ballast[at % ballast.length] as Buffer)
  assert.deepEqual(readJpegFrame(withSegments(jpeg, many))?.bytes, plain?.bytes)
  const profile = jpegSegment(0xe2, Buffer.concat([Buffer.from('ICC_PROFILE\0'), Buffer.alloc(60_000)]))
  const kept =
    readJpegFrame(
      withSegments(
        jpeg,
        Array.from({ length: 200 }, () => profile),
      ),
    )?.bytes.length ?? 0
  assert.ok(kept > 4_000_000 && kept < 4_300_000, 'a profile has 4 MB at most')
})

test('a JPEG says how many scans it has', async () => {
  const progressive = await sharp(tinyPng).resize(64, 64).jpeg({ progressive: true }).toBuffer()
  const scans = readJpegFrame(progressive)?.scans ?? 0
  assert.ok(scans > 5 && scans < 20, String(scans))
  const scan = progressive.subarray(progressive.indexOf(Buffer.from('ffda', 'hex')), -2)
  const again = Buffer.concat([progressive.subarray(0, -2), scan, scan, progressive.subarray(-2)])
  assert.equal(readJpegFrame(again)?.scans, scans * 3)
})

test('a JPEG without a header is none', () => {
  for (const bytes of ['ffd8ffd9', 'ffd8', 'ffd8ffda0002', 'ffd8ffffff', '89504e47'])
    assert.equal(readJpegFrame(Buffer.from(bytes, 'hex')), undefined, bytes)
})

test('a picture is decoded when header, pixels and scans stay within their limits', () => {
  const judge = (width: number, height: number, scans = 1) => judgeFrame({ width, height, scans })
  assert.equal(judge(10_000, 5000), 'ALLOWED')
  assert.equal(judge(10_000, 5001), 'TOO_MANY_PIXELS')
  assert.equal(judge(10_000, 5000, 20), 'ALLOWED')
  assert.equal(judge(10_000, 5000, 21), 'INVALID')
  assert.equal(judge(10, 10, 100), 'ALLOWED')
  assert.equal(judge(10, 10, 101), 'INVALID')
  assert.equal(judge(0, 10), 'INVALID')
  const claimed = readPngFrame(withSize(tinyPng, 100_000, 100_000))
  assert.equal(claimed && judgeFrame(claimed), 'TOO_MANY_PIXELS')
})
