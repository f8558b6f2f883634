import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdtemp, readFile, readdir, rm, utimes } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { pino } from 'pino'
import sharp from 'sharp'
import { readConfig } from '../../src/platform/config/config.ts'
import { removeOrphanedBytes } from '../../src/platform/process/chores.ts'
import { openPlatform } from '../../src/platform/platform.ts'
import { testDatabase } from '../support/database.ts'
import { insertFullStudio, memberId, type StudioContents } from '../support/full/full-studio.ts'
import { makeForm, tinyPdf } from '../support/multipart.ts'
import { asSuperuser } from '../support/row-hashes.ts'
import { insertServedWorld } from '../support/scenes/served-world.ts'
import { SECRET_KEY, startServerProcess } from '../support/servers/server-process.ts'

const ROUNDS = Number(process.env['PALESTRA_CRASH_ROUNDS'] ?? 20)
const WORKERS = 4
const MEMBERS = 20
const LONGEST_LIFE_MS = 400

interface Target {
  readonly url: string
  readonly key: string
  readonly contents: StudioContents
  readonly onAcknowledged: () => void
}

/** Sends uploads until the server is gone; answers how many were acknowledged. */
async function upload({ url, key, contents, onAcknowledged }: Target, worker: number): Promise<number> {
  for (let n = 0; ; n++) {
    const path = `/v1/customers/${memberId(contents, (worker * 5 + n) % MEMBERS)}`
    const isImage = n % 2 === 0
    const content = isImage ? await picture() : Buffer.concat([tinyPdf, Buffer.alloc(200_000, `${worker} ${n} `)])
    const part = { name: isImage ? 'image' : 'file', fileName: isImage ? 'a.jpg' : 'a.pdf', content }
    const { headers, payload } = makeForm([part])
    const request = { method: isImage ? 'PUT' : 'POST', headers: { ...headers, 'x-api-key': key }, body: payload }
    const answer = await fetch(`${url}${path}/${isImage ? 'images' : 'documents'}`, request).catch(() => undefined)
    if (answer === undefined) return n
    assert.equal(answer.status, 200, await answer.text().catch(() => 'cut off'))
    onAcknowledged()
  }
}

/** Never the same twice. */
const picture = () => {
  const [r, g, b] = [0, 0, 0].map(() => Math.floor(Math.random() * 256)) as [number, number, number]
  return sharp({ create: { width: 300, height: 200, channels: 3, background: { r, g, b } } })
    .jpeg()
    .toBuffer()
}

/** Bytes of files by their name, drafts included. */
async function namesIn(folder: string): Promise<ReadonlyMap<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  return new Map(
    entries.filter((entry) => entry.isFile()).map((entry) => [entry.name, join(entry.parentPath, entry.name)]),
  )
}

test(`${ROUNDS} times the server is killed while it takes uploads: no row without its bytes, and no bytes for ever`, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'palestra-crash-'))
  await using database = await testDatabase()
  const fill = (platform: Parameters<typeof insertFullStudio>[0], { berlin }: { berlin: any }) =>
    insertFullStudio(platform, berlin, { firstId: 3_000_000, members: MEMBERS })
  const { berlin, filled: contents } = await insertServedWorld(database.url, fill)
  const environment = { PALESTRA_STORAGE: 'fs', PALESTRA_DATA_DIR: folder, PALESTRA_SECRET_KEY: SECRET_KEY }
  let acknowledged = 0
  for (let round = 0; round < ROUNDS; round++) {
    const server = await startServerProcess({ ...environment, PALESTRA_DATABASE_URL: database.url })
    const first = Promise.withResolvers<void>()
    const target = { url: server.url, key: berlin.key, contents, onAcknowledged: () => first.resolve() }
    const workers = Array.from({ length: WORKERS }, (_, worker) => upload(target, worker))
    await first.promise
    await sleep(Math.random() * LONGEST_LIFE_MS)
    await server.end('SIGKILL')
    for (const done of await Promise.all(workers)) acknowledged += done
  }
  const rows = await asSuperuser(database.url, async (client) => {
    const { rows: found } = await client.query<{ storage_key: string; size: string; sha256: Buffer }>(
      'select storage_key, size, sha256 from files where content is null',
    )
    return found
  })
  const stored = await namesIn(join(folder, 'files'))
  for (const { storage_key: key, size, sha256 } of rows) {
    const path = stored.get(key)
    assert.ok(path, `the bytes of ${key} are lost`)
    const bytes = await readFile(path)
    assert.equal(bytes.length, Number(size))
    assert.ok(createHash('sha256').update(bytes).digest().equals(sha256), 'not a byte is different')
  }
  assert.ok(acknowledged >= ROUNDS, 'the load got through')
  assert.ok(rows.length >= acknowledged, 'whatever was acknowledged has its row')

  // A day later whatever the crashes left is tidied away, and nothing else.
  const left = [...stored.values(), ...(await namesIn(join(folder, 'uploads'))).values()]
  for (const path of left) await utimes(path, 0, 0)
  const config = readConfig({ ...environment, PALESTRA_DATABASE_URL: database.url })
  const platform = openPlatform({ config, connectionString: database.url, log: pino({ level: 'silent' }) })
  const removed = await removeOrphanedBytes(platform)
  await platform.close()
  const after = await namesIn(join(folder, 'files'))
  assert.deepEqual([...after.keys()].sort(), rows.map(({ storage_key: key }) => key).sort())
  assert.equal((await namesIn(join(folder, 'uploads'))).size, 0)
  console.log(`uploads: ${ROUNDS} kills, ${acknowledged} acknowledged, ${rows.length} rows, ${removed} orphans removed`)
  await rm(folder, { recursive: true })
})
