import { availableParallelism } from 'node:os'
import type { FittedImage } from './fitting.ts'
import { InspectorPool } from './inspector-pool.ts'

/** The inspection of a file that a stranger sent: what it is, or the picture in it. `content` is what it was found to be. */
export interface InspectionJob {
  readonly kind: 'SNIFF' | 'FIT'
  readonly path: string
  readonly content: string
}

/** The costliest picture that is taken, 50 interlaced megapixels of 16 bits, needs about 600 MB. */
const LARGEST_BYTES = 1024 ** 3
const WITHIN_MS = 15_000
const IDLE_MS = 30_000
/** A few at a time: each may need hundreds of megabytes. */
const AT_ONCE = Math.max(1, Math.min(2, availableParallelism()))

/** One for the whole process, as memory is. Its children neither keep the process alive nor outlive it. */
const pool = new InspectorPool<InspectionJob>({
  largestBytes: LARGEST_BYTES,
  withinMs: WITHIN_MS,
  idleMs: IDLE_MS,
  atOnce: AT_ONCE,
})

/** The types of a file by its bytes alone; none when they are unknown, or ended the process that inspected it. */
export async function inspectContent(path: string): Promise<readonly string[]> {
  const answer = await pool.run({ kind: 'SNIFF', path, content: '' })
  const found = answer.state === 'DONE' ? (answer.result as readonly string[] | undefined) : undefined
  return found ?? []
}

/** The picture as we keep it; one that takes too much time or memory is none. */
export async function fitImage(path: string, content: string): Promise<FittedImage> {
  const answer = await pool.run({ kind: 'FIT', path, content })
  const fitted = answer.state === 'DONE' ? (answer.result as FittedImage | undefined) : undefined
  return fitted ?? { verdict: 'INVALID' }
}
