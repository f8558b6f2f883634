import { pino } from 'pino'
import { readConfig } from '../../../src/platform/config/config.ts'
import { openPlatform, type Platform } from '../../../src/platform/platform.ts'
import { SECRET_KEY } from '../servers/server-process.ts'
import { insertWorld, type TestWorld } from './world.ts'

/** Arranges rows for a server that runs in a process of its own: the world, and whatever `fill` adds to it. */
export async function insertServedWorld<T>(
  databaseUrl: string,
  fill: (platform: Platform, world: TestWorld) => Promise<T>,
): Promise<TestWorld & { readonly filled: T }> {
  const config = readConfig({ PALESTRA_SECRET_KEY: SECRET_KEY })
  const platform = openPlatform({ config, connectionString: databaseUrl, log: pino({ level: 'silent' }) })
  try {
    const world = await insertWorld(platform, platform.real.now())
    return { ...world, filled: await fill(platform, world) }
  } finally {
    await platform.close()
  }
}
