import { inflateSync } from 'node:zlib'
import type { Frame } from './frame-rules.ts'

const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex')
/** Length, type and check sum around the content of a chunk. */
const CHUNK_FRAME_BYTES = 12
const IHDR_BYTES = 13
/** Profiles of cameras and screens have some hundred kilobytes at most. */
const LARGEST_PROFILE_BYTES = 4 * 1024 * 1024
const LARGEST_EXIF_BYTES = 64 * 1024

/** What a picture consists of; texts, times, thumbnails, further frames and whatever else there is does not belong to it. */
const pictureChunks = new Set(['IHDR', 'PLTE', 'IDAT', 'IEND', 'tRNS', 'gAMA', 'cHRM', 'sRGB', 'sBIT', 'iCCP', 'eXIf'])
const manyTimes = new Set(['IDAT'])

interface Chunk {
  readonly type: string
  readonly data: Buffer
  readonly whole: Buffer
}

/**
 * A PNG without everything that is not picture, and its size by its header. Undefined when the bytes are no sequence of
 * chunks that begins with a header. Nothing is unpacked but one colour profile, and that up to 4 MB.
 */
export function readPngFrame(bytes: Buffer): Frame | undefined {
  if (!bytes.subarray(0, SIGNATURE.length).equals(SIGNATURE)) return undefined
  const seen = new Set<string>()
  const kept: Buffer[] = [SIGNATURE]
  let size: { readonly width: number; readonly height: number } | undefined
  for (const chunk of listChunks(bytes)) {
    if (size === undefined) {
      size = readHeader(chunk)
      if (size === undefined) return undefined
    }
    const { type, whole } = chunk
    const isFurther = seen.has(type) && !manyTimes.has(type)
    if (!pictureChunks.has(type) || isFurther || isOversized(chunk)) continue
    seen.add(type)
    kept.push(whole)
  }
  return size && { ...size, scans: 1, hasEnd: true, bytes: Buffer.concat(kept) }
}

function* listChunks(bytes: Buffer): Generator<Chunk> {
  for (let at = SIGNATURE.length; at + CHUNK_FRAME_BYTES <= bytes.length; ) {
    const end = at + CHUNK_FRAME_BYTES + bytes.readUInt32BE(at)
    const type = bytes.toString('latin1', at + 4, at + 8)
    // A chunk that is cut off stays, so that the decoder finds the picture torn.
    yield { type, data: bytes.subarray(at + 8, end - 4), whole: bytes.subarray(at, end) }
    if (type === 'IEND') return
    at = end
  }
}

function readHeader({ type, data }: Chunk) {
  if (type !== 'IHDR' || data.length !== IHDR_BYTES) return undefined
  return { width: data.readUInt32BE(0), height: data.readUInt32BE(4) }
}

function isOversized({ type, data }: Chunk): boolean {
  if (type === 'eXIf') return data.length > LARGEST_EXIF_BYTES
  return type === 'iCCP' && !isSmallProfile(data)
}

/** A profile is a name, a zero, the method of packing, and the packed profile. */
function isSmallProfile(data: Buffer): boolean {
  try {
    inflateSync(data.subarray(data.indexOf(0) + 2), { maxOutputLength: LARGEST_PROFILE_BYTES })
    return true
  } catch {
    return false
  }
}
