import { mkdirSync, realpathSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { findDeliveredBinaries, prepareBinaries } from './binaries.ts'
import { openCluster } from './cluster.ts'
import { chooseAddress, ensureDatabase } from './connection.ts'
import { BundledPostgresError, errorCode } from './failure.ts'
import { type Ownership, takeOwnership } from './owner-lock.ts'
import { adoptServer, launchServer, type ServerPlan } from './server.ts'
import { chooseServerUser } from './server-user.ts'
import { connectionString, serverArguments } from './settings.ts'
import { type Supervision, superviseServer } from './supervision.ts'

export { BundledPostgresError } from './failure.ts'
export { BackupRefusal, backUp, restore } from './backup.ts'
export { hasCluster } from './cluster.ts'
export { findRunningPostgres } from './running.ts'

export interface BundledPostgresOptions {
  /** Created if missing; the database lives in its folder `postgres`. One process at a time may use it. */
  readonly dataDir: string
  /** Where a copy of the programs goes when the server may not enter the project's folder. */
  readonly cacheDir?: string
  /** Gets one line for each thing that an operator may want to know. */
  readonly log?: (line: string) => void
  /** Ends a start that is under way: no process of it is left, and the next start finds nothing in its way. */
  readonly signal?: AbortSignal
  /** Server settings over our own, e.g. `{ fsync: 'off' }` for tests. */
  readonly settings?: Readonly<Record<string, string>>
}

export interface BundledPostgres {
  /** Connection string of the superuser for the database `palestra`. It stays the same when the server is restarted. */
  readonly url: string
  /** Process number of the present server. */
  readonly pid: number
  /** Stops the server in good order and gives the data folder free. */
  stop(): Promise<void>
}

/**
 * Starts the PostgreSQL that comes with the npm packages, or takes over the one that a killed process left behind, and
 * keeps it running until `stop`. Fails with a BundledPostgresError that says in one line what to do.
 */
export async function startBundledPostgres(options: BundledPostgresOptions): Promise<BundledPostgres> {
  const dataDir = resolve(options.dataDir)
  try {
    mkdirSync(dataDir, { recursive: true })
    const ownership = takeOwnership(join(realpathSync(dataDir), 'postgres.lock'))
    try {
      return await openServer(realpathSync(dataDir), options, ownership)
    } catch (thrown) {
      ownership.release()
      throw thrown
    }
  } catch (thrown) {
    throw explain(thrown, dataDir)
  }
}

/** The connection string of another database on the same server. */
export function databaseUrl(server: Pick<BundledPostgres, 'url'>, database: string): string {
  const url = new URL(server.url)
  url.pathname = `/${encodeURIComponent(database)}`
  return url.href
}

async function openServer(
  dataDir: string,
  options: BundledPostgresOptions,
  ownership: Ownership,
): Promise<BundledPostgres> {
  const plan = await planServer(dataDir, options)
  const urlForDatabase = (database: string) => connectionString(plan.address, plan.cluster.password, database)
  const pid = (await adoptServer(plan)) ?? (await launchServer(plan))
  const supervision = superviseServer(plan, pid, ownership)
  try {
    await ensureDatabase(urlForDatabase)
    options.signal?.throwIfAborted()
  } catch (thrown) {
    await supervision.stop()
    throw thrown
  }
  return presentServer(urlForDatabase('palestra'), supervision)
}

function presentServer(url: string, supervision: Supervision): BundledPostgres {
  return {
    url,
    get pid() {
      return supervision.pid()
    },
    stop: supervision.stop,
  }
}

async function planServer(dataDir: string, options: BundledPostgresOptions): Promise<ServerPlan> {
  const { settings = {}, log = () => undefined, signal } = options
  const user = chooseServerUser(dataDir, join(dataDir, 'postgres'))
  const binaries = prepareBinaries(findDeliveredBinaries(), user, options.cacheDir)
  const cluster = await openCluster({ dataDir, user, binaries, sync: settings.fsync !== 'off', log, signal })
  const address = await chooseAddress(cluster, settings.port)
  const args = serverArguments(address, binaries.version, settings)
  return { binaries, cluster, address, args, logFile: join(dataDir, 'postgres.log'), log, signal }
}

function explain(thrown: unknown, dataDir: string): unknown {
  if (!['EACCES', 'EPERM', 'EROFS'].includes(errorCode(thrown) ?? '')) return thrown
  return new BundledPostgresError(
    `${dataDir} cannot be used by this user (${(thrown as Error).message}): start as its owner, or set PALESTRA_DATA_DIR to another folder`,
  )
}
