import type { AddressInfo } from 'node:net'
import { pino } from 'pino'
import { type App, buildApp } from './app.ts'
import { modules } from './modules.ts'
import { startBackground } from './platform/background.ts'
import { type BundledPostgres, startBundledPostgres } from './platform/bundled-postgres/index.ts'
import { seedDemo } from './demo/seed.ts'
import type { Config } from './platform/config.ts'
import { migrate } from './platform/migrate.ts'
import { openPlatform, type Platform } from './platform/platform.ts'
import { openTracing } from './platform/tracing/open-tracing.ts'

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
    ...(config.cacheDir === undefined ? {} : { cacheDir: config.cacheDir }),
  })
}

async function serve(platform: Platform, bundled: BundledPostgres | undefined): Promise<RunningServer> {
  const { config, database, tenantClocks, shedding } = platform
  const app = await buildApp(platform)
  await app.readiness.open()
  if (tenantClocks) await database.listen(['palestra_clock'], () => tenantClocks.forget())
  await warnOfSeparateLimits(platform)
  shedding.start(() => database.pool.waiting)
  app.startWorkers()
  const background = await startBackground(
    platform,
    modules.flatMap((module) => module.chores ?? []),
  )
  await app.server.listen({ host: config.host, port: config.port })
  const { port } = app.server.server.address() as AddressInfo
  return {
    app,
    platform,
    url: `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${port}`,
    stop: async () => {
      shedding.stop()
      const drained = Promise.all([app.close(), background.stop()])
      await Promise.race([drained, new Promise((resolve) => setTimeout(resolve, DRAIN_MS).unref())])
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
