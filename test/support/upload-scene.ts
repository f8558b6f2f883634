import assert from 'node:assert/strict'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { openTestApp, type TestAnswer } from './app.ts'
import { addCustomer } from './customers.ts'
import { formOf, type TestPart } from './multipart.ts'

export interface Sending {
  readonly headers?: Readonly<Record<string, string>>
  readonly boundary?: string
}

export const picture = (content: Buffer | string, fileName = 'photo.jpg') => ({ name: 'image', content, fileName })
export const document = (content: Buffer | string, fileName: string) => ({ name: 'file', content, fileName })
export const grey = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#808080' } }).jpeg()

/** Status, code and reference of an answer, and what they are where something is refused with 400. */
export const codeOf = ({ status, body }: TestAnswer) => [status, body?.errorCode, body?.reference]
export const refused = (code: string, reference?: string) => [400, `errormessage.${code}`, reference]

/** An application with files in a folder of its own, and somebody whom they are about. */
export async function openUploads() {
  const folder = await mkdtemp(join(tmpdir(), 'palestra-uploads-'))
  const environment = { PALESTRA_STORAGE: 'fs', PALESTRA_DATA_DIR: folder, PALESTRA_RATELIMIT_DEFAULT: '100000' }
  const app = await openTestApp({ environment })
  const send = (method: string, path: string, parts: readonly TestPart[], { headers, boundary }: Sending = {}) => {
    const form = formOf(parts, boundary)
    return app.sendRaw(method, path, { ...form, headers: { ...form.headers, ...headers } })
  }
  const fetchFile = (url: string) => app.app.server.inject({ method: 'GET', url: url.replace(/^https?:\/\/[^/]+/, '') })
  return {
    app,
    send,
    fetchFile,
    addCustomer: () => addCustomer(app),
    /** What the picture of an answer is that says where it lies. */
    shown: async ({ status, body, text }: TestAnswer) => {
      assert.equal(status, 200, text)
      return sharp((await fetchFile(body.imageUrl)).rawPayload).metadata()
    },
    /** How many files lie in the folder, whatever they are. */
    storedFiles: async () =>
      (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile()).length,
    close: async () => {
      await app.close()
      await rm(folder, { recursive: true })
    },
  }
}
