import { test } from 'node:test'
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { ApiError } from '../errors/errors.ts'
import { GroupCommit, type GroupCall } from './group-commit.ts'
import { findRest } from './rest-rules.ts'
import type { Outcome } from './shared-unit.ts'
import type { Waits } from './single-file.ts'

interface Call extends GroupCall<string> {
  readonly is: string
}

/** Calls of one row, and what was made of them: `a` alone, `[b c]` together. Nothing ends before `end` is called. */
function openRow({ together }: { together?: (calls: readonly Call[]) => readonly Outcome<string>[] } = {}) {
  const made: string[] = []
  const ends: (() => void)[] = []
  const is = { busyElsewhere: false }
  let nowMs = 0
  const untilEnded = () => new Promise<void>((resolve) => ends.push(resolve))
  const group = new GroupCommit<string, Call>({
    monotonicMs: () => nowMs,
    isBusyElsewhere: () => is.busyElsewhere,
    together: async (calls) => {
      made.push(`[${calls.map(({ is }) => is).join(' ')}]`)
      await untilEnded()
      return together?.(calls) ?? calls.map(({ is }) => ({ done: `${is} together` }))
    },
  })
  const join = (name: string, own: Partial<Call> = {}, row = 'row', waits?: Waits) => {
    const alone = async () => {
      made.push(name)
      await untilEnded()
      return `${name} alone`
    }
    return group.join(row, { is: name, names: [name], alone, ...own }, waits)
  }
  const turn = () => new Promise<void>((resolve) => setImmediate(resolve))
  const end = async () => {
    await turn()
    ends.shift()?.()
    await turn()
  }
  return { made, join, end, is, pass: (ms: number) => void (nowMs += ms) }
}

test('a call without another before it is sent at once, in the same turn', async () => {
  const { made, join, end } = openRow()
  const only = join('a')
  assert.deepEqual(made, ['a'])
  await end()
  assert.equal(await only, 'a alone')
})

test('those that come meanwhile are sent together, in the order of arrival, and each gets its own result', async () => {
  const { made, join, end } = openRow()
  const all = ['a', 'b', 'c', 'd'].map((is) => join(is))
  await end()
  await end()
  assert.deepEqual(await Promise.all(all), ['a alone', 'b together', 'c together', 'd together'])
  assert.deepEqual(made, ['a', '[b c d]'])
})

test('another row waits for nobody, and a row that is done begins anew', async () => {
  const { made, join, end } = openRow()
  const both = [join('a'), join('b', {}, 'other row')]
  await end()
  await end()
  await Promise.all(both)
  void join('c')
  assert.deepEqual(made, ['a', 'b', 'c'])
})

test('a group takes no two calls with a name in common, and nobody overtakes the one that has to wait', async () => {
  const { made, join, end } = openRow()
  const names = (name: string) => ({ names: [name] })
  const all = [join('a'), join('b', names('max')), join('c'), join('d', names('max')), join('e')]
  for (let n = 0; n < 3; n++) await end()
  await Promise.all(all)
  assert.deepEqual(made, ['a', '[b c]', '[d e]'])
})

test('a call that cannot share is sent by itself, between those before and behind it', async () => {
  const { made, join, end } = openRow()
  const all = [join('a'), join('b'), join('c'), join('d', { isAlone: true }), join('e'), join('f')]
  for (let n = 0; n < 4; n++) await end()
  assert.equal((await Promise.all(all))[3], 'd alone')
  assert.deepEqual(made, ['a', '[b c]', 'd', '[e f]'])
})

test('no group is larger than fifty', async () => {
  const { made, join, end } = openRow()
  const all = Array.from({ length: 61 }, (_, n) => join(String(n)))
  for (let n = 0; n < 3; n++) await end()
  await Promise.all(all)
  assert.deepEqual(
    made.map((group) => group.split(' ').length),
    [1, 50, 10],
  )
})

