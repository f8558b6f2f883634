/** A picture as it is given to the decoder: nothing but picture, its size known before anything is unpacked. */
export interface Frame {
  /** Pixels, as the header says. */
  readonly width: number
  readonly height: number
  /** How often the decoder goes over the picture. */
  readonly scans: number
  /** Whether its own end stands where it should; without it, a picture may have lost more. */
  readonly hasEnd: boolean
  readonly bytes: Buffer
}

const MOST_PIXELS = 50_000_000
/** A progressive picture has about ten scans; each costs the decoder a pass over all its pixels. */
const MOST_SCANNED_PIXELS = 1_000_000_000
const MOST_SCANS = 100

export type FrameVerdict = 'ALLOWED' | 'TOO_MANY_PIXELS' | 'INVALID'

/** Whether a picture may be decoded at all, by what its header promises. */
export function judgeFrame({ width, height, scans }: Omit<Frame, 'bytes' | 'hasEnd'>): FrameVerdict {
  const pixels = width * height
  if (pixels > MOST_PIXELS) return 'TOO_MANY_PIXELS'
  const isBomb = scans > MOST_SCANS || pixels * scans > MOST_SCANNED_PIXELS
  return pixels === 0 || isBomb ? 'INVALID' : 'ALLOWED'
}
