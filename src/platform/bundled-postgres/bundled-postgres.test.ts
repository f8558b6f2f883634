import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { type BundledPostgresOptions, databaseUrl, startBundledPostgres } from './index.ts'
import { isAlive, lifeOf, waitForEnd } from './processes.ts'

const root = process.getuid?.() === 0
const linuxOnly = process.platform === 'linux' ? false : 'reads /proc'
const settings = { fsync: 'off', shared_buffers: '16MB' }
/** initdb takes most of a test's time, so tests that only need some database share this one. */
const sharedDir = temporaryFolder()
test.after(() => rmSync(sharedDir, { recursive: true, force: true }))

test('a second start finds what the first one wrote', async (t) => {
  const dataDir = ownFolder(t)
  const first = await start({ dataDir })
  await query(first.url, "create table kept as select 'Grüße' as word")
  await first.stop()
  assert.equal(isAlive(first.pid), false)

  const second = await start({ dataDir })
  t.after(() => second.stop())
  assert.deepEqual(await query(second.url, 'select word from kept'), [{ word: 'Grüße' }])
  assert.equal(second.url, first.url)
})

test('the database is UTF-8, ordered the same on every machine, durable and in UTC', async (t) => {
  const server = await startBundledPostgres({ dataDir: sharedDir })
  t.after(() => server.stop())
  const [facts] = await query(
    server.url,
    `select current_database() as name, pg_encoding_to_char(encoding) as encoding, datlocale as locale,
      current_setting('fsync') as fsync, current_setting('timezone') as zone, upper('ä') as upper
     from pg_database where datname = current_database()`,
  )
  assert.deepEqual(facts, {
    name: 'palestra',
    encoding: 'UTF8',
    locale: 'C.UTF-8',
    fsync: 'on',
    zone: 'UTC',
    upper: 'Ä',
  })
})

test('databaseUrl leads to another database of the same server', async (t) => {
  const server = await start({ dataDir: sharedDir })
  t.after(() => server.stop())
  await query(server.url, 'create database "studio 1"')
  assert.deepEqual(await query(databaseUrl(server, 'studio 1'), 'select current_database() as name'), [
    { name: 'studio 1' },
  ])
})

test('nobody gets in without the password, and no TCP port is open', async (t) => {
  const server = await start({ dataDir: sharedDir })
  t.after(() => server.stop())
  const stranger = new URL(server.url)
  stranger.password = 'guess'
  await assert.rejects(query(stranger.href, 'select 1'), { code: '28P01' })
  if (process.platform !== 'win32')
    assert.deepEqual(await query(server.url, 'show listen_addresses'), [{ listen_addresses: '' }])
})

test('a server whose launcher was killed is taken over, and stops when we stop', async (t) => {
  const launcher = await startElsewhere(t, sharedDir)
  await query(launcher.url, 'create table if not exists booked (id int); insert into booked values (1)')
  launcher.process.kill('SIGKILL')
  await once(launcher.process, 'exit')
  assert.equal(isAlive(launcher.pid), true)

  const server = await start({ dataDir: sharedDir })
  t.after(() => server.stop())
  assert.equal(server.pid, launcher.pid)
  assert.deepEqual(await query(server.url, 'select id from booked'), [{ id: 1 }])
  await server.stop()
  assert.equal(isAlive(launcher.pid), false)
})

test('a server left behind with other settings is replaced', async (t) => {
  const launcher = await startElsewhere(t, sharedDir)
  launcher.process.kill('SIGKILL')
  await once(launcher.process, 'exit')

  const server = await start({ dataDir: sharedDir, settings: { ...settings, work_mem: '7MB' } })
  t.after(() => server.stop())
  assert.equal(isAlive(launcher.pid), false)
  assert.deepEqual(await query(server.url, 'show work_mem'), [{ work_mem: '7MB' }])
})

test('a killed server is started again at the same address, with every committed row', async (t) => {
  const lines: string[] = []
  const server = await start({ dataDir: sharedDir, log: (line) => lines.push(line) })
  t.after(() => server.stop())
  await query(server.url, 'create table if not exists paid (id int); insert into paid values (7)')
  const killed = server.pid
  process.kill(killed, 'SIGKILL')

  await until(() => server.pid !== killed)
  assert.deepEqual(await query(server.url, 'select id from paid'), [{ id: 7 }])
  assert.match(
    lines.join('\n'),
    new RegExp(`process ${killed}\\) ended unexpectedly\n.*runs again \\(process ${server.pid}`),
  )
})

