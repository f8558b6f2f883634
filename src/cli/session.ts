import { randomBytes } from 'node:crypto'
import { userInfo } from 'node:os'
import { pino } from 'pino'
import { findRunningPostgres, hasCluster, startBundledPostgres } from '../platform/bundled-postgres/index.ts'
import type { Caller } from '../platform/units/caller.ts'
import { type Config, readConfig } from '../platform/config/config.ts'
import { completeEnvironment } from '../platform/config/environment.ts'
import { demoTenants } from '../demo/house/chain.ts'
import { migrate, pendingMigrations } from '../platform/database/migrate.ts'
import { refuseForeignDatabase } from '../platform/deployment/guard.ts'
import { atServedUrl } from '../platform/deployment/served-url.ts'
import { openPlatform, type Platform } from '../platform/platform.ts'
import type { UnitOfWork, View } from '../platform/units/work.ts'
import { defined } from '../platform/values/defined.ts'
import { exitCode } from './exit-codes.ts'
import { CommandFailure } from './failures.ts'

/** Connections that one command needs at most. */
const CONNECTIONS = 4

/** A database that a command may use, and what has to be done with it afterwards. */
export interface ReachedDatabase {
  readonly config: Config
  readonly connectionString: string
  /** Whether this command started the bundled server, and therefore nobody else uses the database. */
  readonly isOwn: boolean
  close(): Promise<void>
}

/** The configuration that the server would have in this environment. */
export const readEnvironment = (): Config => readConfig(completeEnvironment(process.env))

/**
 * Finds the configured database: an external one, the bundled one of a server that runs in the data folder, or else the
 * bundled one started for this command. Only a command that sets an installation up makes a database where there is none:
 * any other has mistaken the folder, and a new database would hide that.
 */
export async function reachDatabase(
  config: Config = readEnvironment(),
  { makesDatabase = false } = {},
): Promise<ReachedDatabase> {
  const external = config.databaseUrl ?? (await findRunningPostgres(config.dataDir))
  if (external !== undefined) return { config, connectionString: external, isOwn: false, close: async () => {} }
  const { dataDir, cacheDir } = config
  if (!makesDatabase && !hasCluster(dataDir)) {
    const makers = 'palestra serve, palestra migrate, palestra tenant create and palestra demo seed make one'
    throw new CommandFailure(`There is no database in ${dataDir} yet: ${makers}.`, exitCode.unreachable)
  }
  const bundled = await startBundledPostgres({ dataDir, ...defined({ cacheDir }) })
  return { config, connectionString: bundled.url, isOwn: true, close: () => bundled.stop() }
}

/** What a command on the whole installation asks for beside an up-to-date database. */
export interface PlatformNeeds {
  /** It neither reads nor writes anything sealed; for any other command a secret that opens nothing is refused. */
  readonly isForAnySecret?: boolean
  /** It sets an installation up, and makes the bundled database where there is none. */
  readonly makesDatabase?: boolean
}

/** Runs `work` on an up-to-date database with the platform opened on it, and closes everything afterwards. */
export async function withPlatform<T>(
  work: (platform: Platform) => Promise<T>,
  { isForAnySecret = false, makesDatabase = false }: PlatformNeeds = {},
): Promise<T> {
  const database = await reachDatabase(readEnvironment(), { makesDatabase })
  try {
    await refuseOutdated(database)
    const { config, connectionString } = database
    if (!isForAnySecret) await refuseForeignDatabase(connectionString, { config, demoTenants })
    const platform = openCommandPlatform({ ...database, config: await atServedUrl(config, connectionString) })
    try {
      return await work(platform)
    } finally {
      await platform.close()
    }
  } finally {
    await database.close()
  }
}

export function openCommandPlatform({ config, connectionString }: ReachedDatabase): Platform {
  return openPlatform({
    config: { ...config, databaseConnections: CONNECTIONS },
    connectionString,
    log: pino({ level: 'warn' }, pino.destination({ dest: 2, sync: true })),
  })
}

/** A database that nobody serves is brought up to date, as a start would; a shared one only when the operator says so. */
async function refuseOutdated({ connectionString, isOwn }: ReachedDatabase) {
  const pending = await pendingMigrations(connectionString)
  if (pending === 0) return
  if (!isOwn) throw new CommandFailure(`${pending} migrations are missing: run palestra migrate.`)
  await migrate(connectionString)
}

/** What a command about one tenant has: its units are written down under the name of the system's user. */
export interface TenantSession {
  readonly platform: Platform
  readonly tenant: { readonly id: number; readonly slug: string }
  readonly caller: Caller
  /** For keys, which expire in real time. */
  readonly realNow: Temporal.Instant
  read<T>(work: (view: View) => Promise<T>): Promise<T>
  write<T>(work: (unit: UnitOfWork) => Promise<T>): Promise<T>
}

export function openTenantSession(platform: Platform, tenant: TenantSession['tenant']): TenantSession {
  const caller = cliCaller(tenant.id)
  return {
    platform,
    tenant,
    caller,
    realNow: platform.real.now(),
    read: (work) => platform.units.read(caller, work),
    write: (work) => platform.units.write(caller, work),
  }
}

export function cliCaller(tenantId: number): Caller {
  const detail = { user: userInfo().username }
  return { actor: { kind: 'CLI', id: null, detail }, tenantId, traceId: randomBytes(16).toString('hex') }
}
