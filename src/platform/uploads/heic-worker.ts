import { readFile } from 'node:fs/promises'
import { parentPort, workerData } from 'node:worker_threads'
import type { RawPicture } from './heic.ts'

type Decode = (input: { readonly buffer: Uint8Array }) => Promise<RawPicture>

const { decoder, path } = workerData as { readonly decoder: string; readonly path: string }
const { default: decode } = (await import(decoder)) as { readonly default: Decode }
const { width, height, data } = await decode({ buffer: await readFile(path) })
parentPort?.postMessage({ width, height, data: Buffer.from(data) } satisfies RawPicture)
