import { test } from 'node:test'
import assert from 'node:assert/strict'
import { pino } from 'pino'
import { warnOfSeparateLimits } from '../../src/serve.ts'
import { inboundKey } from '../../src/demo/house/keys.ts'
import { offer } from '../../src/demo/house/offers.ts'
import { openDemoApp } from '../support/demo-app.ts'
import { openTestApp, type TestAnswer, type TestApp } from '../support/app.ts'
import { deviceScene } from '../support/scenes/device-scene.ts'
import { manualTime } from '../support/manual-time.ts'
import { openSecondApp } from '../support/second-app.ts'
import { asSuperuser } from '../support/row-hashes.ts'

const tags = (app: TestApp) => app.get('/v1/studios/tags')
const remaining = (answer: TestAnswer) => Number(answer.headers['x-ratelimit-remaining'])
const unixSecond = (at: string) => String(Temporal.Instant.from(at).epochMilliseconds / 1000)

test('a thousand requests a minute, then a full minute of refusals, then a fresh start', async () => {
  const real = manualTime('2026-06-15T12:00:00Z')
  await using app = await openTestApp({ real })
  for (let sent = 0; sent < 999; sent++) assert.equal((await tags(app)).status, 200)
  real.pass({ seconds: 20 })
  const last = await tags(app)
  assert.deepEqual([last.status, remaining(last)], [200, 0])
  assert.equal(last.headers['x-ratelimit-limit'], '1000')
  assert.equal(last.headers['x-ratelimit-reset'], unixSecond('2026-06-15T12:01:00Z'))
  real.pass({ seconds: 1 })
  const excess = await tags(app)
  assert.deepEqual([excess.status, excess.body.errorCode], [429, 'errormessage.rateLimit.exceeded'])
  assert.deepEqual([excess.headers['retry-after'], excess.body.args], ['60', [1000, 60]])
  real.pass({ seconds: 44 })
  const blocked = await tags(app)
  assert.deepEqual([blocked.status, blocked.headers['retry-after'], remaining(blocked)], [429, '16', 0])
  assert.equal(blocked.headers['x-ratelimit-reset'], unixSecond('2026-06-15T12:01:21Z'))
  assert.equal((await app.get('/ext/v1/me')).status, 200, 'another operation is unaffected throughout')
  real.pass({ seconds: 16 })
  const fresh = await tags(app)
  assert.deepEqual([fresh.status, remaining(fresh)], [200, 999])
})

test('without an excess request the next minute starts fresh', async () => {
  const real = manualTime()
  await using app = await openTestApp({ real, environment: { PALESTRA_RATELIMIT_DEFAULT: '3' } })
  for (let sent = 0; sent < 3; sent++) await tags(app)
  real.pass({ seconds: 60 })
  const answer = await tags(app)
  assert.deepEqual([answer.status, remaining(answer)], [200, 2])
})

test('three partners of a studio read one offer ten times a second for a minute, and nobody is refused', async () => {
  await using app = await openDemoApp()
  const keys = (['demoBerlinFull', 'demoBerlinRead', 'demoBerlinRfc3339'] as const).map(inboundKey)
  const seen = new Map<number, number>()
  for (let second = 0; second < 60; second++) {
    for (let nth = 0; nth < 10; nth++) {
      const read = (key: string) =>
        app.get(`/v1/memberships/membership-offers/${offer.flex}`, { headers: { 'x-api-key': key } })
      for (const { status } of await Promise.all(keys.map(read))) seen.set(status, (seen.get(status) ?? 0) + 1)
    }
  }
  assert.deepEqual([...seen], [[200, 1800]])
})

test('refusals for other reasons count, an unknown key does not', async () => {
  await using app = await openTestApp({ real: manualTime() })
  const before = remaining(await app.get('/v1/employees/1'))
  const answers = [
    await app.get('/v1/employees/abc'),
    await app.get('/v1/employees/2'),
    await app.get('/v1/employees/3', { headers: { 'x-api-key': 'pal_in_nobody' } }),
  ]
  assert.deepEqual(
    answers.map(({ status }) => status),
    [400, 404, 401],
  )
  assert.deepEqual(answers.slice(0, 2).map(remaining), [before - 1, before - 2])
  assert.equal(answers[2]?.headers['x-ratelimit-limit'], undefined)
  assert.equal(remaining(await app.get('/v1/employees/4')), before - 3)
})

test('an integration may have limits of its own, in general and per operation', async () => {
  const real = manualTime()
  await using app = await openTestApp({ real })
  await asSuperuser(app.url, (client) =>
    client.query(`update integrations set rate_limit_default = 5, rate_limit_overrides = '{"getStudioTags": 2}'`),
  )
  real.pass({ seconds: 5 })
  const answers = [await tags(app), await tags(app), await tags(app)]
  assert.deepEqual(
    answers.map(({ status, headers }) => [status, headers['x-ratelimit-limit']]),
    [
      [200, '2'],
      [200, '2'],
      [429, '2'],
    ],
  )
  assert.equal((await app.get('/ext/v1/me')).headers['x-ratelimit-limit'], '5')
  assert.equal((await app.get('/v1/nothing')).headers['x-ratelimit-limit'], '5')
})

