import type { Frame } from './frame-rules.ts'

const START = 0xd8
const END = 0xd9
const SCAN = 0xda
const COMMENT = 0xfe
const APP0 = 0xe0
const APP15 = 0xef
/** Frames of every way of coding: C0 to CF without the tables C4, C8 and CC. */
const isFrameHeader = (marker: number) => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
/** Markers without a length: restarts and fillers. */
const standsAlone = (marker: number) => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7)

/** Profiles of cameras and screens have some hundred kilobytes at most; a segment has 64. */
const LARGEST_PROFILE_BYTES = 4 * 1024 * 1024

interface Segment {
  readonly marker: number
  /** Marker, length, content, and the coded picture that follows a scan's header. */
  readonly whole: Buffer
}

/**
 * A JPEG without comments and without the segments of programs, save what says how the picture is turned and coloured;
 * its size by the header, and its number of scans. A missing end marker is added. Undefined when the bytes are no sequence of segments with a header.
 */
export function readJpegFrame(bytes: Buffer): Frame | undefined {
  if (bytes[0] !== 0xff || bytes[1] !== START) return undefined
  const kept: Buffer[] = [bytes.subarray(0, 2)]
  const wanted = wantedSegments()
  let size: { readonly width: number; readonly height: number } | undefined
  let scans = 0
  let hasEnd = false
  for (const { marker, whole } of listSegments(bytes)) {
    if (isFrameHeader(marker) && whole.length >= 9) {
      size ??= { height: whole.readUInt16BE(5), width: whole.readUInt16BE(7) }
    }
    if (marker === SCAN) scans += 1
    if (marker === END) hasEnd = true
    if (wanted(marker, whole)) kept.push(whole)
  }
  if (!hasEnd) kept.push(Buffer.from([0xff, END]))
  return size && { ...size, scans, hasEnd, bytes: Buffer.concat(kept) }
}

/** Whether a segment belongs to the picture; to be asked of one after the other. */
function wantedSegments(): (marker: number, whole: Buffer) => boolean {
  let profileBytes = 0
  const seen = new Set<string>()
  const isFirst = (name: string) => !seen.has(name) && seen.add(name) !== undefined
  return (marker, whole) => {
    if (marker === COMMENT) return false
    if (marker < APP0 || marker > APP15) return true
    const holds = (name: string) => whole.toString('latin1', 4, 4 + name.length) === name
    if (holds('ICC_PROFILE\0')) {
      profileBytes += whole.length
      return profileBytes <= LARGEST_PROFILE_BYTES
    }
    return ['JFIF\0', 'Exif\0\0', 'Adobe'].some((name) => holds(name) && isFirst(name))
  }
}

function* listSegments(bytes: Buffer): Generator<Segment> {
  for (let at = 2; at + 1 < bytes.length; ) {
    const marker = bytes[at + 1] ?? 0
    if (bytes[at] !== 0xff || marker === 0xff) {
      // Between segments viewers skip whatever is no marker.
      at += 1
      continue
    }
    if (marker === END || at + 4 > bytes.length) return yield { marker, whole: bytes.subarray(at, at + 2) }
    if (standsAlone(marker)) {
      at += 2
      continue
    }
    const headEnd = at + 2 + bytes.readUInt16BE(at + 2)
    const end = marker === SCAN ? endOfScan(bytes, headEnd) : headEnd
    yield { marker, whole: bytes.subarray(at, end) }
    at = end
  }
}

/** Coded pixels go on to the next marker; in them FF is followed by a zero or a restart. */
function endOfScan(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at !== -1; at = bytes.indexOf(0xff, at + 1)) {
    const marker = bytes[at + 1]
    if (marker === undefined) break
    if (marker !== 0 && marker !== 0xff && !standsAlone(marker)) return at
  }
  return bytes.length
}
