import { test } from 'node:test'
import assert from 'node:assert/strict'
import { assertFilesAreWhole, assertNothingHalfDone, assertNothingLost } from '../support/crash/audit.ts'
import type { Named } from '../support/calls/calls.ts'
import type { SentCall } from '../support/crash/plan.ts'
import {
  bundledGround,
  externalGround,
  type Ground,
  killDatabase,
  killServer,
  type Mishap,
  reportFigures,
  runCrashRounds,
} from '../support/crash/rounds.ts'
import { asSuperuser } from '../support/row-hashes.ts'

/** `npm run test:crash` runs twenty of each. */
const ROUNDS = 1

const mishaps: readonly (readonly [what: string, ground: () => Promise<Ground>, mishap: Mishap])[] = [
  ['the server is killed', externalGround, killServer],
  ['the server is killed and leaves its bundled database behind', bundledGround, killServer],
  ['the database is killed under the server', bundledGround, killDatabase],
]
for (const [what, open, mishap] of mishaps) {
  test(`${what}: every acknowledged write is there, nothing is half done`, async () => {
    await using ground = await open()
    reportFigures(what, await runCrashRounds(ground, mishap, ROUNDS))
  })
}

test('control: the audit notices lost bookings and bytes, silent visits, missing events and wrong counts', async () => {
  await using ground = await externalGround()
  const { contents } = ground.target
  const lost: SentCall = {
    operation: 'bookClassSlot',
    method: 'POST',
    path: '',
    headers: {},
    named: {} as Named,
    traceId: '1'.repeat(32),
    answer: { status: 200, body: { bookingId: 7 } },
  }
  await asSuperuser(ground.databaseUrl, async (client) => {
    await assertNothingHalfDone(client)
    await assertFilesAreWhole(client, ground.dataDir)
    await client.query('update files set content = null')
    await assert.rejects(assertFilesAreWhole(client, ground.dataDir), /ENOENT/)
    await assert.rejects(assertNothingLost(client, [lost]), /what calls have left behind/)
    const silent = await client.query(
      `insert into check_ins (tenant_id, studio_id, customer_id, checked_in_at, in_source, created_at)
       values (1, 123, $1, '2026-01-01Z', 'API', '2026-01-01Z') returning id`,
      [contents.customerId],
    )
    await assert.rejects(assertNothingHalfDone(client), /a visit has its line/)
    await client.query('delete from check_ins where id = $1', [silent.rows[0].id])
    await client.query(
      `insert into bookings (tenant_id, studio_id, kind, customer_id, class_slot_id, during, status, channel, created_at, updated_at)
       values (1, 123, 'CLASS', $1, $2, '[2030-01-01Z,2030-01-02Z)', 'BOOKED', 'API', '2026-01-01Z', '2026-01-01Z')`,
      [contents.customerId, contents.classSlotId],
    )
    await assert.rejects(assertNothingHalfDone(client), /counts as many seats/)
    await client.query('update class_slots set booked_count = 1 where id = $1', [contents.classSlotId])
    await assert.rejects(assertNothingHalfDone(client), /one event of its creation/)
  })
})