test('a refusal is that of one call, and those that could not be sent together are sent alone before all others', async () => {
  const no = new ApiError(400, 'errormessage.booking.bookingLimitReached')
  const { made, join, end } = openRow({
    together: (calls) => calls.map(({ is }) => (is === 'c' ? { refused: no } : 'ALONE')),
  })
  const settled = Promise.allSettled(['a', 'b', 'c', 'd'].map((is) => join(is)))
  await end()
  const later = join('e', { isAlone: true })
  for (let n = 0; n < 4; n++) await end()
  const outcomes = await settled
  assert.deepEqual(made, ['a', '[b c d]', 'b', 'd', 'e'])
  assert.deepEqual(
    outcomes.map((one) => (one.status === 'fulfilled' ? one.value : one.reason)),
    ['a alone', 'b alone', no, 'd alone'],
  )
  assert.equal(await later, 'e alone')
})

test('a call that fails alone passes the row on', async () => {
  const { join, end } = openRow()
  const fails = join('a', { alone: () => Promise.reject(new Error('a failed')) })
  const next = join('b')
  await assert.rejects(fails, /a failed/)
  await end()
  assert.equal(await next, 'b alone')
})

test('who waits does so outside of the place of work', async () => {
  const { join, end } = openRow()
  const seen: string[] = []
  const waits: Waits = {
    outsideFor: async (arrival) => {
      seen.push('gone')
      return arrival.finally(() => seen.push('back'))
    },
  }
  const first = join('a', {}, 'row', waits)
  assert.deepEqual(seen, [])
  const next = join('b', {}, 'row', waits)
  assert.deepEqual(seen, ['gone'])
  await end()
  await end()
  await Promise.all([first, next])
  assert.deepEqual(seen, ['gone', 'back'])
})

test('who gives up before its turn is not made; who is being made already gets its answer', async () => {
  const { made, join, end } = openRow()
  const giveUp: (() => boolean)[] = []
  const waits: Waits = {
    outsideFor: (arrival, leave) => {
      const { promise, reject } = Promise.withResolvers<never>()
      giveUp.push(() => {
        const hasLeft = leave()
        if (hasLeft) reject(new Error('too late'))
        return hasLeft
      })
      return Promise.race([arrival, promise])
    },
  }
  const first = join('a')
  const [late, , ...others] = ['b', 'c', 'd'].map((name) => join(name, {}, 'row', waits))
  assert.equal(giveUp[0]?.(), true)
  await assert.rejects(late ?? first, /too late/)
  await end()
  assert.equal(giveUp[2]?.(), false)
  await end()
  assert.deepEqual(await Promise.all([first, ...others]), ['a alone', 'd together'])
  assert.deepEqual(made, ['a', '[c d]'])
})

test('while others work the row rests for twice as long as its last group took; newcomers join the next one', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const { made, join, end, is, pass } = openRow()
  is.busyElsewhere = true
  const all = ['a', 'b'].map((name) => join(name))
  pass(30)
  await end()
  t.mock.timers.tick(59)
  await end()
  assert.deepEqual(made, ['a'])
  all.push(join('c'))
  is.busyElsewhere = false
  t.mock.timers.tick(1)
  all.push(join('d', { isAlone: true }))
  await end()
  assert.deepEqual(made, ['a', '[b c]', 'd'])
  await end()
  await Promise.all(all)
})

test('a rest never costs those who wait more than half of their patience', () => {
  const cases = fc.record({ tookMs: fc.integer({ min: 0, max: 5000 }), groups: fc.integer({ min: 1, max: 100 }) })
  fc.assert(
    fc.property(cases, ({ tookMs, groups }) => {
      const rest = findRest(tookMs, groups)
      assert.ok(rest >= 0 && rest <= 2 * tookMs)
      assert.ok(rest === 0 || groups * (tookMs + rest) <= 2500.001)
    }),
  )
  assert.deepEqual([findRest(20, 9), findRest(100, 9.5), findRest(300, 10)], [40, 150, 0])
})
