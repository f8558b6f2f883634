import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { asSuperuser } from './row-hashes.ts'

const fates = { left: 'pid', cancelled: 'pg_cancel_backend(pid)', killed: 'pg_terminate_backend(pid)' } as const

/**
 * Resolves once so many have been found waiting for a lock in this database, and been left, cancelled or killed. On a
 * connection of its own: inside a transaction the list of who waits stands still.
 */
export async function meetWaiting(databaseUrl: string, fate: keyof typeof fates = 'left', atLeast = 1) {
  await asSuperuser(databaseUrl, async (client) => {
    for (let tries = 0; tries < 200; tries++) {
      const { rowCount } = await client.query(
        `select ${fates[fate]} from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`,
      )
      if (rowCount && rowCount >= atLeast) return
      await sleep(5)
    }
    assert.fail('nobody waits for the lock')
  })
}