test('a server that was taken over is started again too when it is killed', async (t) => {
  const launcher = await startElsewhere(t, sharedDir)
  launcher.process.kill('SIGKILL')
  await once(launcher.process, 'exit')
  const server = await start({ dataDir: sharedDir })
  t.after(() => server.stop())
  process.kill(launcher.pid, 'SIGKILL')
  await until(() => server.pid !== launcher.pid)
  assert.deepEqual(await query(server.url, 'select 1 as one'), [{ one: 1 }])
})

test('a session in the middle of a calculation does not keep a killed server down', { skip: linuxOnly }, async (t) => {
  const server = await start({ dataDir: sharedDir })
  t.after(() => server.stop())
  const busy = query(server.url, 'select count(*) from generate_series(1, 1e12::bigint)').catch(() => undefined)
  await sleep(200)
  const killed = server.pid
  process.kill(killed, 'SIGKILL')
  await until(() => server.pid !== killed)
  await busy
  assert.deepEqual(await query(server.url, 'select 1 as one'), [{ one: 1 }])
})

test('a second owner is refused and told who the first one is', async (t) => {
  const server = await start({ dataDir: sharedDir })
  t.after(() => server.stop())
  await assert.rejects(start({ dataDir: sharedDir }), {
    message: new RegExp(`in use by process ${process.pid} \\(this one\\)`),
  })
  const refusal = new RegExp(`is in use by process ${process.pid}: stop it first, or set PALESTRA_DATA_DIR`)
  await assert.rejects(startElsewhere(t, sharedDir), refusal)
  assert.deepEqual(await query(server.url, 'select 1 as one'), [{ one: 1 }])
})

test('a lock that names a living process of another time does not block', async () => {
  const lock = join(sharedDir, 'postgres.lock')
  for (const stale of [
    { pid: process.ppid, life: 'earlier' },
    { pid: 2 ** 22 + 1, life: `${lifeOf(process.pid)}` },
    'torn',
  ]) {
    writeFileSync(lock, JSON.stringify(stale))
    const server = await start({ dataDir: sharedDir })
    await server.stop()
    assert.equal(existsSync(lock), false)
  }
  assert.deepEqual(
    readdirSync(sharedDir).filter((name) => name.startsWith('postgres.lock')),
    [],
  )
})

test('lock files of a server whose number now belongs to another process do not block', {
  skip: process.platform === 'win32' ? 'has no sleep' : false,
}, async (t) => {
  const server = await start({ dataDir: sharedDir })
  const files = readdirSync(join(sharedDir, 'postgres'))
    .filter((name) => name === 'postmaster.pid' || name.endsWith('.lock'))
    .map((name) => join(sharedDir, 'postgres', name))
  const contents = files.map((file) => readFileSync(file, 'utf8'))
  const impostor = startImpostor(t)
  await server.stop()
  for (const [at, file] of files.entries()) writeFileSync(file, `${contents[at]}`.replace(/^\d+/, `${impostor}`))
  const next = await start({ dataDir: sharedDir })
  await next.stop()
  assert.equal(isAlive(impostor), true)
})

test('a creation that was killed half-way is begun anew', async (t) => {
  const dataDir = ownFolder(t)
  const launcher = launch(dataDir)
  await until(() => readdirSync(dataDir).some((name) => existsSync(join(dataDir, name, 'data', 'base'))))
  launcher.kill('SIGKILL')
  await once(launcher, 'exit')
  assert.equal(existsSync(join(dataDir, 'postgres')), false)

  const server = await start({ dataDir })
  t.after(() => server.stop())
  assert.deepEqual(await query(server.url, 'select 1 as one'), [{ one: 1 }])
  assert.deepEqual(
    readdirSync(dataDir).filter((name) => name.startsWith('postgres.init')),
    [],
  )
})

