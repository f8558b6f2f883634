import { crc32, deflateSync } from 'node:zlib'

/** A chunk of a PNG as it lies in the file. */
export function pngChunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const frame = Buffer.alloc(8)
  frame.writeUInt32BE(data.length, 0)
  frame.writeUInt32BE(crc32(named), 4)
  return Buffer.concat([frame.subarray(0, 4), named, frame.subarray(4)])
}

const SIGNATURE_AND_HEADER = 8 + 25
const BALLAST_BYTES = 20 * 1024 * 1024
const packed = deflateSync(Buffer.alloc(BALLAST_BYTES), { level: 9 })
const text = (head: string) => Buffer.concat([Buffer.from(head, 'latin1'), packed])

/** What no picture needs, small in the file, 20 MB unpacked. */
const ballast = [
  pngChunk('zTXt', text('Comment\0\0')),
  pngChunk('iTXt', text('Comment\0\x01\0\0\0')),
  pngChunk('iCCP', text('profile\0\0')),
]

/** The picture with `count` chunks of ballast behind its header. */
export function withBallast(png: Buffer, count: number): Buffer {
  const chunks = Array.from({ length: count }, (_, at) => ballast[at % ballast.length] as Buffer)
  return Buffer.concat([png.subarray(0, SIGNATURE_AND_HEADER), ...chunks, png.subarray(SIGNATURE_AND_HEADER)])
}

/** The picture with other dimensions in its header than it has. */
export function withSize(png: Buffer, width: number, height: number): Buffer {
  const header = Buffer.from(png.subarray(16, 29))
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  return Buffer.concat([png.subarray(0, 8), pngChunk('IHDR', header), png.subarray(SIGNATURE_AND_HEADER)])
}

/** A segment of a JPEG: `marker` is its second byte. */
export function jpegSegment(marker: number, data: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0])
  head.writeUInt16BE(data.length + 2, 2)
  return Buffer.concat([head, data])
}

/** The JPEG with segments behind its first two bytes. */
export const withSegments = (jpeg: Buffer, segments: readonly Buffer[]) =>
  Buffer.concat([jpeg.subarray(0, 2), ...segments, jpeg.subarray(2)])
