import { mkdtemp, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
// @ts-expect-error It comes without types.
import S3rver from 's3rver'

const KEY = 'S3RVER'
const BUCKET = 'palestra-files'

/** A real S3 server on loopback, with an empty bucket and the settings that lead there. */
export async function startS3Server() {
  const directory = await mkdtemp(join(tmpdir(), 'palestra-s3-'))
  const server = new S3rver({
    port: 0,
    address: '127.0.0.1',
    silent: true,
    directory,
    configureBuckets: [{ name: BUCKET }],
  })
  const { port } = (await server.run()) as AddressInfo
  const environment = {
    PALESTRA_STORAGE: 's3',
    PALESTRA_S3_BUCKET: BUCKET,
    PALESTRA_S3_ENDPOINT: `http://127.0.0.1:${port}`,
    PALESTRA_S3_ACCESS_KEY_ID: KEY,
    PALESTRA_S3_SECRET_ACCESS_KEY: KEY,
  }
  return {
    environment,
    directory,
    close: async () => {
      await server.close()
      await rm(directory, { recursive: true, force: true })
    },
  }
}
