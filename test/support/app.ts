import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Logger, pino } from 'pino'
import { type App, buildApp } from '../../src/app.ts'
import { readConfig } from '../../src/platform/config/config.ts'
import { openPlatform, type Platform } from '../../src/platform/platform.ts'
import type { Caller } from '../../src/platform/units/caller.ts'
import type { RealTime } from '../../src/platform/time/clock.ts'
import { isAfter } from '../../src/platform/time/order.ts'
import type { Tracing } from '../../src/platform/tracing/tracing.ts'
import type { Turns } from '../../src/platform/units/single-file.ts'
import type { UnitOfWork, View } from '../../src/platform/units/work.ts'
import { defined } from '../../src/platform/values/defined.ts'
import { type TestDatabase, testDatabase } from './database.ts'
import { refuseUndeclaredAnswer, withoutNulls } from './declared-answers.ts'
import { insertWorld, type TestStudio, type TestWorld } from './scenes/world.ts'

/** Monday, 15 June 2026, 09:00 in Berlin: the moment at which the worked examples stand still. */
export const TEST_NOW = '2026-06-15T09:00:00+02:00'

export interface TestAnswer {
  readonly status: number
  // Tests read answers of many shapes; the shapes themselves are checked against the API's declarations.
  readonly body: any
  readonly text: string
  readonly headers: Readonly<Record<string, string | number | string[] | undefined>>
}

export interface TestCall {
  readonly as?: TestStudio
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
}

export interface RawRequest {
  readonly as?: TestStudio
  readonly headers?: Readonly<Record<string, string>>
  readonly payload?: string | Buffer | undefined
}

/** The whole application on a database of its own, with a world of two studios and a stranger, at a frozen clock. */
export interface TestApp extends AsyncDisposable, TestWorld {
  readonly app: App
  readonly platform: Platform
  readonly url: string
  get(path: string, call?: TestCall): Promise<TestAnswer>
  post(path: string, body?: unknown, call?: TestCall): Promise<TestAnswer>
  put(path: string, body?: unknown, call?: TestCall): Promise<TestAnswer>
  delete(path: string, call?: TestCall): Promise<TestAnswer>
  call(method: string, path: string, call?: TestCall): Promise<TestAnswer>
  /** Sends a payload byte by byte as given. */
  sendRaw(method: string, path: string, request: RawRequest): Promise<TestAnswer>
  /** Freezes the tenant's clock at `at`, running what falls due on the way. */
  travelTo(at: string, studio?: TestStudio): Promise<void>
  /** One unit of work of the tenant of `studio` (Berlin), to arrange or to inspect. */
  write<T>(work: (unit: UnitOfWork) => Promise<T>, studio?: TestStudio): Promise<T>
  read<T>(work: (view: View) => Promise<T>, studio?: TestStudio): Promise<T>
  close(): Promise<void>
}

export interface TestAppOptions {
  readonly now?: string
  readonly environment?: Readonly<Record<string, string>>
  /** Joins an existing database as a second process would. */
  readonly database?: TestDatabase
  readonly world?: TestWorld
  readonly real?: RealTime
  readonly log?: Logger
  readonly tracing?: Tracing | undefined
  readonly turns?: Turns
}

/**
 * Lets writes of one row run at once, as those of several processes do: for tests of the locks in the database, which
 * hardly ever meet where writes take turns in memory.
 */
export const outOfTurn = { turns: { run: (_turn, work) => work() } } satisfies TestAppOptions

const usual = {
  PALESTRA_DEMO: 'true',
  PALESTRA_TEST_CLOCK: 'true',
  PALESTRA_STORAGE: 'db',
  // Uploads lie in here while they are read.
  PALESTRA_DATA_DIR: join(tmpdir(), 'palestra-test'),
}

