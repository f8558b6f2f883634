import { readFile } from 'node:fs/promises'
import sharp, { type Sharp } from 'sharp'
import { type Frame, judgeFrame } from './frame-rules.ts'
import { decodeHeic } from './heic.ts'
import { readJpegFrame } from './jpeg-frame.ts'
import { readPngFrame } from './png-frame.ts'

const LONGEST_SIDE = 1200
const JPEG_QUALITY = 85

// No picture is decoded twice: what libvips would keep of them is memory lost.
sharp.cache(false)

export type FittedImage =
  | { readonly verdict: 'FITTED'; readonly jpeg: Buffer }
  | { readonly verdict: 'TOO_MANY_PIXELS' | 'INVALID' }

/** Reads a picture of a type without its ballast. */
const readers: Readonly<Record<string, (bytes: Buffer) => Frame | undefined>> = {
  png: readPngFrame,
  jpg: readJpegFrame,
}

/**
 * The picture as we keep it: upright, in sRGB, on white, at most 1200 pixels on either side, as JPEG without metadata.
 * Size and scans are read from the header, and what is not picture is dropped, before anything is decoded.
 */
export async function fit(path: string, content: string): Promise<FittedImage> {
  try {
    if (content === 'heic') return await fitHeic(path)
    const frame = readers[content]?.(await readFile(path))
    const verdict = frame ? judgeFrame(frame) : 'INVALID'
    if (!frame || verdict !== 'ALLOWED') return { verdict: verdict === 'TOO_MANY_PIXELS' ? verdict : 'INVALID' }
    // Warnings are of no concern to viewers either; where the end was missing, they say that more is.
    const failOn = frame.hasEnd ? 'error' : 'warning'
    return { verdict: 'FITTED', jpeg: await encode(sharp(frame.bytes, { failOn, limitInputPixels: false })) }
  } catch {
    return { verdict: 'INVALID' }
  }
}

/** The decoder of HEIC turns the picture upright itself. */
async function fitHeic(path: string): Promise<FittedImage> {
  const { width, height } = await sharp(path, { limitInputPixels: false }).metadata()
  const verdict = judgeFrame({ width, height, scans: 1 })
  if (verdict !== 'ALLOWED') return { verdict }
  const { data, ...raw } = await decodeHeic(path)
  return { verdict: 'FITTED', jpeg: await encode(sharp(data, { raw: { ...raw, channels: 4 } })) }
}

function encode(picture: Sharp): Promise<Buffer> {
  return picture
    .autoOrient()
    .flatten({ background: '#ffffff' })
    .resize({ width: LONGEST_SIDE, height: LONGEST_SIDE, fit: 'inside', withoutEnlargement: true })
    .toColourspace('srgb')
    .jpeg({ quality: JPEG_QUALITY })
    .toBuffer()
}
