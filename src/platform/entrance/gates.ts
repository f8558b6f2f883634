import type { DeviceCaller, PartnerCaller } from '../units/caller.ts'
import type { Config } from '../config/config.ts'
import type { Database } from '../database/database.ts'
import type { WorkPlaces } from '../places/work-places.ts'
import type { Metrics } from '../process/metrics.ts'
import type { Secrets } from '../secrets.ts'
import type { TenantTexts } from '../texts/tenant-texts.ts'
import type { RealTime } from '../time/clock.ts'
import { MemoryRateLimiter } from './rate-limit.ts'
import { PostgresRateLimiter } from './rate-limit-store.ts'
import type { Readiness } from '../process/readiness.ts'
import { Authentication } from './authentication.ts'
import { DeviceDoor, deviceTokens } from './device-door.ts'
import { Gate } from './gate.ts'
import { apiKeys, PartnerDoor } from './partner-door.ts'

export interface Gates {
  readonly partners: Gate<PartnerCaller>
  readonly devices: Gate<DeviceCaller>
}

/** What the ways in take. */
export interface GateDeps {
  readonly config: Config
  readonly database: Database
  readonly secrets: Secrets
  readonly texts: TenantTexts
  readonly real: RealTime
  readonly places: WorkPlaces
  readonly metrics: Metrics
}

/** The ways in, one for each kind of caller; they share counters, load and the word about what has changed. */
export async function openGates(platform: GateDeps, readiness: Readiness): Promise<Gates> {
  const { config, database, real, places, metrics, texts } = platform
  const keys = new Authentication(apiKeys, platform)
  const tokens = new Authentication(deviceTokens, platform)
  // Changes of both are rare: whichever it was, all is asked for again.
  await database.listen(['palestra_keys', 'palestra_texts'], () => {
    keys.forgetAll()
    tokens.forgetAll()
    texts.forgetAll()
  })
  const shared = {
    config,
    places,
    real,
    rateLimiter:
      config.rateLimitStore === 'postgres'
        ? new PostgresRateLimiter(database, real)
        : new MemoryRateLimiter(real.monotonicMs),
    onRateLimited: (operation: string) => metrics.rateLimited.inc({ operation }),
    maintenance: () => readiness.maintenance,
  }
  return {
    partners: new Gate({ ...shared, door: new PartnerDoor(keys, real) }),
    devices: new Gate({ ...shared, door: new DeviceDoor(tokens) }),
  }
}
