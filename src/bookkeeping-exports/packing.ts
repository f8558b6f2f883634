import { PassThrough, Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import yazl from 'yazl'
import { firstArchiveTime } from '../platform/time/clock.ts'

/** A file of an archive; `bytes` are asked for when its turn has come. */
export interface Entry {
  readonly name: string
  readonly bytes: () => AsyncIterable<Uint8Array>
}

/** Everything in an archive has one time, so that the same content has the same bytes. */
const mtime = firstArchiveTime

/** Packs files one after the other, as they are read. */
export async function* pack(entries: readonly Entry[]): AsyncGenerator<Uint8Array> {
  const zip = new yazl.ZipFile()
  const packed = new PassThrough()
  packed.on('error', () => undefined)
  const fail = (error: unknown) => packed.destroy(error instanceof Error ? error : new Error(String(error)))
  zip.on('error', fail)
  const written = pipeline(zip.outputStream, packed).catch(fail)
  for (const { name, bytes } of entries) {
    zip.addReadStreamLazy(name, { mtime, forceDosTimestamp: true, mode: 0o100644 }, (done) => {
      const stream = Readable.from(bytes())
      stream.on('error', fail)
      done(null, stream)
    })
  }
  zip.end()
  yield* packed as AsyncIterable<Uint8Array>
  await written
}
