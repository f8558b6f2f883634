import { spawn } from 'node:child_process'
import { randomBytes, randomUUID } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  lchownSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { once } from 'node:events'
import { join } from 'node:path'
import type { Binaries } from './binaries.ts'
import { BundledPostgresError, errorCode } from './failure.ts'
import { endOrphanCreation } from './processes.ts'
import { mayEnter, type ServerUser } from './server-user.ts'

/** One database cluster on disk, initialised and owned by the user that serves it. */
export interface Cluster {
  readonly folder: string
  /** The same folder as the server names it, see `nameForServer`. */
  readonly folderForServer: string
  readonly user: ServerUser | undefined
  readonly password: string
}

export interface ClusterRequest {
  readonly dataDir: string
  readonly user: ServerUser | undefined
  readonly binaries: Binaries
  /** False only where durability is switched off anyway (tests). */
  readonly sync: boolean
  readonly log: (line: string) => void
  readonly signal: AbortSignal | undefined
}

const draftPrefix = 'postgres.init.'

/** Whether a first start has made a database in this data folder. */
export const hasCluster = (dataDir: string): boolean => existsSync(join(dataDir, 'postgres', 'PG_VERSION'))

/** Opens the cluster in `<dataDir>/postgres`, creating it on the first start. */
export async function openCluster(request: ClusterRequest): Promise<Cluster> {
  const { dataDir, user, binaries } = request
  const folder = join(dataDir, 'postgres')
  const passwordFile = join(dataDir, 'postgres.password')
  if (!hasCluster(dataDir)) {
    refuseForeignContent(folder)
    if (!existsSync(passwordFile)) writePassword(passwordFile, user)
    await initialise(request, folder, passwordFile)
  } else if (!existsSync(passwordFile)) {
    throw new BundledPostgresError(
      `${passwordFile} is missing but ${folder} needs it: restore the file, or move the folder away to begin anew`,
    )
  }
  refuseOtherVersion(folder, binaries)
  if (user && statSync(folder).uid === 0) giveTo(folder, user)
  return {
    folder,
    folderForServer: nameForServer(folder, dataDir, user),
    user,
    password: readFileSync(passwordFile, 'utf8').trim(),
  }
}

/** What a child process that belongs to the server runs with: its user, a working directory, and none of our secrets. */
export function surroundings(cwd: string, user: ServerUser | undefined) {
  const environment = process.platform === 'win32' ? process.env : { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' }
  return { cwd, env: environment, ...user }
}

/**
 * The server of a root process is another user, who perhaps may not enter the folders around the data (/root/palestra).
 * It need not: we start it inside its folder, and Linux leads /proc/self/cwd there without asking the folders around.
 */
function nameForServer(folder: string, around: string, user: ServerUser | undefined): string {
  if (!user || mayEnter(around, user)) return folder
  if (process.platform === 'linux') return '/proc/self/cwd'
  throw new BundledPostgresError(
    `the database server may not enter ${around}: start as another user than root, or set PALESTRA_DATA_DIR to a folder that others may enter`,
  )
}

/** Builds the cluster under another name and renames it when whole: a crash half-way leaves nothing in the way. */
async function initialise(request: ClusterRequest, folder: string, passwordFile: string): Promise<void> {
  const { dataDir, user, binaries, sync } = request
  const started = performance.now()
  await removeDrafts(dataDir)
  const draft = join(dataDir, `${draftPrefix}${randomUUID()}`)
  const [data, password] = [join(draft, 'data'), join(draft, 'password')]
  for (const path of [draft, data]) mkdirSync(path, { mode: 0o700 })
  copyFileSync(passwordFile, password)
  if (user) for (const path of [draft, data, password]) chownSync(path, user.uid, user.gid)
  const dataForServer = nameForServer(data, dataDir, user)
  const options = [
    ...['-D', dataForServer, '-U', 'postgres', '-A', 'scram-sha-256', '--no-instructions', '-E', 'UTF8'],
    ...[`--pwfile=${dataForServer}/../password`, '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
    ...(sync ? [] : ['--no-sync']),
  ]
  await run(binaries.initdb, options, { ...surroundings(data, user), signal: request.signal }).catch(async (thrown) => {
    await endOrphanCreation(data)
    rmSync(draft, { recursive: true, force: true, maxRetries: 5 })
    throw thrown
  })
  renameSync(data, folder)
  rmSync(draft, { recursive: true, force: true })
  if (sync && process.platform !== 'win32') syncFolder(dataDir)
  request.log(`created the database in ${folder} (${Math.round(performance.now() - started)} ms)`)
}

/** A killed creation may still be at work in its draft: hence a new name each time, and an end to what works there. */
async function removeDrafts(dataDir: string): Promise<void> {
  for (const name of readdirSync(dataDir).filter((entry) => entry.startsWith(draftPrefix))) {
    await endOrphanCreation(join(dataDir, name, 'data'))
    rmSync(join(dataDir, name), { recursive: true, force: true, maxRetries: 5 })
  }
}

type Surroundings = ReturnType<typeof surroundings> & { readonly signal: AbortSignal | undefined }

/** In a process group of its own: Ctrl-C reaches only us, and the signal says when it has to go. */
async function run(program: string, args: readonly string[], { signal, ...options }: Surroundings): Promise<void> {
  signal?.throwIfAborted()
  const child = spawn(program, args, { ...options, detached: true, stdio: ['ignore', 'ignore', 'pipe'] })
  const end = () => child.kill('SIGTERM')
  signal?.addEventListener('abort', end, { once: true })
  process.once('exit', end)
  try {
    const said = child.stderr.toArray()
    const [code] = await once(child, 'close')
    signal?.throwIfAborted()
    if (code === 0) return
    const reason = Buffer.concat(await said)
      .toString('utf8')
      .trim()
      .split('\n')
      .join(' · ')
    throw new BundledPostgresError(
      `cannot create the database: ${reason || `it ended with ${code}`}; or set PALESTRA_DATABASE_URL`,
    )
  } catch (thrown) {
    if (errorCode(thrown) !== 'ENOENT') throw thrown
    throw new BundledPostgresError(
      'cannot create the database: the programs need glibc, which this system lacks; or set PALESTRA_DATABASE_URL',
    )
  } finally {
    signal?.removeEventListener('abort', end)
    process.off('exit', end)
  }
}

function writePassword(file: string, user: ServerUser | undefined): void {
  writeFileSync(file, randomBytes(24).toString('hex'), { mode: 0o600, flag: 'wx', flush: true })
  chmodSync(file, 0o600)
  if (user) chownSync(file, user.uid, user.gid)
}

function refuseForeignContent(folder: string): void {
  if (!existsSync(folder)) return
  if (readdirSync(folder).length > 0) {
    throw new BundledPostgresError(`${folder} holds something that is not a PostgreSQL database: move it away`)
  }
  rmSync(folder, { recursive: true })
}

function refuseOtherVersion(folder: string, binaries: Binaries): void {
  const found = readFileSync(join(folder, 'PG_VERSION'), 'utf8').trim()
  const ours = binaries.version.split('.')[0]
  if (found !== ours) {
    throw new BundledPostgresError(
      `${folder} was written by PostgreSQL ${found} and the bundled one is ${ours}: export it with the old release and import it with this one`,
    )
  }
}

/** A copy of the data that root made belongs to root, and then the server could not read it. */
function giveTo(folder: string, user: ServerUser): void {
  lchownSync(folder, user.uid, user.gid)
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    lchownSync(join(entry.parentPath, entry.name), user.uid, user.gid)
  }
}

function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r')
  fsyncSync(handle)
  closeSync(handle)
}
