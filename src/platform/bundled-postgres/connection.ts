import { createHash } from 'node:crypto'
import { chownSync, existsSync, lstatSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { Cluster } from './cluster.ts'
import { BundledPostgresError, errorCode } from './failure.ts'
import type { Address } from './settings.ts'

/** The shortest limit of a socket's path among the systems (macOS; Linux has four more). */
const longestSocketPath = 103

/**
 * Where the server listens. A socket inside the data folder, which only its user and root may enter; it is faster than
 * TCP and needs no free port. A long data folder moves the socket to a short one; Windows gets a port.
 */
export async function chooseAddress(cluster: Cluster, port = '5432'): Promise<Address> {
  if (process.platform === 'win32') return { kind: 'port', port: await keepPort(`${cluster.folder}.port`) }
  if (join(cluster.folder, `.s.PGSQL.${port}`).length <= longestSocketPath) {
    return { kind: 'socket', port, folder: cluster.folder, folderForServer: cluster.folderForServer }
  }
  const name = createHash('sha256').update(cluster.folder).digest('hex').slice(0, 16)
  const folder = join(tmpdir(), `palestra-${name}`)
  createPrivateFolder(folder, cluster)
  return { kind: 'socket', port, folder, folderForServer: folder }
}

/** Removes the folder that `chooseAddress` made for the socket of a long data folder, once the server has left it. */
export function removeSocketFolder(address: Address, cluster: Cluster): void {
  if (address.kind === 'socket' && address.folder !== cluster.folder)
    rmSync(address.folder, { recursive: true, force: true })
}

/** Whether a server answers there that accepts our password. */
export async function answers(url: string): Promise<boolean> {
  try {
    await withClient(url, async () => undefined)
    return true
  } catch {
    return false
  }
}

/** Makes sure that the database `palestra` exists, connecting to it once. */
export async function ensureDatabase(toUrl: (database: string) => string): Promise<void> {
  try {
    await withClient(toUrl('palestra'), async () => undefined)
  } catch (thrown) {
    if (errorCode(thrown) !== '3D000') throw thrown
    await withClient(toUrl('postgres'), (client) => client.query('create database palestra'))
  }
}

export async function withClient(url: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 })
  // The statement under way fails as well when the connection breaks.
  client.on('error', () => undefined)
  try {
    await client.connect()
    await work(client)
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** Folders for temporary files are open to everybody: what is already there is only used if it is the server's alone. */
function createPrivateFolder(folder: string, cluster: Cluster): void {
  try {
    mkdirSync(folder, { mode: 0o700 })
    if (cluster.user) chownSync(folder, cluster.user.uid, cluster.user.gid)
  } catch (thrown) {
    if (errorCode(thrown) !== 'EEXIST') throw thrown
  }
  const found = lstatSync(folder)
  const owner = cluster.user?.uid ?? process.getuid?.()
  if (!found.isDirectory() || found.uid !== owner || (found.mode & 0o777) !== 0o700) {
    throw new BundledPostgresError(
      `${folder} belongs to another user: remove it, or choose a shorter PALESTRA_DATA_DIR`,
    )
  }
}

/** The port of the last start, as long as it is free or a server of ours may be on it; otherwise any free one. */
async function keepPort(file: string): Promise<string> {
  const last = existsSync(file) ? readFileSync(file, 'utf8').trim() : ''
  if (last && ((await portIfFree(Number(last))) || existsSync(join(file, '..', 'postgres', 'postmaster.pid'))))
    return last
  const port = `${await portIfFree(0)}`
  writeFileSync(file, port)
  return port
}

async function portIfFree(port: number): Promise<number | undefined> {
  const server = createServer()
  const { promise, resolve } = Promise.withResolvers<number | undefined>()
  server.once('error', () => resolve(undefined))
  server.listen(port, '127.0.0.1', () => {
    const address = server.address()
    server.close(() => resolve(typeof address === 'object' ? address?.port : undefined))
  })
  return promise
}
