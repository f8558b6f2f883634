import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import pg from 'pg'
import { backUp, restore } from './backup.ts'
import { ownFolder, query, start } from './servers-for-tests.ts'

/** Writes pairs, each in one transaction, until `stop` is called; answers how many were acknowledged. */
function keepWriting(url: string) {
  const client = new pg.Client({ connectionString: url })
  let isStopped = false
  let acknowledged = 0
  const done = (async () => {
    await client.connect()
    while (!isStopped) {
      await client.query(
        `begin; insert into debits select ${acknowledged}; insert into credits select ${acknowledged}; commit`,
      )
      acknowledged += 1
    }
    await client.end()
  })()
  return {
    acknowledged: () => acknowledged,
    stop: () => {
      isStopped = true
      return done
    },
  }
}

test('a backup that is made under load has what was acknowledged before it, and nothing half done', async (t) => {
  const around = ownFolder(t)
  const [dataDir, target, elsewhere] = ['data', 'backup', 'restored'].map((name) => join(around, name))
  assert.ok(dataDir && target && elsewhere)
  const server = await start({ dataDir })
  t.after(() => server.stop())
  await query(server.url, 'create table debits (n bigint); create table credits (n bigint)')
  mkdirSync(join(dataDir, 'files'))
  writeFileSync(join(dataDir, 'files', 'one'), 'bytes')
  const writers = [keepWriting(server.url), keepWriting(server.url)]
  while (writers.some((writer) => writer.acknowledged() < 50))
    await query(server.url, 'create table gone (); drop table gone')
  const before = writers.reduce((sum, writer) => sum + writer.acknowledged(), 0)
  await backUp(server.url, dataDir, target)
  await Promise.all(writers.map((writer) => writer.stop()))
  assert.deepEqual(readdirSync(around).sort(), ['backup', 'data'], 'no draft is left')

  await restore(target, elsewhere)
  const restored = await start({ dataDir: elsewhere })
  t.after(() => restored.stop())
  const [counts] = await query(
    restored.url,
    `select (select count(*)::int from debits) as debits, (select count(*)::int from credits) as credits,
      (select count(*)::int from debits natural full join credits) as pairs`,
  )
  const { debits, credits, pairs } = counts as Readonly<Record<string, number>>
  assert.ok(debits !== undefined && debits >= before, `${debits} of ${before}`)
  assert.equal(credits, debits)
  assert.ok(pairs !== undefined && pairs >= debits)
  assert.equal(readFileSync(join(elsewhere, 'files', 'one'), 'utf8'), 'bytes')
  assert.deepEqual(await query(restored.url, 'select count(*)::int as n from pg_replication_slots'), [{ n: 0 }])
})

test('nothing is overwritten: neither a backup by the next one nor a data folder by a backup', async (t) => {
  const around = ownFolder(t)
  const taken = join(around, 'taken')
  mkdirSync(taken)
  writeFileSync(join(taken, 'mine'), '1')
  await assert.rejects(backUp('postgres://nobody@127.0.0.1:1/x', around, taken), /is there already/)
  mkdirSync(join(around, 'backup', 'postgres'), { recursive: true })
  await assert.rejects(restore(join(around, 'backup'), join(around, 'new')), /holds no database/)
  writeFileSync(join(around, 'backup', 'postgres', 'PG_VERSION'), '18')
  await assert.rejects(restore(join(around, 'backup'), taken), /is not empty/)
  assert.equal(readFileSync(join(taken, 'mine'), 'utf8'), '1')
})

test('a backup that fails leaves nothing behind', async (t) => {
  const around = ownFolder(t)
  await assert.rejects(backUp('postgres://nobody@127.0.0.1:1/x', around, join(around, 'backup')))
  assert.equal(existsSync(join(around, 'backup')), false)
  assert.deepEqual(readdirSync(around), [])
})
