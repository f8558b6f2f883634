import { test } from 'node:test'
import assert from 'node:assert/strict'
import { testDatabase } from '../../../test/support/database.ts'
import type { Demand } from '../places/demand.ts'
import { type Connection, ConnectionPool } from './connection-pool.ts'

async function openPool() {
  const database = await testDatabase()
  const options = { connectionString: database.url, size: 4, monotonicMs: () => performance.now() }
  const pool = new ConnectionPool(options)
  const seen: string[] = []
  const out = new Set<Connection>()
  /** Takes a connection, and stores when it got it. */
  const ask = async (name: string, demand: Demand) => {
    const connection = await pool.acquire(1, demand)
    seen.push(name)
    out.add(connection)
    return connection
  }
  const release = (connection: Connection | undefined) => {
    if (connection && out.delete(connection)) pool.release(connection)
  }
  const close = async () => {
    for (const connection of out) release(connection)
    await pool.close()
    await database.drop()
  }
  return { ask, release, seen, waiting: () => pool.waiting, [Symbol.asyncDispose]: close }
}

const demand = (rank: Demand['rank'], holder: string, tenantId = 1): Demand => ({ rank, holder, tenantId })

test('lists leave a quarter of the connections to others', async () => {
  await using pool = await openPool()
  const lists = await Promise.all([1, 2, 3].map((n) => pool.ask('list', demand('BULK', `a${n}`))))
  const waiting = pool.ask('waiting list', demand('BULK', 'b', 2))
  assert.equal(pool.waiting(), 1, 'although a connection is free')
  await pool.ask('booking', demand('CRITICAL', 'c'))
  pool.release(lists[0])
  await waiting
  assert.deepEqual(pool.seen, ['list', 'list', 'list', 'booking', 'waiting list'])
})

test('while others wait nobody holds more than half of the connections', async () => {
  await using pool = await openPool()
  const flood = await Promise.all([1, 2, 3, 4].map(() => pool.ask('flood', demand('CRITICAL', 'flood'))))
  const more = [1, 2].map(() => pool.ask('more', demand('CRITICAL', 'flood')))
  const others = [1, 2].map(() => pool.ask('other', demand('BULK', 'quiet', 2)))
  pool.release(flood[0])
  pool.release(flood[1])
  await Promise.all(others)
  assert.deepEqual(pool.seen.slice(4), ['other', 'other'])
  pool.release(flood[2])
  pool.release(flood[3])
  await Promise.all(more)
})
