import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, chmodSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { readConfig } from '../../src/platform/config/config.ts'
import { isAlive, waitForEnd } from '../../src/platform/bundled-postgres/processes.ts'
import { describeUnnamedProxy } from '../../src/platform/deployment/unnamed-proxy.ts'
import { startServer } from '../../src/serve.ts'
import { runCommand } from '../support/command-line.ts'
import { guarded } from '../support/guarded.ts'
import { SECRET_KEY, startServerProcess } from '../support/servers/server-process.ts'
import { asSuperuser, rowHashes } from '../support/row-hashes.ts'
import { testDatabase } from '../support/database.ts'

const root = join(import.meta.dirname, '..', '..')

function ownFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'palestra-start-'))
  chmodSync(folder, 0o755)
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Runs a program of ours with exactly these settings, until it ends. */
function run(environment: Readonly<Record<string, string>>, args: readonly string[] = ['src/main.ts']) {
  const env = { PATH: process.env['PATH'], ...environment }
  const child = spawn(process.execPath, [...guarded, ...args], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  child.stdout.on('data', (chunk) => (output += chunk))
  child.stderr.on('data', (chunk) => (output += chunk))
  const ended = once(child, 'close').then(([code]) => ({ code: code as number, output }))
  return { child, ended, output: () => output }
}

/** Ends with one sentence: no stack, nothing else. */
async function assertRefused(environment: Readonly<Record<string, string>>, sentence: RegExp) {
  const { code, output } = await run(environment).ended
  assert.equal(code, 1, output)
  assert.match(output, sentence)
  assert.equal(output.trim().split('\n').length, 1, output)
}

test('a forgotten secret ends the start before the database is touched', async () => {
  await using database = await testDatabase()
  const before = await rowHashes(database.url)
  await assertRefused({ PALESTRA_DATABASE_URL: database.url }, /^PALESTRA_SECRET_KEY is required .*DATABASE_URL is set/)
  assert.deepEqual(await rowHashes(database.url), before)
})

test('a port that is taken ends the start before there is a data folder', async (t) => {
  const taken = createServer().listen(0, '127.0.0.1')
  await once(taken, 'listening')
  t.after(() => taken.close())
  const { port } = taken.address() as AddressInfo
  const dataDir = join(ownFolder(t), 'data')
  await assertRefused(
    { PALESTRA_PORT: String(port), PALESTRA_DATA_DIR: dataDir },
    new RegExp(`^Another program listens on port ${port} already`),
  )
  await assertRefused(
    { PALESTRA_HOST: '203.0.113.9', PALESTRA_SECRET_KEY: SECRET_KEY, PALESTRA_DATA_DIR: dataDir },
    /no address of this machine/,
  )
  assert.equal(existsSync(dataDir), false)
})

test('a polite kill in the middle of a start leaves no process and nothing that the next start trips over', async (t) => {
  const dataDir = join(ownFolder(t), 'data')
  const environment = { PALESTRA_PORT: '0', PALESTRA_DATA_DIR: dataDir }
  const names = () => (existsSync(dataDir) ? readdirSync(dataDir) : [])
  const moments: readonly (readonly [string, (output: string) => boolean])[] = [
    ['the database is being created', () => names().some((name) => name.startsWith('postgres.init.'))],
    ['its server is starting', () => existsSync(join(dataDir, 'postgres', 'postmaster.pid'))],
    ['the demo is being planted', () => existsSync(join(dataDir, 'postgres', '.s.PGSQL.5432'))],
  ]
  for (const [moment, hasCome] of moments) {
    const server = run(environment)
    while (!hasCome(server.output()) && server.child.exitCode === null) await sleep(2)
    server.child.kill('SIGTERM')
    const { code, output } = await server.ended
    assert.equal(code, 0, `${moment}: ${output}`)
    assert.deepEqual(processesIn(dataDir), [], moment)
    assert.deepEqual(
      names().filter((name) => /lock|init/.test(name)),
      [],
      moment,
    )
  }
  const server = await startServer(readConfig({ ...environment, ...quiet, PALESTRA_DEMO: 'true' }))
  await server.stop()
})

test('a server that npm has started stops when its parent is gone; any other one goes on', async (t) => {
  await using database = await testDatabase()
  // As between npm and its program: what waits for the server, and cannot pass on what ends it.
  const waiting = `const { spawn } = require('node:child_process')
    console.log('server', spawn(process.execPath, ['src/main.ts'], { stdio: 'inherit' }).pid)`
  for (const byNpm of [true, false]) {
    const environment = { PALESTRA_DATABASE_URL: database.url, ...(byNpm ? { npm_lifecycle_event: 'start' } : {}) }
    const shell = await startServerProcess(environment, { args: ['-e', waiting] })
    const pid = Number(/server (\d+)/.exec(shell.output())?.[1])
    t.after(() => isAlive(pid) && process.kill(pid, 'SIGKILL'))
    await shell.end('SIGTERM')
    assert.equal(await waitForEnd(pid, byNpm ? 10_000 : 1500), byNpm)
    if (!byNpm) process.kill(pid, 'SIGTERM')
    assert.equal(await waitForEnd(pid, 10_000), true)
  }
})

/** Numbers of the processes that work in a folder. */
function processesIn(folder: string): readonly string[] {
  if (process.platform !== 'linux') return []
  return readdirSync('/proc').filter((pid) => {
    try {
      return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(folder)
    } catch {
      return false
    }
  })
}

test('before a server is ready it lives, is not ready, and asks to come again', async (t) => {
  await using database = await testDatabase()
  const environment = { PALESTRA_PORT: '18979', PALESTRA_DATABASE_URL: database.url, PALESTRA_SECRET_KEY: SECRET_KEY }
  // Who holds this lock migrates: the start waits for it.
  await asSuperuser(database.url, async (client) => {
    await client.query('select pg_advisory_lock(7252538001)')
    const server = run(environment)
    t.after(() => server.child.kill('SIGKILL'))
    const get = (path: string) => fetch(`http://127.0.0.1:18979${path}`, { headers: { 'accept-language': 'de' } })
    while (!(await get('/healthz').catch(() => undefined))) await sleep(20)
    assert.equal((await get('/healthz')).status, 200)
    const ready = await get('/readyz')
    assert.deepEqual([ready.status, await ready.json()], [503, { status: 'unavailable', failingCheck: 'starting' }])
    const answer = await get('/v1/customers')
    assert.deepEqual([answer.status, answer.headers.get('retry-after')], [503, '5'])
    assert.equal(((await answer.json()) as { errorCode: string }).errorCode, 'errormessage.service.maintenance')
    server.child.kill('SIGINT')
    assert.equal((await server.ended).code, 0)
  })
})

/** The same within this process, which costs a tenth. */
const quiet = { PALESTRA_PORT: '0', PALESTRA_LOG_LEVEL: 'silent' }
const starts = async (environment: Readonly<Record<string, string>>) => {
  const server = await startServer(readConfig({ ...quiet, ...environment }))
  await server.stop()
}
const refuses = (environment: Readonly<Record<string, string>>, message: RegExp) =>
  assert.rejects(starts(environment), { name: 'DatabaseRefusal', message })

test('a server serves as a role that may do no more than requests need', async () => {
  await using database = await testDatabase()
  const settings = { ...quiet, PALESTRA_DATABASE_URL: database.url, PALESTRA_SECRET_KEY: SECRET_KEY }
  const server = await startServer(readConfig(settings))
  try {
    const roles = await asSuperuser(database.url, async (client) => {
      const { rows } = await client.query(
        `select distinct usename from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
      )
      return rows.map(({ usename }) => String(usename))
    })
    assert.match(roles.join(), /^palestra_serving_\w+$/)
    // What it notices for the doctor, it may write.
    await fetch(`${server.url}/healthz`, { headers: { 'x-forwarded-for': '203.0.113.7' } })
    while (!(await describeUnnamedProxy(database.url))) await sleep(20)
    assert.match(String(await describeUnnamedProxy(database.url)), /^127\.0\.0\.1 forwards requests of others/)
  } finally {
    await server.stop()
  }
})

test('a database is opened by its own secret only, before and after there was something to compare it with', async () => {
  await using database = await testDatabase()
  const own = { PALESTRA_DATABASE_URL: database.url, PALESTRA_SECRET_KEY: SECRET_KEY }
  const other = { ...own, PALESTRA_SECRET_KEY: 'another-secret-of-more-than-32-characters' }
  const wrong = /^PALESTRA_SECRET_KEY does not open what this database holds/
  await runCommand('tenant create acme --name Acme', own)
  const before = await rowHashes(database.url)
  await refuses(other, wrong)
  await assert.rejects(runCommand('tenant create beta --name Beta', other), { message: wrong })
  assert.deepEqual(await rowHashes(database.url), before)

  await starts(own)
  await refuses(other, wrong)
  const both = { ...own, PALESTRA_SECRET_KEY: `${other.PALESTRA_SECRET_KEY},${SECRET_KEY}` }
  await starts(both)
  await runCommand('secret rotate', both)
  await starts(other)
  await refuses(own, wrong)
})

test('a demo leaves a database, nobody else in it is touched, and a real secret opens what is left', async () => {
  await using database = await testDatabase()
  await starts({ PALESTRA_DATABASE_URL: database.url, PALESTRA_DEMO: 'true', PALESTRA_STORAGE: 'db' })
  const real = { PALESTRA_DATABASE_URL: database.url, PALESTRA_SECRET_KEY: SECRET_KEY, PALESTRA_STORAGE: 'db' }
  await refuses(real, /written in demo mode with the published secret: remove its tenants/)

  const whole = await rowHashes(database.url, undefined, [])
  const other = await rowHashes(database.url, 2, [])
  const counted = await runCommand('tenant remove --slug demo', real)
  assert.ok(counted.some(({ table, rows }: { table: string; rows: number }) => table === 'customers' && rows > 150))
  assert.deepEqual(await rowHashes(database.url, undefined, []), whole)
  assert.deepEqual(await runCommand('tenant remove --slug demo --yes', real), counted)
  assert.deepEqual(await rowHashes(database.url, 2, []), other)
  const left = Object.values(await rowHashes(database.url, 1, []))
  assert.deepEqual([...new Set(left)], ['empty'])
  await assert.rejects(runCommand('tenant remove --slug demo --yes', real), /There is no tenant demo/)
  await runCommand('tenant remove --slug other --yes', real)
  await starts(real)
})

test('an older program leaves a database of a newer one alone', async () => {
  await using database = await testDatabase()
  const environment = { PALESTRA_DATABASE_URL: database.url, PALESTRA_SECRET_KEY: SECRET_KEY }
  await asSuperuser(database.url, (client) =>
    client.query(`insert into drizzle.__drizzle_migrations (hash, created_at)
      select 'newer', max(created_at) + 1 from drizzle.__drizzle_migrations`),
  )
  const newer = /^A newer Palestra has changed this database \(1 migrations/
  await refuses(environment, newer)
  for (const line of ['migrate', 'migrate --check', 'tenant list']) {
    await assert.rejects(runCommand(line, environment), { message: newer })
  }
})

test('a demo by silence does not serve a database with another tenant in it', async (t) => {
  const silence = { PALESTRA_DATA_DIR: join(ownFolder(t), 'data') }
  await assert.rejects(runCommand('tenant create acme --name Acme', silence), /the demo, whose keys are published/)
  await runCommand('tenant create acme --name Acme', { ...silence, PALESTRA_DEMO: 'true' })
  await refuses(silence, /^PALESTRA_SECRET_KEY is required, because this database holds the tenant acme/)
})

test('a data folder that is deleted and made anew under a running server gets one of its own', async (t) => {
  const dataDir = join(ownFolder(t), 'data')
  const environment = { PALESTRA_DATA_DIR: dataDir }
  const first = await startServerProcess(environment)
  t.after(() => first.end('SIGKILL'))
  rmSync(dataDir, { recursive: true })
  mkdirSync(dataDir)
  const second = run({ PALESTRA_PORT: '0', ...environment })
  t.after(() => second.child.kill('SIGTERM'))
  while (!/listens on/.test(second.output()) && second.child.exitCode === null) await sleep(20)
  assert.doesNotMatch(second.output(), /^\s+at /m)
})
