import { availableParallelism } from 'node:os'
import sharp, { type Sharp } from 'sharp'
import { decodeHeic } from './heic.ts'

const LONGEST_SIDE = 1200
const MOST_PIXELS = 50_000_000
const JPEG_QUALITY = 85

// No picture is decoded twice: what libvips would keep of them is memory lost.
sharp.cache(false)

/** Pictures are decoded a few at a time: each may need hundreds of megabytes. */
const AT_ONCE = Math.max(1, Math.min(4, availableParallelism()))
const waiting: (() => void)[] = []
let running = 0

export type FittedImage =
  | { readonly verdict: 'FITTED'; readonly jpeg: Buffer }
  | { readonly verdict: 'TOO_MANY_PIXELS' | 'INVALID' }

/**
 * The picture as we keep it: upright, in sRGB, on white, at most 1200 pixels on either side, as JPEG without metadata.
 * The number of pixels is read from the header, before anything is decoded.
 */
export async function fitImage(path: string, content: string): Promise<FittedImage> {
  await enter()
  try {
    const { width, height } = await sharp(path, { limitInputPixels: false }).metadata()
    if (width * height > MOST_PIXELS) return { verdict: 'TOO_MANY_PIXELS' }
    const picture = content === 'heic' ? await openHeic(path) : sharp(path, { limitInputPixels: MOST_PIXELS })
    return { verdict: 'FITTED', jpeg: await fit(picture) }
  } catch {
    return { verdict: 'INVALID' }
  } finally {
    leave()
  }
}

function fit(picture: Sharp): Promise<Buffer> {
  return picture
    .autoOrient()
    .flatten({ background: '#ffffff' })
    .resize({ width: LONGEST_SIDE, height: LONGEST_SIDE, fit: 'inside', withoutEnlargement: true })
    .toColourspace('srgb')
    .jpeg({ quality: JPEG_QUALITY })
    .toBuffer()
}

/** The decoder of HEIC turns the picture upright itself. */
async function openHeic(path: string): Promise<Sharp> {
  const { width, height, data } = await decodeHeic(path)
  return sharp(data, { raw: { width, height, channels: 4 }, limitInputPixels: MOST_PIXELS })
}

async function enter() {
  if (running >= AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve))
  else running += 1
}

/** The upload that has waited longest takes the place over. */
function leave() {
  const next = waiting.shift()
  if (next) next()
  else running -= 1
}
