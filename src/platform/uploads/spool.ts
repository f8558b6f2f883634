import { createHash, randomBytes } from 'node:crypto'
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'

/** A file that a caller sent, before the server has read it. */
export interface UploadedFile {
  /** As the client called it. */
  readonly fileName: string
  readonly path: string
  /** Bytes that came, also those past the limit. */
  readonly size: number
  /** More bytes came than the operation takes; those past the limit were not kept. */
  readonly isTooLarge: boolean
}

/** A file of a request, kept beside the database until it has been judged. */
export interface SpooledFile extends UploadedFile {
  readonly sha256: Buffer
}

/** Bytes of uploads that are being read. A file in here belongs to one request and goes with it. */
export class Spool {
  readonly #folder: string

  constructor(dataDir: string) {
    this.#folder = join(resolve(dataDir), 'uploads')
  }

  /** Keeps the bytes as they come, `maxBytes` of them at most, without holding them in memory. */
  async keep(bytes: AsyncIterable<Uint8Array>, fileName: string, maxBytes: number): Promise<SpooledFile> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 })
    const path = join(this.#folder, randomBytes(16).toString('hex'))
    const hash = createHash('sha256')
    let size = 0
    const file = await open(path, 'wx', 0o600)
    try {
      for await (const chunk of bytes) {
        size += chunk.length
        hash.update(chunk)
        if (size <= maxBytes) await file.writeFile(chunk)
      }
    } catch (error) {
      await rm(path, { force: true })
      throw error
    } finally {
      await file.close()
    }
    return { fileName, path, size, isTooLarge: size > maxBytes, sha256: hash.digest() }
  }

  async discardAll(files: readonly SpooledFile[]) {
    for (const { path } of files) await rm(path, { force: true })
  }

  /** Removes what requests left that did not live to the end of a process; answers how many. */
  async sweep(before: Temporal.Instant): Promise<number> {
    let removed = 0
    for (const name of await readdir(this.#folder).catch(() => [])) {
      const path = join(this.#folder, name)
      const found = await stat(path).catch(() => undefined)
      if (!found?.isFile() || found.mtimeMs >= before.epochMilliseconds) continue
      await rm(path, { force: true })
      removed += 1
    }
    return removed
  }
}
