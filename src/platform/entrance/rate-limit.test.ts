import { test } from 'node:test'
import assert from 'node:assert/strict'
import { freshWindow, judgeRate, MemoryRateLimiter, type RateWindow } from './rate-limit.ts'

const at = (clock: string) => {
  const [hours = 0, minutes = 0, seconds = 0] = clock.split(':').map(Number)
  return (hours * 3600 + minutes * 60 + seconds) * 1000
}

function windowAfter(requests: number, first: string, last: string): RateWindow {
  let [window] = judgeRate(freshWindow, at(first), 1000)
  for (let sent = 1; sent < requests; sent++) [window] = judgeRate(window, at(last), 1000)
  return window
}

test('the thousandth request of a minute is accepted with nothing remaining', () => {
  const [, verdict] = judgeRate(windowAfter(999, '12:00:00', '12:00:10'), at('12:00:20'), 1000)
  assert.deepEqual(verdict, { isAccepted: true, limit: 1000, remaining: 0, resetInMs: 40_000 })
})

test('the request above the limit blocks for a full minute, which later requests do not prolong', () => {
  const [blocked, first] = judgeRate(windowAfter(1000, '12:00:00', '12:00:20'), at('12:00:21'), 1000)
  assert.deepEqual(first, { isAccepted: false, limit: 1000, remaining: 0, resetInMs: 60_000 })
  const [still, second] = judgeRate(blocked, at('12:01:05'), 1000)
  assert.equal(second.isAccepted, false)
  assert.equal(Math.ceil(second.resetInMs / 1000), 16)
  const [, third] = judgeRate(still, at('12:01:21'), 1000)
  assert.deepEqual([third.isAccepted, third.remaining], [true, 999])
})

test('without an excess request the next minute starts fresh', () => {
  const [, verdict] = judgeRate(windowAfter(1000, '12:00:00', '12:00:20'), at('12:01:00'), 1000)
  assert.deepEqual([verdict.isAccepted, verdict.remaining], [true, 999])
})

test('another operation of the same caller is unaffected', () => {
  const limiter = new MemoryRateLimiter(() => 1)
  const caller = { tenantId: 1, callerId: 7 }
  assert.equal(limiter.count(caller, 'a', 1).isAccepted, true)
  assert.equal(limiter.count(caller, 'a', 1).isAccepted, false)
  assert.equal(limiter.count(caller, 'b', 1).isAccepted, true)
})
