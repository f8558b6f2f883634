import { setTimeout as sleep } from 'node:timers/promises'
import { pino } from 'pino'
import { type App, buildApp } from './app.ts'
import { demoToken, turnstile } from './demo/access/devices.ts'
import { demoTenants } from './demo/house/chain.ts'
import { demoKeyNames, inboundKey } from './demo/house/keys.ts'
import { startBundledPostgres } from './platform/bundled-postgres/index.ts'
import type { Config } from './platform/config/config.ts'
import { warnOfPublicDemo } from './platform/config/demo-choice.ts'
import { migrate } from './platform/database/migrate.ts'
import { servingConnectionString } from './platform/database/serving-role.ts'
import { JOBS_CHANNEL } from './platform/jobs/wake-jobs.ts'
import { type Listener, openListener } from './platform/http/listener.ts'
import { keepSecretCheck, refuseForeignDatabase } from './platform/deployment/guard.ts'
import { atBoundPort, keepServedUrl, localUrl } from './platform/deployment/served-url.ts'
import { spareMemory } from './platform/process/spare-memory.ts'
import { Secrets } from './platform/secrets.ts'
import { openPlatform, type Platform } from './platform/platform.ts'
import { watchParent } from './platform/process/parent-watch.ts'
import { openTracing } from './platform/tracing/open-tracing.ts'
import { unlessAborted } from './platform/values/unless-aborted.ts'
import { defined } from './platform/values/defined.ts'

/** A Palestra that serves, and how to end it. */
export interface RunningServer {
  readonly app: App
  readonly platform: Platform
  /** Where it listens, as a link. */
  readonly url: string
  /**
   * Lets `/readyz` fail for `delayMs` while requests are still answered, then answers what is under way, finishes the
   * workers' steps, closes the database and hands traces over, in that order.
   */
  stop(delayMs?: number): Promise<void>
}

export interface StartOptions {
  readonly say?: (line: string) => void
  /** Aborted when the process is to stop before it serves: what has been opened is closed again. */
  readonly signal?: AbortSignal
}

const DRAIN_MS = 20_000

/**
 * Takes the port, opens the database (the bundled one unless another is configured), brings it up to date, and serves; in
 * demo mode the first start plants the demo chain. A start that fails or is aborted closes what it has opened.
 */
export async function startServer(wanted: Config, options: StartOptions = {}): Promise<RunningServer> {
  const { signal = new AbortController().signal } = options
  await using opened = new AsyncDisposableStack()
  const log = pino({ level: wanted.logLevel })
  const listener = await openListener(wanted.host, wanted.port)
  opened.defer(() => listener.drain(0))
  const config = atBoundPort(wanted, listener.port)
  const connectionString = await reachDatabase(config, opened, options)
  const prepare = async () => {
    await refuseForeignDatabase(connectionString, { config, demoTenants })
    await migrate(connectionString)
  }
  await unlessAborted(signal, prepare())
  const tracing = await openTracing(process.env, log)
  const secrets = new Secrets(config.secretKeys)
  await keepSecretCheck(connectionString, secrets)
  await keepServedUrl(connectionString, config)
  const serving = await servingConnectionString(connectionString, secrets)
  const platform = openPlatform({ config, connectionString: serving, log, tracing })
  opened.defer(() => platform.close())
  const app = await unlessAborted(signal, serve(platform, listener))
  opened.defer(spareMemory(log))
  const rest = opened.move()
  return {
    app,
    platform,
    url: localUrl(config),
    stop: async (delayMs = 0) => {
      await stopServing(app, listener, delayMs)
      await rest.disposeAsync()
    },
  }
}

async function reachDatabase(config: Config, opened: AsyncDisposableStack, { say, signal }: StartOptions) {
  signal?.throwIfAborted()
  if (config.databaseUrl !== undefined) return config.databaseUrl
  const { dataDir, cacheDir } = config
  const bundled = await startBundledPostgres({ dataDir, ...defined({ cacheDir, log: say, signal }) })
  opened.defer(() => bundled.stop())
  return bundled.url
}

