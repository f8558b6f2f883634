import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type GuessLimit, GuessLimiter } from './guess-limiter.ts'

const MINUTE_MS = 60_000
const limit: GuessLimit = { limit: 3, closesAt: 3, withinMs: MINUTE_MS, forgets: 'TOGETHER', closedMs: 2 * MINUTE_MS }

/** A limiter under a clock that the test sets. */
function limiterAt(changes: Partial<GuessLimit> = {}) {
  const time = { ms: 0 }
  const limiter = new GuessLimiter<number>({ ...limit, ...changes }, () => time.ms)
  const miss = (times: number, guesser = 1) => {
    for (let n = 0; n < times; n++) limiter.recordMiss(guesser)
  }
  return { limiter, time, miss }
}

test('the wrong guess that is one too many closes its guesser, and nobody else, for the time', () => {
  const { limiter, time, miss } = limiterAt()
  miss(2)
  limiter.check(1)
  miss(1)
  assert.deepEqual([limiter.closedMs(1), limiter.closedMs(2)], [2 * MINUTE_MS, 0])
  assert.throws(() => limiter.check(1), {
    status: 429,
    code: 'errormessage.rateLimit.exceeded',
    details: {
      args: [
        { type: 'INTEGER', value: 3 },
        { type: 'INTEGER', value: 120 },
      ],
      headers: { 'retry-after': '120' },
    },
  })
  time.ms = 2 * MINUTE_MS - 1
  assert.equal(limiter.closedMs(1), 1)
  time.ms += 1
  limiter.check(1)
  miss(2)
  assert.equal(limiter.closedMs(1), 0, 'it begins anew')
})

test('guesses that were under way while it was closed neither open it nor prolong it', () => {
  const { limiter, time, miss } = limiterAt()
  miss(3)
  time.ms = MINUTE_MS
  miss(5)
  assert.equal(limiter.closedMs(1), MINUTE_MS)
  time.ms = 2 * MINUTE_MS
  miss(2)
  assert.equal(limiter.closedMs(1), 0, 'nor do they count afterwards')
})

test('guesses are forgotten together, a while after the first', () => {
  const { limiter, time, miss } = limiterAt()
  miss(1)
  time.ms = MINUTE_MS - 1
  miss(1)
  time.ms = MINUTE_MS
  miss(2)
  assert.equal(limiter.closedMs(1), 0)
  miss(1)
  assert.equal(limiter.closedMs(1), 2 * MINUTE_MS)
})

test('where each is forgotten for itself, those just before the end of a minute still count after it', () => {
  const { limiter, time, miss } = limiterAt({ forgets: 'EACH' })
  miss(1)
  time.ms = MINUTE_MS - 1
  miss(1)
  time.ms = MINUTE_MS
  miss(1)
  assert.equal(limiter.closedMs(1), 0, 'the first is forgotten')
  miss(1)
  assert.equal(limiter.closedMs(1), 2 * MINUTE_MS)
})

test('a limiter that closes for the rest opens when the time since the first guess is over', () => {
  const { limiter, time, miss } = limiterAt({ closedMs: 'REST' })
  miss(1)
  time.ms = 50_000
  miss(2)
  assert.equal(limiter.closedMs(1), 10_000)
  time.ms = MINUTE_MS
  assert.equal(limiter.closedMs(1), 0)
})

test('of more than ten thousand guessers the one whose last miss is longest ago begins anew', () => {
  const { limiter, miss } = limiterAt()
  miss(2, 1)
  miss(2, 2)
  miss(1, 3)
  miss(1, 1)
  for (let guesser = 4; guesser <= 10_001; guesser++) miss(1, guesser)
  miss(1, 2)
  assert.deepEqual([limiter.closedMs(1), limiter.closedMs(2)], [2 * MINUTE_MS, 0])
})
