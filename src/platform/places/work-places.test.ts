import { test } from 'node:test'
import assert from 'node:assert/strict'
import { manualTime, type ManualTime } from '../../../test/support/manual-time.ts'
import type { ShedClass } from '../api/operation.ts'
import type { ApiError } from '../errors/errors.ts'
import type { HeldPlace } from './held-place.ts'
import { getPatience } from './refusal-rules.ts'
import { WorkPlaces } from './work-places.ts'

interface Wish {
  readonly rank?: ShedClass
  readonly holder?: string
  readonly tenantId?: number
}

/** Two connections, so four places. */
function openPlaces() {
  const time = manualTime()
  const refused: ShedClass[] = []
  const onRefused = (rank: ShedClass) => void refused.push(rank)
  const places = new WorkPlaces({ connections: 2, monotonicMs: time.monotonicMs, onRefused })
  const hangUps = new Map<number, () => void>()
  let asked = 0
  const ask = ({ rank = 'NORMAL', holder = 'a', tenantId = 1 }: Wish = {}) => {
    const no = asked++
    const place = places.enter({
      demand: { rank, holder, tenantId },
      kind: 'work',
      patienceMs: getPatience(rank, false),
      onHangUp: (listener) => {
        hangUps.set(no, listener)
        return () => hangUps.delete(no)
      },
    })
    const asking = { no, place: undefined as HeldPlace | undefined, error: undefined as unknown }
    if (!(place instanceof Promise)) return { ...asking, place }
    place.then(
      (granted) => (asking.place = granted),
      (error: unknown) => (asking.error = error),
    )
    return asking
  }
  return { places, time, refused, ask, hangUp: (no: number) => hangUps.get(no)?.() }
}

/** Lets a process run that is not held up. */
async function run(places: WorkPlaces, time: ManualTime, ms: number) {
  for (let passed = 0; passed < ms; passed += 50) {
    time.pass({ milliseconds: 50 })
    places.refuseLate()
  }
  await settled()
}

const getCode = ({ error }: { readonly error: unknown }) => (error as ApiError | undefined)?.code

const settled = () => new Promise((resolve) => setImmediate(resolve))

test('nobody is refused, nor waits, while a place is free', () => {
  const { ask, places } = openPlaces()
  const granted = Array.from({ length: 4 }, (_, n) => ask({ rank: n % 2 ? 'BULK' : 'NORMAL' }))
  assert.ok(granted.every(({ place }) => place))
  assert.deepEqual([places.taken, places.limit], [4, 4])
  assert.equal(ask().place, undefined)
  assert.equal(places.waiting('NORMAL'), 1)
})

test('who waits is served when a place is given back, and refused when its patience is over', async () => {
  const { ask, places, time, refused } = openPlaces()
  const holders = Array.from({ length: 4 }, () => ask())
  const [list, other, booking] = [ask({ rank: 'BULK' }), ask(), ask({ rank: 'CRITICAL' })]
  holders[0]?.place?.leave()
  await settled()
  assert.ok(booking.place && !list.place && !other.place, 'the booking first')
  await run(places, time, 1500)
  assert.equal(list.error, undefined)
  await run(places, time, 100)
  assert.equal(getCode(list), 'errormessage.service.overloaded')
  await run(places, time, 1600)
  assert.ok(other.error)
  assert.deepEqual(refused, ['BULK', 'NORMAL'])
  assert.equal(places.waiting('NORMAL') + places.waiting('BULK'), 0)
})

test("a process that stands still uses up nobody's patience", async () => {
  const { ask, places, time, refused } = openPlaces()
  for (let n = 0; n < 4; n++) ask()
  const waiting = ask({ rank: 'BULK' })
  for (let n = 0; n < 10; n++) {
    time.pass({ seconds: 30 })
    places.refuseLate()
  }
  await settled()
  assert.deepEqual([waiting.error, refused], [undefined, []])
})

test('by a rate that is known, who would wait too long is refused at once', async () => {
  const { ask, places, time } = openPlaces()
  const bookings = Array.from({ length: 34 }, () => ask({ rank: 'CRITICAL' }))
  for (const booking of bookings.slice(0, 10)) {
    await run(places, time, 100)
    booking.place?.leave()
    await settled()
  }
  // Ten a second: fifty are served within the patience of a booking, thirty within that of a read.
  assert.equal(places.waiting('CRITICAL'), 18, 'two places have come since')
  let refused = 0
  for (let n = 0; n < 60; n++) {
    try {
      ask({ rank: 'CRITICAL', holder: `b${n}` })
    } catch {
      refused += 1
    }
  }
  assert.deepEqual([places.waiting('CRITICAL'), refused], [51, 27])
  assert.throws(() => ask(), { code: 'errormessage.service.overloaded' })
})

