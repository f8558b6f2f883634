import assert from 'node:assert/strict'
import { once } from 'node:events'
import { Agent, get, type IncomingMessage } from 'node:http'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { openListener } from '../../src/platform/http/listener.ts'
import { Readiness } from '../../src/platform/process/readiness.ts'
import { openTestApp } from '../support/app.ts'
import { buildApp } from '../../src/app.ts'
import { openPlatform } from '../../src/platform/platform.ts'

async function ask(url: string, agent: Agent, headers: Record<string, string> = {}) {
  const [answer] = (await once(get(url, { agent, headers }), 'response')) as [IncomingMessage]
  const body = Buffer.concat(await answer.toArray()).toString('utf8')
  return { status: answer.statusCode, connection: answer.headers.connection, body }
}

test('a process that is about to stop answers on, ends each connection with its answer, and resets nobody', async (t) => {
  await using app = await openTestApp()
  const listener = await openListener('127.0.0.1', 0)
  const url = `http://127.0.0.1:${listener.port}`
  const agent = new Agent({ keepAlive: true })
  const tags = () => ask(`${url}/v1/studios/tags`, agent, { 'x-api-key': app.berlin.key })
  assert.equal((await tags()).status, 503, 'before it is ready')
  const { config, connectionString, log } = app.platform
  const platform = openPlatform({ config, connectionString, log })
  const server = await buildApp(platform, { listener })
  t.after(async () => {
    await listener.drain(0)
    await server.close()
    await platform.close()
    agent.destroy()
  })
  await server.readiness.open()
  server.letIn()
  assert.deepEqual([(await tags()).status, (await tags()).connection], [200, 'keep-alive'])

  // Clients that keep their connection, as balancers do, until an answer ends it.
  const client = async () => {
    for (;;) {
      const { status, connection } = await tags()
      assert.equal(status, 200)
      if (connection === 'close') return
    }
  }
  const clients = Promise.all(Array.from({ length: 8 }, client))
  await sleep(100)
  server.readiness.announceStop()
  const ready = await ask(`${url}/readyz`, agent)
  assert.deepEqual([ready.status, JSON.parse(ready.body).failingCheck], [503, 'shutting down'])
  const late = [tags(), tags()]
  await listener.drain(5000)
  await clients
  for (const { status, connection } of await Promise.all(late)) {
    assert.deepEqual([status, connection], [200, 'close'])
  }
  await assert.rejects(tags(), { code: 'ECONNREFUSED' })
})

test('clients that come anew while the port is given up are answered or find nobody, and are never cut off', async () => {
  for (let round = 0; round < 3; round += 1) {
    const listener = await openListener('localhost', 0)
    const ends: (string | undefined)[] = []
    const come = async () => {
      for (let isOpen = true; isOpen; ) {
        const agent = new Agent()
        const end = await ask(`http://127.0.0.1:${listener.port}/healthz`, agent).then(
          () => undefined,
          ({ code }) => String(code),
        )
        ends.push(end)
        isOpen = end === undefined
      }
    }
    const clients = Array.from({ length: 16 }, come)
    while (ends.length < 40) await sleep(1)
    await listener.drain(5000)
    await Promise.all(clients)
    assert.deepEqual(new Set(ends), new Set([undefined, 'ECONNREFUSED']), `round ${round}`)
  }
})

test('many who ask whether the process is ready cost one check, which a full pool does not hold up', async () => {
  await using app = await openTestApp({ environment: { PALESTRA_DATABASE_CONNECTIONS: '2' } })
  const { database } = app.platform
  const held = [await database.pool.acquire('none'), await database.pool.acquire('none')]
  let sent = 0
  const { query } = pg.Client.prototype
  // The driver is not ours, and is only counted.
  pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
    sent += 1
    return (query as (...all: unknown[]) => unknown).apply(this, args)
  } as typeof query
  try {
    const answers = await Promise.all(Array.from({ length: 500 }, () => app.app.readiness.failingCheck()))
    assert.deepEqual([...new Set(answers)], [undefined])
    assert.ok(sent < 10, `${sent} statements`)
  } finally {
    pg.Client.prototype.query = query
    for (const connection of held) database.pool.release(connection)
  }
})

test('a disk without room is named', async () => {
  await using app = await openTestApp()
  const full = new Readiness({ ...app.platform, config: { databaseUrl: undefined, storage: 'fs', dataDir: '/proc' } })
  await assert.rejects(full.open(), /disk of the data folder is full/)
})