async function serve(platform: Platform, listener: Listener): Promise<App> {
  const { config, database, tenantClocks } = platform
  if (config.demo) await plantDemo(platform)
  const app = await buildApp(platform, { listener })
  await app.readiness.open()
  const clock = 'palestra_clock'
  await database.listen([clock, JOBS_CHANNEL], (notice) => {
    if (notice?.channel !== JOBS_CHANNEL) tenantClocks?.forget()
    if (notice?.channel !== clock) app.scheduler.wake(notice && Number(notice.payload))
  })
  await warnOfSeparateLimits(platform)
  app.startWorkers()
  app.letIn()
  return app
}

/** What plants the demo is loaded where there is one: a server without would hold it in memory for nothing. */
async function plantDemo(platform: Platform) {
  const { seedDemo } = await import('./demo/seed.ts')
  await seedDemo(platform)
}

/** Nobody is cut off: balancers are warned first, every answer ends its connection, and only then is the port given up. */
async function stopServing(app: App, listener: Listener, delayMs: number) {
  app.readiness.announceStop()
  await sleep(delayMs)
  const drained = async () => {
    await listener.drain(DRAIN_MS)
    await app.close()
  }
  await Promise.race([drained(), sleep(DRAIN_MS, undefined, { ref: false })])
}

/** Counters in memory are counters of one process: several of them together let through several times the limit. */
export async function warnOfSeparateLimits({ config, database, log }: Pick<Platform, 'config' | 'database' | 'log'>) {
  const processes = config.rateLimitStore === 'memory' ? await database.countProcesses() : 1
  if (processes < 2) return
  log.warn(
    { processes },
    'several processes serve this database and each grants the full rate limit: set PALESTRA_RATELIMIT_STORE=postgres',
  )
}

/** Serves, says where, and stops in good order on Ctrl-C or a polite kill, also before it serves. */
export async function serveUntilStopped(config: Config) {
  const interruption = new AbortController()
  const starting = startServer(config, { say: (line) => console.error(line), signal: interruption.signal })
  const stop = async (signal: NodeJS.Signals) => {
    if (interruption.signal.aborted) return
    interruption.abort()
    console.error('Stopping …')
    const running = await starting.catch(() => undefined)
    // A person at the terminal waits; no balancer asks there.
    await running?.stop(signal === 'SIGINT' ? 0 : config.stopDelayMs)
    process.exit(0)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, (name) => void stop(name))
  watchParent(() => void stop('SIGTERM'))
  const warning = config.demo ? warnOfPublicDemo(config.host, config.publicUrl) : undefined
  if (warning !== undefined) console.error(warning)
  try {
    greet(await starting)
  } catch (error) {
    if (!interruption.signal.aborted) throw error
  }
}

/** Prints for a newcomer what is running and what to try first; operators get the address only. */
function greet({ url, platform }: Pick<RunningServer, 'url' | 'platform'>) {
  console.log(`Palestra listens on ${url}`)
  if (!platform.config.demo) return
  const key = inboundKey('demoBerlinFull')
  console.log(`
  API reference   ${url}/docs
  Webhook sink    ${url}/demo/webhook-sink

  Demo keys (of tenant demo, the last one of tenant other)
${demoKeyNames.map((name) => `    ${inboundKey(name)}`).join('\n')}

  Demo token of the turnstile in Berlin, for the Device API
    ${demoToken(turnstile)}

  Try
    curl -s -H 'X-API-KEY: ${key}' '${url}/v1/customers/1001'
    curl -s -H 'X-API-KEY: ${key}' '${url}/v1/appointments/bookable/20334/slots?customerId=203&daysAhead=3'
    curl -s -H 'X-API-KEY: ${key}' '${url}/v1/classes/1001/slots'
`)
}
