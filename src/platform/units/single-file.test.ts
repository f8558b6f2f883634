import { test } from 'node:test'
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { type LockedRow, SingleFile } from './single-file.ts'

const turn = (...rows: readonly LockedRow[]) => ({ tenantId: 1, rows, waits: undefined })
const pause = () => new Promise((resolve) => setImmediate(resolve))

test('writes of one row run one after the other in the order of arrival, those of others beside them', async () => {
  const file = new SingleFile()
  const seen: string[] = []
  const write = (name: string, row: LockedRow) =>
    file.run(turn(row), async () => {
      seen.push(`${name} begins`)
      await pause()
      seen.push(`${name} ends`)
    })
  await Promise.all([write('a', 'slot 1'), write('b', 'slot 1'), write('c', 'slot 2')])
  assert.deepEqual(seen, ['a begins', 'c begins', 'a ends', 'b begins', 'c ends', 'b ends'])
})

test('another tenant that names the same id waits for nobody', async () => {
  const file = new SingleFile()
  const { promise, resolve } = Promise.withResolvers<void>()
  const first = file.run(turn('slot 1'), () => promise)
  assert.equal(await file.run({ ...turn('slot 1'), tenantId: 2 }, async () => 'done'), 'done')
  resolve()
  await first
})

test('a failed write passes its turn on', async () => {
  const file = new SingleFile()
  const failed = file.run(turn('customer 1'), () => Promise.reject(new Error('refused')))
  const next = file.run(turn('customer 1'), async () => 'done')
  await assert.rejects(failed, /refused/)
  assert.equal(await next, 'done')
})

test('who gives up leaves the row; who has just got the turn keeps it', async () => {
  const file = new SingleFile()
  const { promise, resolve } = Promise.withResolvers<void>()
  const first = file.run(turn('slot 1'), () => promise)
  const givesUp = {
    outsideFor: async <T>(arrival: Promise<T>, leave: () => boolean) => {
      if (leave()) throw new Error('too late')
      return arrival
    },
  }
  const hesitates = {
    outsideFor: async <T>(arrival: Promise<T>, leave: () => boolean) => {
      await arrival
      return givesUp.outsideFor(arrival, leave)
    },
  }
  const inTime = file.run({ ...turn('slot 1'), waits: hesitates }, async () => 'in time')
  const never = file.run({ ...turn('slot 1'), waits: givesUp }, async () => 'never')
  await assert.rejects(never, /too late/)
  const last = file.run(turn('slot 1'), async () => 'done')
  resolve()
  await first
  assert.deepEqual([await inTime, await last], ['in time', 'done'])
})

test('whatever rows writes lock, all of them end, and never two on one row at once', async () => {
  const rows = fc.constantFrom<LockedRow>('slot 1', 'slot 2', 'bookable 1', 'customer 1', 'customer 2')
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(rows, { maxLength: 4 }), { maxLength: 12 }), async (writes) => {
      const file = new SingleFile()
      const busy = new Set<string>()
      const write = (locked: readonly LockedRow[]) =>
        file.run(turn(...locked), async () => {
          const each = new Set(locked)
          for (const row of each) assert.ok(!busy.has(row))
          for (const row of each) busy.add(row)
          await pause()
          for (const row of each) busy.delete(row)
        })
      await Promise.all(writes.map(write))
    }),
  )
})
