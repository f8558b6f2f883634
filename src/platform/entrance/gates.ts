import type { DeviceCaller, PartnerCaller } from '../units/caller.ts'
import type { Platform } from '../platform.ts'
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

/** The ways in, one for each kind of caller; they share counters, load and the word about what has changed. */
export async function openGates(platform: Platform, readiness: Readiness): Promise<Gates> {
  const { config, database, real, shedding, metrics, texts } = platform
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
    shedding,
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
