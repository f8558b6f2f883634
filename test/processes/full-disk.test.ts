import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readdir, rm, statfs, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { promisify } from 'node:util'
import { startBundledPostgres } from '../../src/platform/bundled-postgres/index.ts'
import { migrate } from '../../src/platform/database/migrate.ts'
import { openTestApp, type TestApp } from '../support/app.ts'
import { makeForm, tinyPdf } from '../support/multipart.ts'
import { addCustomer } from '../support/scenes/customers.ts'
import { newLead } from '../support/scenes/leads.ts'
import { document } from '../support/scenes/upload-scene.ts'

const run = promisify(execFile)

/** A disk of this size, if this user may mount one; undefined where not, and the test is skipped. */
async function openDisk(t: TestContext, mebibytes: number) {
  const folder = await mkdtemp(join(tmpdir(), 'palestra-disk-'))
  try {
    await run('mount', ['-t', 'tmpfs', '-o', `size=${mebibytes}m`, 'tmpfs', folder])
  } catch {
    await rm(folder, { recursive: true })
    t.skip('needs the right to mount a disk in memory')
    return undefined
  }
  const close = async () => {
    await run('umount', ['-l', folder])
    await rm(folder, { recursive: true })
  }
  return { folder, [Symbol.asyncDispose]: close }
}

/** Leaves nothing of a disk. Answers how to give it back. */
async function fill(folder: string) {
  const { bavail, bsize } = await statfs(folder)
  const filler = join(folder, 'filler')
  await writeFile(filler, Buffer.alloc(bavail * bsize))
  return () => rm(filler)
}

const isReady = async ({ app }: TestApp) => {
  const { statusCode, body } = await app.server.inject({ url: '/readyz' })
  return [statusCode, JSON.parse(body).failingCheck]
}
/** An answer of `/readyz` is kept for a second. */
const untilAskedAnew = () => new Promise((resolve) => setTimeout(resolve, 1100))

test('an upload onto a full disk is 507 and leaves nothing, /readyz names the storage, and both pass with room', async (t) => {
  await using disk = await openDisk(t, 64)
  if (disk === undefined) return
  const data = join(disk.folder, 'data')
  await mkdir(data)
  await using app = await openTestApp({ environment: { PALESTRA_STORAGE: 'fs', PALESTRA_DATA_DIR: data } })
  const customerId = await addCustomer(app)
  const upload = () =>
    app.sendRaw('POST', `/v1/customers/${customerId}/documents`, makeForm([document(tinyPdf, 'paper.pdf')]))
  assert.deepEqual(await isReady(app), [200, undefined])
  const makeRoom = await fill(disk.folder)
  await untilAskedAnew()
  const refused = await upload()
  assert.deepEqual([refused.status, refused.body.errorCode], [507, 'errormessage.service.storageFull'])
  assert.deepEqual(await isReady(app), [503, 'storage'])
  const left = (await readdir(data, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile())
  assert.deepEqual(left, [])
  await makeRoom()
  await untilAskedAnew()
  assert.equal((await upload()).status, 200)
  assert.deepEqual(await isReady(app), [200, undefined])
})

test('a database on a full disk answers writes with 507 and reads as ever, and takes writes again with room', async (t) => {
  await using disk = await openDisk(t, 512)
  if (disk === undefined) return
  const server = await startBundledPostgres({ dataDir: join(disk.folder, 'data') })
  await using _running = { [Symbol.asyncDispose]: () => server.stop() }
  await migrate(server.url)
  const database = { url: server.url, drop: async () => {}, [Symbol.asyncDispose]: async () => {} }
  await using app = await openTestApp({ database })
  const write = (n: number) => app.post('/v1/leads/create', newLead({ lastname: `${n} ${'x'.repeat(40)}` }))
  assert.equal((await write(0)).status, 200)
  // Room for nothing: what needs a new page of a table or an index fails, long before the log of the database does.
  const makeRoom = await fill(disk.folder)
  const answers: number[] = []
  for (let n = 1; n < 400 && answers.at(-1) !== 507; n++) answers.push((await write(n)).status)
  assert.equal(answers.at(-1), 507)
  assert.deepEqual(
    [...new Set(answers.slice(0, -1))].filter((status) => status !== 200),
    [],
  )
  assert.equal((await app.get('/v1/studios/tags')).status, 200)
  await makeRoom()
  assert.equal((await write(401)).status, 200)
})
