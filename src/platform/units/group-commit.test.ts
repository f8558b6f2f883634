import { test } from 'node:test'
import assert from 'node:assert/strict'
import type { WorkPlace } from '../entrance/work-place.ts'
import { ApiError } from '../errors/errors.ts'
import { GroupCommit, type GroupCall } from './group-commit.ts'
import type { Outcome } from './shared-unit.ts'

interface Call extends GroupCall<string> {
  readonly is: string
}

/** Calls of one row, and what was made of them: `a` alone, `[b c]` together. Nothing ends before `end` is called. */
function openRow({ together }: { together?: (calls: readonly Call[]) => readonly Outcome<string>[] } = {}) {
  const made: string[] = []
  const ends: (() => void)[] = []
  let nowMs = 0
  const untilEnded = () => new Promise<void>((resolve) => ends.push(resolve))
  const group = new GroupCommit<string, Call>({
    monotonicMs: () => nowMs,
    together: async (calls) => {
      made.push(`[${calls.map(({ is }) => is).join(' ')}]`)
      await untilEnded()
      return together?.(calls) ?? calls.map(({ is }) => ({ done: `${is} together` }))
    },
  })
  const join = (is: string, own: Partial<Call> = {}, row = 'row', place?: WorkPlace) => {
    const alone = async () => {
      made.push(is)
      await untilEnded()
      return `${is} alone`
    }
    return group.join(row, { is, names: [is], alone, ...own }, place)
  }
  const turn = () => new Promise<void>((resolve) => setImmediate(resolve))
  const end = async () => {
    await turn()
    ends.shift()?.()
    await turn()
  }
  return { made, join, end, pass: (ms: number) => void (nowMs += ms) }
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

test('who is not reached within five seconds is refused without having been sent; who came later is sent', async () => {
  const { made, join, end, pass } = openRow()
  const first = join('a')
  const late = join('b')
  pass(4000)
  const inTime = join('c')
  pass(1001)
  const refused = assert.rejects(late, { status: 503, code: 'errormessage.service.overloaded' })
  await end()
  await refused
  await end()
  assert.deepEqual(await Promise.all([first, inTime]), ['a alone', 'c alone'])
  assert.deepEqual(made, ['a', 'c'])
})

test('who waits does so outside of the place of work; who is called away there leaves the row to the others', async () => {
  const { made, join, end } = openRow()
  const seen: string[] = []
  const patient = {
    outside: async <T>(wait: () => Promise<T>) => {
      seen.push('gone')
      return wait().finally(() => seen.push('back'))
    },
  }
  const calledAway = { outside: () => Promise.reject(new Error('called away')) }
  const first = join('a', {}, 'row', patient)
  assert.deepEqual(seen, [])
  const leaves = assert.rejects(join('b', {}, 'row', calledAway), /called away/)
  const waits = join('c', {}, 'row', patient)
  assert.deepEqual(seen, ['gone'])
  await leaves
  await end()
  await end()
  await Promise.all([first, waits])
  assert.deepEqual(seen, ['gone', 'back'])
  assert.deepEqual(made, ['a', 'c'])
})

test('a turn that comes when its call has been called away goes to the next', async () => {
  const { made, join, end } = openRow()
  const away = Promise.withResolvers<never>()
  const place = {
    outside: async <T>(wait: () => Promise<T>) => {
      await wait()
      return away.promise
    },
  }
  const first = join('a')
  const leaves = assert.rejects(join('b', {}, 'row', place), /called away/)
  const next = join('c', { isAlone: true })
  await end()
  away.reject(new Error('called away'))
  await leaves
  await first
  await end()
  await next
  assert.deepEqual(made, ['a', 'c'])
})
