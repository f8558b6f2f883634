import assert from 'node:assert/strict'
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { once } from 'node:events'
import { join } from 'node:path'
import { test } from 'node:test'
import { databaseUrl, startBundledPostgres } from './index.ts'
import { isAlive } from './processes.ts'
import {
  linuxOnly,
  ownFolder,
  query,
  root,
  start,
  startElsewhere,
  temporaryFolder,
  until,
} from './servers-for-tests.ts'

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

test('a second owner is refused, and the refusal names the first one', async (t) => {
  const server = await start({ dataDir: sharedDir })
  t.after(() => server.stop())
  await assert.rejects(start({ dataDir: sharedDir }), {
    message: new RegExp(`in use by process ${process.pid} \\(this one\\)`),
  })
  const refusal = new RegExp(`is in use by process ${process.pid}: stop it first, or set PALESTRA_DATA_DIR`)
  await assert.rejects(startElsewhere(t, sharedDir), refusal)
  assert.deepEqual(await query(server.url, 'select 1 as one'), [{ one: 1 }])
})

test('a folder with foreign content is refused, not overwritten', async (t) => {
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

test('Ctrl-C at the terminal does not reach the server', { skip: linuxOnly }, async (t) => {
  const server = await start({ dataDir: sharedDir })
  t.after(() => server.stop())
  const group = readFileSync(`/proc/${server.pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[2]
  assert.equal(group, `${server.pid}`)
})
