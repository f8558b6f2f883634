import type { Logger } from 'pino'
import { realTime, type RealTime } from './time/clock.ts'
import type { Config } from './config/config.ts'
import { type Metrics, openMetrics } from './process/metrics.ts'
import { Database } from './database/database.ts'
import { openStorage } from './files/open-storage.ts'
import type { FileStorage } from './files/storage.ts'
import { Secrets } from './secrets.ts'
import { Spool } from './uploads/spool.ts'
import { WorkPlaces } from './places/work-places.ts'
import { type Clock, systemClock, TenantClocks } from './time/tenant-clock.ts'
import { TenantTexts } from './texts/tenant-texts.ts'
import type { Tracing } from './tracing/tracing.ts'
import { Units } from './units/units.ts'
import { describe } from './http/answers.ts'

/** Everything below the modules, opened once per process; commands of the CLI use it without a web server. */
export interface Platform {
  readonly config: Config
  readonly connectionString: string
  readonly database: Database
  readonly metrics: Metrics
  readonly clock: Clock
  /** The movable clocks, where the configuration allows them. */
  readonly tenantClocks: TenantClocks | undefined
  readonly units: Units
  readonly texts: TenantTexts
  readonly secrets: Secrets
  readonly files: FileStorage
  readonly spool: Spool
  readonly places: WorkPlaces
  readonly real: RealTime
  readonly log: Logger
  /** Absent unless an operator has asked for traces. */
  readonly tracing: Tracing | undefined
  /** Called after a commit that wrote events; set by the webhook worker. */
  readonly signals: { onEvents: () => void }
  close(): Promise<void>
}

export interface PlatformOptions {
  readonly config: Config
  readonly connectionString: string
  readonly log: Logger
  readonly real?: RealTime
  /** Closed with the platform. */
  readonly tracing?: Tracing | undefined
}

export function openPlatform({ config, connectionString, log, real = realTime, tracing }: PlatformOptions): Platform {
  const metrics = openMetrics()
  const places = new WorkPlaces({
    connections: config.databaseConnections,
    monotonicMs: real.monotonicMs,
    onWaited: (rank, ms) => metrics.workWaitSeconds.observe({ class: rank }, ms / 1000),
    onRefused: (rank) => metrics.workRefused.inc({ class: rank }),
  })
  const database = new Database({
    connectionString,
    size: config.databaseConnections,
    monotonicMs: real.monotonicMs,
    tracing,
    onWait: (ms) => metrics.poolWaitSeconds.observe(ms / 1000),
  })
  const tenantClocks = config.testClock ? new TenantClocks(database, real) : undefined
  const clock = tenantClocks ?? systemClock(real)
  const signals = { onEvents: () => undefined as void }
  const secrets = new Secrets(config.secretKeys)
  const texts = new TenantTexts(database, real.monotonicMs)
  const units = new Units(
    { database, clock, config, secrets, texts },
    {
      // The webhook worker works for all tenants, not for the request that has just written one.
      onEvents: () => (tracing ? tracing.apart(() => signals.onEvents()) : signals.onEvents()),
      onFollowUpFailed: (error) => log.warn(describe(error), 'work after a commit failed; the sweeper repeats it'),
    },
  )
  return {
    config,
    connectionString,
    database,
    metrics,
    clock,
    tenantClocks,
    units,
    texts,
    secrets,
    files: openStorage(config, database),
    spool: new Spool(config.dataDir),
    places,
    real,
    log,
    tracing,
    signals,
    close: async () => {
      await database.close()
      await tracing?.close()
    },
  }
}
