import type { AddressInfo } from 'node:net'
import { pino } from 'pino'
import { type App, buildApp } from './app.ts'
import { demoToken, turnstile } from './demo/access/devices.ts'
import { demoKeyNames, inboundKey } from './demo/house/keys.ts'
import { type BundledPostgres, startBundledPostgres } from './platform/bundled-postgres/index.ts'
import { seedDemo } from './demo/seed.ts'
import type { Config } from './platform/config/config.ts'
import { migrate } from './platform/database/migrate.ts'
import { openPlatform, type Platform } from './platform/platform.ts'
import { openTracing } from './platform/tracing/open-tracing.ts'
import { defined } from './platform/values/defined.ts'

/** A Palestra that serves, and how to end it. */
export interface RunningServer {
  readonly app: App
  readonly platform: Platform
  /** Where it listens, as a link. */
  readonly url: string
  /** Answers what is under way, finishes the workers' steps, closes the database, hands traces over, in that order. */
  stop(): Promise<void>
}

const DRAIN_MS = 20_000

/**
 * Opens the database (the bundled one unless another is configured), brings it up to date, and serves; in demo mode the
 * first start plants the demo chain.
 */
export async function startServer(config: Config, say: (line: string) => void = () => {}): Promise<RunningServer> {
  const log = pino({ level: config.logLevel })
  const tracing = await openTracing(process.env, log)
  const bundled = config.databaseUrl === undefined ? await startBundled(config, say) : undefined
  try {
    const connectionString = config.databaseUrl ?? bundled?.url ?? ''
    await migrate(connectionString)
    const platform = openPlatform({ config, connectionString, log, tracing })
    if (config.demo) await seedDemo(platform)
    return await serve(platform, bundled)
  } catch (error) {
    await bundled?.stop()
    throw error
  }
}

function startBundled(config: Config, say: (line: string) => void): Promise<BundledPostgres> {
  return startBundledPostgres({
    dataDir: config.dataDir,
    log: say,
    ...defined({ cacheDir: config.cacheDir }),
  })
}

async function serve(platform: Platform, bundled: BundledPostgres | undefined): Promise<RunningServer> {
  const { config, database, tenantClocks } = platform
  const app = await buildApp(platform)
  await app.readiness.open()
  if (tenantClocks) await database.listen(['palestra_clock'], () => tenantClocks.forget())
  await warnOfSeparateLimits(platform)
  app.startWorkers()
  await app.server.listen({ host: config.host, port: config.port })
  const { port } = app.server.server.address() as AddressInfo
  return {
    app,
    platform,
    url: `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${port}`,
    stop: async () => {
      await Promise.race([app.close(), new Promise((resolve) => setTimeout(resolve, DRAIN_MS).unref())])
      await platform.close()
      await bundled?.stop()
    },
  }
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

/** Serves, says where, and stops in good order on Ctrl-C or a polite kill. */
export async function serveUntilStopped(config: Config) {
  const running = await startServer(config, (line) => console.error(line))
  greet(running)
  let isStopping = false
  const stop = async () => {
    if (isStopping) return
    isStopping = true
    console.error('Stopping …')
    await running.stop()
    process.exit(0)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop())
}

/** Tells a newcomer what is running and what to try first; operators get the address only. */
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
