import assert from 'node:assert/strict'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { isAlive, readStartTime, waitForEnd } from './processes.ts'
import {
  launch,
  linuxOnly,
  ownFolder,
  query,
  settings,
  start,
  startElsewhere,
  startImpostor,
  temporaryFolder,
  until,
} from './servers-for-tests.ts'

/** initdb takes most of a test's time, so tests that only need some database share this one. */
const sharedDir = temporaryFolder()
test.after(() => rmSync(sharedDir, { recursive: true, force: true }))

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

test('a lock that names a living process of another time does not block', async () => {
  const lock = join(sharedDir, 'postgres.lock')
  for (const stale of [
    { pid: process.ppid, life: 'earlier' },
    { pid: 2 ** 22 + 1, life: `${readStartTime(process.pid)}` },
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

test('a process that ends without stop leaves no server behind', async (t) => {
  const launcher = await startElsewhere(t, sharedDir)
  launcher.process.stdin?.end('exit')
  await once(launcher.process, 'exit')
  assert.equal(await waitForEnd(launcher.pid, 5000), true)
  assert.equal(existsSync(join(sharedDir, 'postgres.lock')), false)
})