export async function openTestApp(options: TestAppOptions = {}): Promise<TestApp> {
  const database = options.database ?? (await testDatabase())
  const config = readConfig({ ...usual, ...options.environment })
  const log = options.log ?? pino({ level: process.env['PALESTRA_TEST_LOG'] ?? 'silent' })
  const platform = openPlatform({
    config,
    connectionString: database.url,
    log,
    ...defined({ real: options.real }),
    tracing: options.tracing,
  })
  const now = Temporal.Instant.from(options.now ?? TEST_NOW)
  const world = options.world ?? (await insertWorld(platform, now))
  const app = await buildApp(platform, defined({ turns: options.turns }))
  await app.readiness.open()
  const stands = config.testClock && !options.world
  if (stands) for (const studio of [world.berlin, world.stranger]) await freeze(app, studio, now)
  const close = async () => {
    await app.close()
    await platform.close()
    if (!options.database) await database.drop()
  }
  return {
    ...world,
    app,
    platform,
    url: database.url,
    ...makeCalls(app, world),
    ...makeUnits(app, platform, world),
    close,
    [Symbol.asyncDispose]: close,
  }
}

function makeCalls(app: App, { berlin }: TestWorld) {
  const sendRaw = async (method: string, path: string, { as = berlin, headers, payload }: RawRequest) => {
    const response = await app.server.inject({
      method: method as 'GET',
      url: path,
      headers: { 'x-api-key': as.key, ...headers },
      ...defined({ payload }),
    })
    const isJson = String(response.headers['content-type'] ?? '').startsWith('application/json')
    const answer = {
      status: response.statusCode,
      body: isJson && response.body !== '' ? response.json() : undefined,
      text: response.body,
      headers: response.headers,
    }
    const hasNulls = String(answer.headers['preference-applied'] ?? '').includes('absent=null')
    const asDeclared = hasNulls ? { ...answer, body: withoutNulls(answer.body) } : answer
    refuseUndeclaredAnswer({ method, url: path, served: app.operations }, asDeclared)
    return answer as TestAnswer
  }
  const call = (method: string, path: string, { as, headers, body }: TestCall = {}) =>
    sendRaw(method, path, {
      ...defined({ as }),
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      payload: body === undefined ? undefined : JSON.stringify(body),
    })
  return {
    call,
    sendRaw,
    get: (path: string, options?: TestCall) => call('GET', path, options),
    post: (path: string, body?: unknown, options?: TestCall) => call('POST', path, { ...options, body }),
    put: (path: string, body?: unknown, options?: TestCall) => call('PUT', path, { ...options, body }),
    delete: (path: string, options?: TestCall) => call('DELETE', path, options),
  }
}

function makeUnits(app: App, { units }: Platform, { berlin }: TestWorld) {
  const makeCaller = (studio: TestStudio): Caller => ({
    actor: { kind: 'CLI', id: null },
    tenantId: studio.tenantId,
    traceId: '0'.repeat(31) + '1',
  })
  return {
    travelTo: (at: string, studio: TestStudio = berlin) => freeze(app, studio, Temporal.Instant.from(at)),
    write: <T>(work: (unit: UnitOfWork) => Promise<T>, studio: TestStudio = berlin) =>
      units.write(makeCaller(studio), work),
    read: <T>(work: (view: View) => Promise<T>, studio: TestStudio = berlin) => units.read(makeCaller(studio), work),
  }
}

async function freeze(app: App, { tenantId }: TestStudio, at: Temporal.Instant) {
  const { mode } = await app.clocks.read(tenantId)
  if (mode === 'SYSTEM') await app.clocks.begin(tenantId, at)
  else await travel(app, tenantId, at)
}

/** In steps that one call may make. */
async function travel(app: App, tenantId: number, at: Temporal.Instant) {
  const { now } = await app.clocks.read(tenantId)
  const furthest = now.add({ hours: 24 * 399 })
  if (isAfter(at, furthest)) {
    await app.clocks.set(tenantId, { mode: 'FROZEN', now: furthest })
    return travel(app, tenantId, at)
  }
  await app.clocks.set(tenantId, { mode: 'FROZEN', now: at })
}
