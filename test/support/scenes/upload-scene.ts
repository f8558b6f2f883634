import assert from 'node:assert/strict'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { and, asc, eq } from 'drizzle-orm'
import sharp from 'sharp'
import type { OwnerKind } from '../../../src/platform/files/owner-kinds.ts'
import { files } from '../../../src/platform/tables.ts'
import { openTestApp, type TestAnswer, type TestApp } from '../app.ts'
import { addCustomer } from './customers.ts'
import { makeForm, type TestPart } from '../multipart.ts'
import { listEvents } from '../records.ts'

export interface Sending {
  readonly headers?: Readonly<Record<string, string>>
  readonly boundary?: string
}

export const picture = (content: Buffer | string, fileName = 'photo.jpg') => ({ name: 'image', content, fileName })
export const document = (content: Buffer | string, fileName: string) => ({ name: 'file', content, fileName })
export const grey = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#808080' } }).jpeg()

/** Status, code and reference of an answer, and what they are where something is refused with 400. */
export const readCode = ({ status, body }: TestAnswer) => [status, body?.errorCode, body?.reference]
export const refused = (code: string, reference?: string) => [400, `errormessage.${code}`, reference]

export type Uploads = Awaited<ReturnType<typeof openUploads>>
export type PersonWithFiles = Awaited<ReturnType<Uploads['addPerson']>>
type Send = (method: string, path: string, parts: readonly TestPart[], sending?: Sending) => Promise<TestAnswer>

/** An application with files in a folder of its own, and people whom they are about. */
export async function openUploads() {
  const folder = await mkdtemp(join(tmpdir(), 'palestra-uploads-'))
  const environment = { PALESTRA_STORAGE: 'fs', PALESTRA_DATA_DIR: folder, PALESTRA_RATELIMIT_DEFAULT: '100000' }
  const app = await openTestApp({ environment })
  const send: Send = (method, path, parts, { headers, boundary } = {}) => {
    const form = makeForm(parts, boundary)
    return app.sendRaw(method, path, { ...form, headers: { ...form.headers, ...headers } })
  }
  const fetchFile = (url: string) => app.app.server.inject({ method: 'GET', url: url.replace(/^https?:\/\/[^/]+/, '') })
  return {
    app,
    send,
    fetchFile,
    /** A new person, and what is done with that person's files. */
    addPerson: async () => personWithFiles(app, send, await addCustomer(app)),
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

function personWithFiles(app: TestApp, send: Send, id: number) {
  return {
    id,
    setImage: (parts: readonly TestPart[], sending?: Sending) =>
      send('PUT', `/v1/customers/${id}/images`, parts, sending),
    fileDocument: (parts: readonly TestPart[], query = '', sending?: Sending) =>
      send('POST', `/v1/customers/${id}/documents${query}`, parts, sending),
    /** What partners received about the person since its creation. */
    events: async () =>
      (await listEvents(app))
        .filter(({ entityId, type }) => entityId === id && type !== 'CUSTOMER_CREATED')
        .map(({ type }) => type),
    /** The files of a kind that are the person's, oldest first. */
    files: (kind: OwnerKind) =>
      app.read(({ db }) =>
        db
          .select({ deleteAfter: files.deleteAfter })
          .from(files)
          .where(and(eq(files.ownerKind, kind), eq(files.ownerId, id)))
          .orderBy(asc(files.id)),
      ),
  }
}
