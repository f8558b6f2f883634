import { pipeline, type Readable, Transform } from 'node:stream'
import { DamagedFile } from './storage.ts'

/**
 * The bytes as exactly `count` of them: what comes after is cut off, and fewer are an error of the stream. Errors of the
 * source become errors of this stream, which may be destroyed at any time; none of them ends the process.
 */
export function exactBytes(source: Readable, count: number): Readable {
  let rest = count
  const exact = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      // Some servers do not keep to the end of a range.
      const wanted = chunk.subarray(0, rest)
      rest -= wanted.length
      done(null, wanted)
    },
    flush: (done) => done(rest === 0 ? null : new DamagedFile('WRONG_SIZE')),
  })
  // Nobody may be listening any more when the source breaks.
  exact.on('error', () => undefined)
  pipeline(source, exact, () => undefined)
  return exact
}
