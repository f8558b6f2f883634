import type { S3Client } from '@aws-sdk/client-s3'
import type { Readable } from 'node:stream'
import type { S3Settings } from '../config/config.ts'
import { countBytes, newStorageKey, parseStorageKey } from './counted-bytes.ts'
import { exactBytes } from './exact-bytes.ts'
import {
  type ByteRange,
  type Bytes,
  DamagedFile,
  type FileStorage,
  type StoredBytes,
  type StoredFile,
} from './storage.ts'

type Sdk = typeof import('@aws-sdk/client-s3')

interface Connection {
  readonly sdk: Sdk
  readonly client: S3Client
  readonly bucket: string
}

/** Objects `files/<tenant>/<key>` in a bucket of any S3 server. The bucket must exist and be private. */
export class S3Storage implements FileStorage {
  readonly #connection: () => Promise<Connection>

  constructor(settings: S3Settings) {
    let opened: Promise<Connection> | undefined
    this.#connection = () => (opened ??= connect(settings))
  }

  /** The object is whole or not there: S3 has no halves. The bytes are in memory until then, 25 MB as a rule. */
  async write(tenantId: number, bytes: Bytes, maxBytes: number): Promise<StoredBytes> {
    const storageKey = newStorageKey(tenantId)
    const counted = countBytes(bytes, maxBytes)
    const chunks: Uint8Array[] = []
    for await (const chunk of counted.bytes) chunks.push(chunk)
    const { sdk, client, bucket } = await this.#connection()
    const object = { Bucket: bucket, Key: toObjectPath(storageKey), ContentType: 'application/octet-stream' }
    await client.send(new sdk.PutObjectCommand({ ...object, Body: Buffer.concat(chunks) }))
    return { storageKey, ...counted.result(), content: null }
  }

  async open({ storageKey, size }: StoredFile, { first, last }: ByteRange): Promise<Readable | undefined> {
    const { sdk, client, bucket } = await this.#connection()
    const range = { Bucket: bucket, Key: toObjectPath(storageKey), Range: `bytes=${first}-${last}` }
    try {
      const { Body, ContentRange, ContentLength } = await client.send(new sdk.GetObjectCommand(range))
      const bytes = exactBytes(Body as Readable, last - first + 1)
      if (wholeSize(ContentRange, ContentLength) === size) return bytes
      bytes.destroy()
      throw new DamagedFile('WRONG_SIZE')
    } catch (error) {
      if (error instanceof sdk.NoSuchKey) return undefined
      // The range begins behind the end of what is there.
      if ((error as { name?: string }).name === 'InvalidRange') throw new DamagedFile('WRONG_SIZE', error)
      throw error
    }
  }

  async remove(storageKeys: readonly string[]) {
    const { sdk, client, bucket } = await this.#connection()
    for (const key of storageKeys) {
      await client.send(new sdk.DeleteObjectCommand({ Bucket: bucket, Key: toObjectPath(key) }))
    }
  }

  async *listKeys(tenantId: number, before: Temporal.Instant) {
    const { sdk, client, bucket } = await this.#connection()
    const pages = sdk.paginateListObjectsV2({ client }, { Bucket: bucket, Prefix: `${FOLDER}/${tenantId}/` })
    for await (const { Contents = [] } of pages) {
      const old = Contents.filter(
        ({ LastModified }) => (LastModified?.getTime() ?? Infinity) < before.epochMilliseconds,
      )
      const names = old.map(({ Key = '' }) => Key.split('/').at(-1) ?? '')
      const keys = names.filter((name) => parseStorageKey(name)?.tenantId === tenantId)
      if (keys.length > 0) yield keys
    }
  }

  async probe() {
    const { sdk, client, bucket } = await this.#connection()
    const object = { Bucket: bucket, Key: `probe-${newStorageKey(1)}` }
    await client.send(new sdk.PutObjectCommand({ ...object, Body: '' }))
    await client.send(new sdk.DeleteObjectCommand(object))
  }
}

const FOLDER = 'files'

/** Loaded only where it is needed: the client is large. */
async function connect({ bucket, endpoint, region, accessKeyId, secretAccessKey }: S3Settings): Promise<Connection> {
  if (bucket === undefined) throw new Error('There is no bucket.')
  const sdk = await import('@aws-sdk/client-s3')
  const client = new sdk.S3Client({
    region,
    ...(endpoint === undefined ? {} : { endpoint, forcePathStyle: true }),
    ...(accessKeyId === undefined || secretAccessKey === undefined
      ? {}
      : { credentials: { accessKeyId, secretAccessKey } }),
    // Servers other than Amazon's do not all know the newer checksums.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  })
  return { sdk, client, bucket }
}

/** Bytes of the whole object: behind the range that is sent, or all that is sent where the server knows no ranges. */
function wholeSize(contentRange: string | undefined, contentLength: number | undefined): number | undefined {
  const [, whole] = /\/(\d+)$/.exec(contentRange ?? '') ?? []
  return whole === undefined ? contentLength : Number(whole)
}

function toObjectPath(storageKey: string): string {
  const parts = parseStorageKey(storageKey)
  if (!parts) throw new Error('This is not the key of a stored file.')
  return `${FOLDER}/${parts.tenantId}/${storageKey}`
}
