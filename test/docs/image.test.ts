import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { testDatabase } from '../support/database.ts'
import { layOutImage } from '../support/image.ts'
import { SECRET_KEY, startServerProcess } from '../support/servers/server-process.ts'

test('what the container image holds is enough to serve, and to run its command line', async () => {
  await using database = await testDatabase()
  const image = await layOutImage()
  try {
    const settings = {
      PALESTRA_DATA_DIR: join(image.folder, 'files'),
      PALESTRA_DATABASE_URL: database.url,
      PALESTRA_HOST: '127.0.0.1',
    }
    const server = await startServerProcess(settings, { cwd: image.folder, args: image.args })
    try {
      const answers = await Promise.all(
        ['/healthz', '/openapi.json', '/docs/'].map(async (path) => (await fetch(server.url + path)).status),
      )
      assert.deepEqual(answers, [200, 200, 200])
      const env = { PATH: process.env['PATH'], PALESTRA_SECRET_KEY: SECRET_KEY, ...settings }
      const doctor = [join(image.folder, 'bin', 'palestra.mjs'), 'doctor']
      const { stdout } = await promisify(execFile)(process.execPath, doctor, { cwd: image.folder, env })
      assert.match(stdout, /^file storage +ok/m)
    } finally {
      await server.end('SIGTERM')
    }
  } finally {
    await image.remove()
  }
})
