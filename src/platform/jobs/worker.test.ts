import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pino } from 'pino'
import { Loop } from './worker.ts'

/** A loop whose rounds last until they are stopped; only `wake` starts a round after the first. */
function openLoop({ restMs = 0 } = {}) {
  const lines: string[] = []
  const log = pino({ level: 'error' }, { write: (line: string) => void lines.push(line) })
  const rounds: { end: (error?: Error) => void; readonly goesOn: () => boolean }[] = []
  const begun: (() => void)[] = []
  const loop = new Loop({ everyMs: 1_000_000, restMs, log, complaint: 'a round failed' }, async (goesOn) => {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    rounds.push({ end: (error) => (error ? reject(error) : resolve()), goesOn })
    begun.splice(0).forEach((notice) => notice())
    await promise
  })
  const next = () => new Promise<void>((resolve) => begun.push(resolve))
  return { loop, rounds, next, lines }
}

test('a wish for work during a round is met right after it, however often it came, and never beside it', async () => {
  const { loop, rounds, next } = openLoop()
  loop.wake()
  assert.equal(rounds.length, 0, 'not started yet')
  loop.start()
  loop.wake()
  loop.wake()
  assert.equal(rounds.length, 1)
  const second = next()
  rounds[0]?.end()
  await second
  rounds[1]?.end()
  await loop.stop()
  assert.equal(rounds.length, 2)
})

test('a round that fails is logged, and the next one comes', async () => {
  const { loop, rounds, next, lines } = openLoop()
  loop.start()
  loop.wake()
  const second = next()
  rounds[0]?.end(new Error('broken'))
  await second
  assert.match(lines.join(), /a round failed/)
  rounds[1]?.end()
  await loop.stop()
})

test('a stop waits for the round under way, which learns of it, and no round follows', async () => {
  const { loop, rounds } = openLoop()
  loop.start()
  loop.wake()
  assert.equal(rounds[0]?.goesOn(), true)
  let isStopped = false
  const stopped = loop.stop().then(() => (isStopped = true))
  assert.equal(rounds[0].goesOn(), false)
  loop.wake()
  await Promise.resolve()
  assert.equal(isStopped, false)
  rounds[0].end()
  await stopped
  loop.wake()
  assert.equal(rounds.length, 1)
})

test('wishes that come while a loop rests are met by one round after it, and a stop waits for no rest', async () => {
  const { loop, rounds, next } = openLoop({ restMs: 500 })
  loop.start()
  const second = next()
  rounds[0]?.end()
  for (let wish = 0; wish < 3; wish++) {
    loop.wake()
    await new Promise((resolve) => setImmediate(resolve))
    assert.equal(rounds.length, 1)
  }
  await second
  rounds[1]?.end()
  await new Promise((resolve) => setImmediate(resolve))
  await loop.stop()
  assert.equal(rounds.length, 2)

  const resting = openLoop({ restMs: 1_000_000 })
  resting.loop.start()
  resting.rounds[0]?.end()
  await new Promise((resolve) => setImmediate(resolve))
  resting.loop.wake()
  await resting.loop.stop()
  assert.equal(resting.rounds.length, 1)
})