test('while a queue stands the oldest lists go, then reads; bookings stay', async () => {
  const { ask, places, time, refused } = openPlaces()
  const holders = Array.from({ length: 4 }, () => ask())
  const [booking, read, list] = [ask({ rank: 'CRITICAL' }), ask(), ask({ rank: 'BULK' })]
  const others = Array.from({ length: 3 }, () => ask({ rank: 'CRITICAL' }))
  await run(places, time, 600)
  assert.deepEqual(refused, [])
  for (const { place } of holders.slice(0, 3)) place?.leave()
  await settled()
  assert.deepEqual(refused, ['BULK', 'NORMAL'])
  assert.ok(booking.place && read.error && list.error && others[1]?.place)
})

test('a flood of one tenant neither delays nor refuses another one', async () => {
  const { ask, places, time, refused } = openPlaces()
  const flood = Array.from({ length: 60 }, () => ask({ rank: 'CRITICAL', holder: 'flood' }))
  await run(places, time, 700)
  const stranger = ask({ rank: 'BULK', holder: 'quiet', tenantId: 2 })
  flood[0]?.place?.leave()
  await settled()
  assert.ok(stranger.place, 'the next place is his')
  assert.ok(!refused.includes('BULK'))
})

test('who hangs up leaves the queue and counts as refused nowhere', async () => {
  const { ask, places, refused, hangUp } = openPlaces()
  const holders = Array.from({ length: 4 }, () => ask())
  const [gone, next] = [ask(), ask()]
  hangUp(gone.no)
  assert.equal(places.waiting('NORMAL'), 1)
  holders[0]?.place?.leave()
  await settled()
  assert.ok(next.place && !gone.place && gone.error)
  assert.deepEqual(refused, [])
})

test('who waits outside gives its place to others, and comes back before newcomers', async () => {
  const { ask, places, time, refused } = openPlaces()
  const holders = Array.from({ length: 4 }, () => ask())
  const newcomers = [ask(), ask()]
  const { promise, resolve } = Promise.withResolvers<string>()
  const outside = holders[0]?.place?.outside(() => promise)
  await settled()
  assert.ok(newcomers[0]?.place && !newcomers[1]?.place)
  await run(places, time, 400)
  resolve('stored')
  await settled()
  holders[1]?.place?.leave()
  assert.equal(await outside, 'stored')
  assert.equal(newcomers[1]?.place, undefined)
  assert.equal(places.taken, 4)
  assert.deepEqual(refused, [])
})

test('who waits outside for a turn that does not come is refused when its patience is over', async () => {
  const { ask, places, time, refused } = openPlaces()
  const { place } = ask({ rank: 'CRITICAL' })
  let left = false
  const waiting = place?.outsideFor(new Promise(() => undefined), () => (left = true))
  const outcome = assert.rejects(waiting ?? Promise.resolve(), { code: 'errormessage.service.overloaded' })
  await run(places, time, 5100)
  await outcome
  assert.deepEqual([left, refused, places.taken], [true, ['CRITICAL'], 1])
})

test('who waits outside for what has begun meanwhile gets its answer, however late', async () => {
  const { ask, places, time, refused } = openPlaces()
  const { place } = ask({ rank: 'CRITICAL' })
  const { promise, resolve } = Promise.withResolvers<string>()
  const waiting = place?.outsideFor(promise, () => false)
  await run(places, time, 8000)
  resolve('stored')
  assert.equal(await waiting, 'stored')
  assert.deepEqual([refused, places.taken], [[], 1])
})

test('who has waited outside for its answer itself needs no place to send it', async () => {
  const { ask, places } = openPlaces()
  const { place } = ask()
  const { promise, resolve } = Promise.withResolvers<string>()
  const waiting = place?.outsideFor(
    promise,
    () => true,
    (arrived) => arrived === 'answer',
  )
  const others = Array.from({ length: 4 }, () => ask())
  resolve('answer')
  assert.equal(await waiting, 'answer')
  assert.equal(places.taken, 4)
  place?.leave()
  for (const other of others) other.place?.leave()
  assert.equal(places.taken, 0)
})

test('a client that sends its body slowly keeps no place from others', async () => {
  const { ask, places, time } = openPlaces()
  const slow = Array.from({ length: 4 }, () => ask())
  for (const { place } of slow) place?.beginReading()
  const quick = ask()
  await run(places, time, 200)
  assert.ok(quick.place)
  quick.place.leave()
  await slow[0]?.place?.endReading()
  assert.equal(places.taken, 1)
})

test('the limit falls to the connections while work is slow, and no further', async () => {
  const { ask, places, time } = openPlaces()
  const work = async (ms: number, times: number) => {
    for (let n = 0; n < times; n++) {
      const { place } = ask()
      await run(places, time, ms)
      place?.leave()
    }
  }
  await work(50, 20)
  assert.equal(places.limit, 4)
  await work(500, 30)
  assert.equal(places.limit, 2)
})