test('a folder with somebody else’s content is refused, not overwritten', async (t) => {
  const dataDir = ownFolder(t)
  mkdirSync(join(dataDir, 'postgres'))
  writeFileSync(join(dataDir, 'postgres', 'diary.txt'), 'mine')
  await assert.rejects(start({ dataDir }), /is not a PostgreSQL database: move it away/)
  assert.equal(readFileSync(join(dataDir, 'postgres', 'diary.txt'), 'utf8'), 'mine')
})

test('a data folder with a very long name works', async (t) => {
  const dataDir = join(ownFolder(t), 'n'.repeat(120))
  const server = await start({ dataDir })
  t.after(() => server.stop())
  assert.deepEqual(await query(server.url, 'select 1 as one'), [{ one: 1 }])
})

test('as root, data under a folder closed to others is served where it is', {
  skip: root && !linuxOnly ? false : 'only Linux and only root have this case',
}, async (t) => {
  const closed = ownFolder(t)
  chmodSync(closed, 0o700)
  const dataDir = join(closed, 'data')
  const first = await start({ dataDir })
  await query(first.url, 'create table kept as select 1 as one')
  const killed = first.pid
  process.kill(killed, 'SIGKILL')
  await until(() => first.pid !== killed)
  await first.stop()

  const launcher = await startElsewhere(t, dataDir)
  launcher.process.kill('SIGKILL')
  await once(launcher.process, 'exit')
  const second = await start({ dataDir })
  t.after(() => second.stop())
  assert.equal(second.pid, launcher.pid)
  assert.deepEqual(await query(second.url, 'select one from kept'), [{ one: 1 }])
  assert.equal(existsSync(join(dataDir, 'postgres', 'PG_VERSION')), true)
})

test('a process that ends without stop leaves no server behind', async (t) => {
  const launcher = await startElsewhere(t, sharedDir)
  launcher.process.stdin?.end('exit')
  await once(launcher.process, 'exit')
  assert.equal(await waitForEnd(launcher.pid, 5000), true)
  assert.equal(existsSync(join(sharedDir, 'postgres.lock')), false)
})

test('Ctrl-C at the terminal does not reach the server', { skip: linuxOnly }, async (t) => {
  const server = await start({ dataDir: sharedDir })
  t.after(() => server.stop())
  const group = readFileSync(`/proc/${server.pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[2]
  assert.equal(group, `${server.pid}`)
})

/** A process of the server's own user: PostgreSQL looks twice only at those. */
function startImpostor(t: TestContext): number {
  const account = root ? { uid: 65534, gid: 65534 } : {}
  const sleeper = spawn('sleep', ['60'], { ...account, stdio: 'ignore' })
  t.after(() => sleeper.kill())
  return Number(sleeper.pid)
}

function start(options: BundledPostgresOptions) {
  return startBundledPostgres({ settings, ...options })
}

async function query(url: string, text: string): Promise<readonly unknown[]> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  try {
    return (await client.query(text)).rows
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** Another process that starts the server, says so on its standard output, and exits when told to on its input. */
function launch(dataDir: string) {
  const code = `
    import { startBundledPostgres } from ${JSON.stringify(new URL('./index.ts', import.meta.url).href)}
    try {
      const { url, pid } = await startBundledPostgres(${JSON.stringify({ dataDir, settings })})
      console.log(JSON.stringify({ url, pid }))
      process.stdin.on('data', () => process.exit())
    } catch (thrown) {
      console.log(JSON.stringify({ message: thrown.message }))
    }`
  return spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: ['pipe', 'pipe', 'inherit'] })
}

async function startElsewhere(t: TestContext, dataDir: string) {
  const launcher = launch(dataDir)
  t.after(() => launcher.kill('SIGKILL'))
  const [line] = (await once(launcher.stdout, 'data')) as [Buffer]
  const said = JSON.parse(line.toString()) as { url: string; pid: number; message?: string }
  if (said.message) throw new Error(said.message)
  return { process: launcher, url: said.url, pid: said.pid }
}

async function until(holds: () => boolean): Promise<void> {
  const deadline = performance.now() + 15_000
  while (!holds()) {
    if (performance.now() > deadline) throw new Error(`waited too long for ${holds}`)
    await sleep(2)
  }
}

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'palestra-test-'))
  chmodSync(folder, 0o755)
  return folder
}

function ownFolder(t: TestContext): string {
  const folder = temporaryFolder()
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}
