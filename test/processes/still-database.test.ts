import assert from 'node:assert/strict'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { once } from 'node:events'
import { test } from 'node:test'
import { openTestApp } from '../support/app.ts'
import { newLead } from '../support/scenes/leads.ts'
import { testDatabase } from '../support/database.ts'
import { asSuperuser } from '../support/row-hashes.ts'

/** A way to the database that can stop carrying anything, as a network does that drops packets. */
async function openSwallower(databaseUrl: string) {
  const url = new URL(databaseUrl)
  const target = url.hostname.includes('%2F')
    ? { path: `${decodeURIComponent(url.hostname)}/.s.PGSQL.${url.port || 5432}` }
    : { host: url.hostname, port: Number(url.port) }
  const sockets = new Set<Socket>()
  let isSwallowing = false
  const server = createServer((socket) => {
    const far = connect(target as { path: string })
    for (const [from, to] of [
      [socket, far],
      [far, socket],
    ] as const) {
      sockets.add(from)
      from.on('data', (bytes) => void (isSwallowing || to.write(bytes)))
      from.on('error', () => to.destroy())
      from.on('close', () => to.destroy())
    }
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  url.hostname = '127.0.0.1'
  url.port = String((server.address() as AddressInfo).port)
  return {
    url: url.href,
    swallow: (does: boolean) => {
      isSwallowing = does
    },
    [Symbol.dispose]: () => {
      for (const socket of sockets) socket.destroy()
      server.close()
    },
  }
}

test('a database that does not answer is 503 in time, named by /readyz within two seconds, and used again afterwards', async () => {
  await using database = await testDatabase()
  using way = await openSwallower(database.url)
  const reached = { url: way.url, drop: async () => {}, [Symbol.asyncDispose]: async () => {} }
  await using app = await openTestApp({ database: reached, environment: { PALESTRA_DATABASE_CONNECTIONS: '4' } })
  assert.equal((await app.get('/v1/studios/tags')).status, 200)
  way.swallow(true)
  const asked = performance.now()
  const ready = await app.app.server.inject({ url: '/readyz' })
  assert.deepEqual([ready.statusCode, ready.json().failingCheck], [503, 'database'])
  // Far above the limits, for busy machines, and far below what the system takes to give such a connection up.
  assert.ok(performance.now() - asked < 10_000, '/readyz')

  const answers = await Promise.all(Array.from({ length: 6 }, () => app.get('/v1/studios/tags')))
  for (const { status, body } of answers) {
    assert.deepEqual([status, body.errorCode], [503, 'errormessage.service.databaseTimeout'])
  }
  assert.ok(performance.now() - asked < 40_000, 'requests')
  way.swallow(false)
  assert.equal((await app.get('/v1/studios/tags')).status, 200)
})

const mapped = [
  ...['57014', '55P03', '53200', '53300', '57P03', '25P03'].map((state) => [state, 503, 'databaseTimeout'] as const),
  ['53100', 507, 'storageFull'] as const,
]
test('what the database refuses for want of time is 503, for want of room 507, and never a conflict', async () => {
  await using app = await openTestApp()
  for (const [state, status, code] of mapped) {
    await asSuperuser(app.url, (client) =>
      client.query(`create or replace function refuse_all() returns trigger language plpgsql as
        $$ begin raise exception 'refused' using errcode = '${state}'; end $$;
        create or replace trigger refuse_all before insert on leads execute function refuse_all()`),
    )

    const answer = await app.post('/v1/leads/create', newLead({ email: 'ida@example.org' }))
    assert.deepEqual([answer.status, answer.body.errorCode], [status, `errormessage.service.${code}`], state)
  }
})
