import type { DeviceCaller, PartnerCaller } from '../caller.ts'
import type { Platform } from '../platform.ts'
import { MemoryRateLimiter } from '../rate-limit.ts'
import { PostgresRateLimiter } from '../rate-limit-store.ts'
import type { Readiness } from '../readiness.ts'
import { Authentication } from './authentication.ts'
import { DeviceDoor, deviceTokens } from './device-door.ts'
import { Gate } from './gate.ts'
import { apiKeys, PartnerDoor } from './partner-door.ts'

export interface Gates {
  readonly partners: Gate<PartnerCaller>
  readonly devices: Gate<DeviceCaller>
}

/** The ways in, one for each kind of caller; they share counters, load and the word about changed credentials. */
export async function openGates(platform: Platform, readiness: Readiness): Promise<Gates> {
  const { config, database, real, shedding, metrics } = platform
  const keys = new Authentication(apiKeys, platform)
  const tokens = new Authentication(deviceTokens, platform)
  await database.listen('palestra_keys', () => {
    keys.forgetAll()
    tokens.forgetAll()
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
