import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'

/** A decoded picture, four bytes per pixel. */
export interface RawPicture {
  readonly width: number
  readonly height: number
  readonly data: Uint8Array
}

const DECODER = 'heic-decode'

/**
 * Where the decoder of HEIC lies. It comes with no installation of ours, for the sake of its licence: pictures of this
 * type are taken where the operator has installed it (`npm install heic-decode`).
 */
export function findHeicDecoder(): string | undefined {
  try {
    return pathToFileURL(createRequire(import.meta.url).resolve(DECODER)).href
  } catch {
    return undefined
  }
}

/** Decodes in a thread of its own, in one piece of a second or more: the process goes on to watch its memory. */
export function decodeHeic(path: string): Promise<RawPicture> {
  const decoder = findHeicDecoder()
  if (decoder === undefined) throw new Error('There is no decoder of HEIC.')
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./heic-worker.ts', import.meta.url), { workerData: { decoder, path } })
    worker.once('message', resolve)
    worker.once('error', reject)
    worker.once('exit', (code) => reject(new Error(`The decoder ended with ${code}.`)))
  })
}
