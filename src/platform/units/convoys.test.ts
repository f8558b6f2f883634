import { test } from 'node:test'
import assert from 'node:assert/strict'
import { ApiError } from '../errors/errors.ts'
import { Convoys } from './convoys.ts'
import type { GroupCall } from './group-commit.ts'
import type { Outcome } from './shared-unit.ts'
import type { Waits } from './single-file.ts'

interface Call extends GroupCall<string> {
  readonly is: string
}

/** Calls of one tenant, and what was made of them: `a` alone, `[b c]` together. Nothing ends before `end` is called. */
function openTenant(outcomes?: (calls: readonly Call[]) => readonly Outcome<string>[]) {
  const made: string[] = []
  const ends: (() => void)[] = []
  const untilEnded = () => new Promise<void>((resolve) => ends.push(resolve))
  const convoys = new Convoys<string, Call>({
    together: async (calls) => {
      made.push(`[${calls.map(({ is }) => is).join(' ')}]`)
      await untilEnded()
      return outcomes?.(calls) ?? calls.map(({ is }) => ({ done: `${is} together` }))
    },
  })
  const join = (is: string, { names = [is], waits, tenantId = 1 }: Manner = {}) => {
    const alone = async () => {
      made.push(is)
      await untilEnded()
      return `${is} alone`
    }
    return convoys.join(tenantId, { is, names, alone }, waits)
  }
  const turn = () => new Promise<void>((resolve) => setImmediate(resolve))
  const end = async () => {
    await turn()
    ends.shift()?.()
    await turn()
  }
  return { made, join, end }
}

interface Manner {
  readonly names?: readonly string[]
  readonly waits?: Waits
  readonly tenantId?: number
}

test('a call that comes while none is under way is made at once; those that come meanwhile go together', async () => {
  const { made, join, end } = openTenant()
  const all = ['a', 'b', 'c'].map((is) => join(is))
  assert.deepEqual(made, ['a'])
  await end()
  await end()
  assert.deepEqual(await Promise.all(all), ['a alone', 'b together', 'c together'])
  assert.deepEqual(made, ['a', '[b c]'])
  void join('d')
  assert.deepEqual(made, ['a', '[b c]', 'd'])
})

test('one that waits by itself is made by itself, and calls of another tenant wait for nobody', async () => {
  const { made, join, end } = openTenant()
  const all = [join('a'), join('b'), join('c', { tenantId: 2 })]
  assert.deepEqual(made, ['a', 'c'])
  for (let n = 0; n < 3; n++) await end()
  assert.deepEqual(await Promise.all(all), ['a alone', 'b alone', 'c alone'])
})

test('no group is larger than fifty, has two calls with a name in common, or lets one overtake another', async () => {
  const { made, join, end } = openTenant()
  const same = { names: ['max'] }
  const all = [join('a'), join('b', same), join('c'), join('d', same), join('e')]
  all.push(...Array.from({ length: 60 }, (_, n) => join(String(n))))
  for (let n = 0; n < 4; n++) await end()
  await Promise.all(all)
  assert.deepEqual([made[1], made.map((group) => group.split(' ').length)], ['[b c]', [1, 2, 50, 12]])
})

test('a refusal is that of one call, and those that could not go together are made at once, each by itself', async () => {
  const no = new ApiError(400, 'errormessage.booking.bookingLimitReached')
  const { made, join, end } = openTenant((calls) =>
    calls.map(({ is }) => (is === 'c' ? { refused: no } : is === 'e' ? { done: 'e together' } : 'ALONE')),
  )
  const settled = Promise.allSettled(['a', 'b', 'c', 'd', 'e'].map((is) => join(is)))
  await end()
  await end()
  assert.deepEqual(made, ['a', '[b c d e]', 'b', 'd'])
  await end()
  await end()
  const outcomes = await settled
  assert.deepEqual(
    outcomes.map((one) => (one.status === 'fulfilled' ? one.value : one.reason)),
    ['a alone', 'b alone', no, 'd alone', 'e together'],
  )
})

test('a call by itself that takes long holds up no others', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const { made, join } = openTenant()
  const all = ['slow', 'b', 'c'].map((is) => join(is))
  t.mock.timers.tick(99)
  await new Promise((resolve) => setImmediate(resolve))
  assert.deepEqual(made, ['slow'])
  t.mock.timers.tick(1)
  await new Promise((resolve) => setImmediate(resolve))
  assert.deepEqual(made, ['slow', '[b c]'])
  void Promise.all(all)
})

test('who gives up while waiting is not made', async () => {
  const { made, join, end } = openTenant()
  const waits: Waits = {
    outsideFor: async (arrival, leave) => {
      if (leave()) throw new Error('too late')
      return arrival
    },
  }
  const first = join('a')
  await assert.rejects(join('b', { waits }), /too late/)
  await end()
  assert.equal(await first, 'a alone')
  assert.deepEqual(made, ['a'])
})
