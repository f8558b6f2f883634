import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ClaimedDelivery } from './dispatch-store.ts'
import { EndpointRunner, type RunnerPorts } from './endpoint-runner.ts'

/** A first attempt; all of them concern the same thing. */
const delivery = (id: number): ClaimedDelivery => ({
  id,
  attemptNo: 0,
  activationId: 1,
  entityId: 7,
  eventId: id,
  uuid: String(id),
  type: 'CLASS_BOOKING_CREATED',
  content: null,
  occurredAtMs: 0,
  traceId: null,
})

/** Runs to the end; `claims` answer one after the other, `attempted` collects what was called in its order. */
async function runThrough(claims: readonly (() => Promise<readonly number[]>)[], ports: Partial<RunnerPorts>) {
  const left = [...claims]
  const runner = new EndpointRunner({
    monotonicMs: () => 0,
    claim: async () => ((await left.shift()?.()) ?? []).map(delivery),
    attempt: async () => true,
    giveBack: async () => {},
    startWithinMs: 1000,
    ...ports,
  })
  runner.wake()
  return { runner, ended: runner.done }
}

test('what is claimed while older ones are given back does not overtake them', async () => {
  const attempted: number[] = []
  const second = Promise.withResolvers<readonly number[]>()
  const isHeldBack = Promise.withResolvers<boolean>()
  const { runner, ended } = await runThrough([async () => [1, 2], () => second.promise, async () => [1, 2, 3]], {
    attempt: async ({ id }) => {
      attempted.push(id)
      return attempted.length === 1 ? isHeldBack.promise : true
    },
    giveBack: async (ids) => {
      if (ids.includes(1)) second.resolve([3])
    },
  })
  // While the first one is under way, more is asked for.
  await new Promise(setImmediate)
  runner.wake()
  isHeldBack.resolve(false)
  await ended
  assert.deepEqual(attempted, [1, 1, 2, 3])
  assert.equal(runner.leavesLeases, false)
})

test('where the oldest one has waited for too long, the newer ones are given back as well', async () => {
  let now = 0
  const attempted: number[] = []
  const { runner, ended } = await runThrough([async () => [1, 2], async () => [3], async () => [2, 3]], {
    monotonicMs: () => now,
    attempt: async ({ id }) => {
      attempted.push(id)
      if (attempted.length > 1) return true
      now = 900
      await new Promise(setImmediate)
      runner.wake()
      await new Promise(setImmediate)
      now = 1100
      return true
    },
  })
  await ended
  assert.deepEqual(attempted, [1, 2, 3])
})

test('a runner that cannot claim, or cannot give back, ends and says that leases are left', async () => {
  const unknown = async () => {
    throw new Error('The connection was lost.')
  }
  const attempted: number[] = []
  const attempt = async ({ id }: ClaimedDelivery) => {
    attempted.push(id)
    return id !== 2
  }
  const failing = await runThrough([unknown, async () => [1]], { attempt })
  await failing.ended
  assert.deepEqual([attempted, failing.runner.leavesLeases], [[], true])
  const losing = await runThrough([async () => [2], async () => [3]], { attempt, giveBack: unknown })
  await losing.ended
  assert.deepEqual([attempted, losing.runner.leavesLeases], [[2], true])
})