const counted = ({ status, headers }: TestAnswer) => [
  status,
  ...['limit', 'remaining', 'reset'].map((name) => headers[`x-ratelimit-${name}`]),
]

test('unknown paths and wrong methods name and obey a limit that they share', async () => {
  await using app = await openTestApp({
    real: manualTime('2026-06-15T12:00:00Z'),
    environment: { PALESTRA_RATELIMIT_DEFAULT: '4' },
  })
  const scene = deviceScene(app)
  const door = await scene.reader({ purpose: 'TOGGLE', debounceSeconds: 0 })
  const token = { headers: { authorization: `Bearer ${door.token}` } }
  const reset = unixSecond('2026-06-15T12:01:00Z')
  for (const [call, strange] of [
    [{}, ['/v1/nothing', '/v1/employees/%zz', '/ext/v1/me']],
    [token, ['/open-api/device/nothing', '/open-api/device/%zz', '/open-api/device/cardreader/identification']],
  ] as const) {
    const [nowhere, unreadable, wrongMethod] = strange
    const stranger = await app.get(nowhere, { headers: { 'x-api-key': 'nobody', authorization: 'Bearer nobody' } })
    assert.deepEqual(counted(stranger), [401, undefined, undefined, undefined], 'strangers do not count')
    assert.deepEqual(counted(await app.get(nowhere, call)), [404, '4', '3', reset])
    assert.deepEqual(counted(await app.get(unreadable, call)), [404, '4', '2', reset])
    assert.deepEqual(counted(await app.call('DELETE', wrongMethod, call)), [405, '4', '1', reset])
    assert.deepEqual(counted(await app.get(nowhere, call)), [404, '4', '0', reset])
    for (const path of strange) {
      const refused = await app.call('DELETE', path, call)
      assert.deepEqual([...counted(refused), refused.headers['retry-after']], [429, '4', '0', reset, '60'], path)
      assert.equal(refused.body.errorCode, 'errormessage.rateLimit.exceeded')
    }
  }
  assert.deepEqual(counted(await app.call('HEAD', '/v1/nothing')).slice(0, 2), [200, '1000'], 'HEAD has its own')
  assert.deepEqual(counted(await tags(app)), [200, '4', '3', reset], 'and so has every operation')
})

const LIMIT = 80
/** So many as even a busy machine answers before they have waited too long. */
const AT_ONCE = 60
const WAVES = 7

async function acceptedByFour(store: 'memory' | 'postgres'): Promise<readonly number[]> {
  const real = manualTime()
  const environment = { PALESTRA_RATELIMIT_DEFAULT: String(LIMIT), PALESTRA_RATELIMIT_STORE: store }
  await using first = await openTestApp({ real, environment })
  await using second = await openSecondApp(first, { real, environment })
  await using third = await openSecondApp(first, { real, environment })
  await using fourth = await openSecondApp(first, { real, environment })
  const processes = [first, second, third, fourth]
  const accepted: number[] = []
  for (let minute = 0; minute < 2; minute++) {
    const answers = []
    for (let wave = 0; wave < WAVES; wave++) {
      answers.push(...(await Promise.all(Array.from({ length: AT_ONCE }, (_, n) => tags(processes[n % 4] ?? first)))))
    }
    accepted.push(answers.filter(({ status }) => status === 200).length)
    const others = answers.map(({ status }) => status).filter((status) => status !== 200 && status !== 429)
    assert.deepEqual(others, [])
    real.pass({ seconds: 60 })
  }
  return accepted
}

test('four processes with one counter accept exactly the limit, no matter which is asked', async () => {
  const accepted = await acceptedByFour('postgres')
  assert.deepEqual(accepted, [LIMIT, LIMIT])
  console.log(`rate limit: ${accepted.join(' + ')} of ${2 * WAVES * AT_ONCE} requests through four processes accepted`)
})

test('control: with counters of their own, each of the four grants the full limit', async () => {
  assert.deepEqual(await acceptedByFour('memory'), [4 * LIMIT, 4 * LIMIT])
})

test('a process that is not the only one says at its start that each of them grants the limit', async () => {
  const said: string[] = []
  const log = pino({ level: 'warn' }, { write: (line: string) => void said.push(line) })
  const start = ({ platform }: TestApp) => warnOfSeparateLimits({ ...platform, log })
  await using first = await openTestApp()
  await start(first)
  assert.deepEqual(said, [])
  const second = await openSecondApp(first)
  await start(second)
  assert.equal(said.length, 1)
  assert.match(said[0] ?? '', /"processes":2.*PALESTRA_RATELIMIT_STORE=postgres/)
  await second.close()
  await using sharing = await openSecondApp(first, { environment: { PALESTRA_RATELIMIT_STORE: 'postgres' } })
  await start(sharing)
  assert.equal(said.length, 1, 'a shared counter needs no warning')
})
