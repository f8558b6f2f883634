import { existsSync } from 'node:fs'
import { chmod, mkdtemp, readdir, rm, statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { databaseUrl, startBundledPostgres } from '../../../src/platform/bundled-postgres/index.ts'
import { migrate } from '../../../src/platform/database/migrate.ts'

/** A server with a migrated database to clone; `stop` leaves nothing of it behind. */
export interface TestServer extends RunningServer {
  readonly template: string
}

interface RunningServer {
  /** Connects as superuser. */
  readonly url: string
  stop(): Promise<void>
}

/** Nothing here has to survive a power cut, so nothing waits for the disk. Crash tests start servers of their own. */
const settings = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '200',
  max_wal_size: '256MB',
}
const folderName = /^palestra-test-(\d+)-/

/** Starts the bundled PostgreSQL (or uses `PALESTRA_TEST_DATABASE_URL`) and prepares the database that tests clone. */
export async function startTestServer(): Promise<TestServer> {
  const given = process.env['PALESTRA_TEST_DATABASE_URL']
  const template = `palestra_template_${process.pid}`
  const server = given ? givenServer(given, template) : await startOwnServer()
  try {
    await administer(server.url, `create database ${template}`)
    await migrate(databaseUrl(server, template))
  } catch (error) {
    await server.stop()
    throw error
  }
  return { ...server, template }
}

/** Runs statements on the server's own database, as the superuser that the server's address names. */
export async function administer(serverUrl: string, ...statements: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl })
  await client.connect()
  try {
    for (const statement of statements) await client.query(statement)
  } finally {
    await client.end()
  }
}

/** A server that stays when we go: only our templates have to be taken away. */
function givenServer(url: string, template: string): RunningServer {
  const templates = [template, `${template}_demo`]
  return {
    url,
    stop: () => administer(url, ...templates.map((name) => `drop database if exists ${name} with (force)`)),
  }
}

async function startOwnServer(): Promise<RunningServer> {
  await clearLeftBehind()
  const folder = await mkdtemp(join(await chooseParent(), `palestra-test-${process.pid}-`))
  // The server may run as another user than we do: it has to reach its own folder.
  await chmod(folder, 0o755)
  try {
    const server = await startBundledPostgres({ dataDir: folder, settings })
    await cheapenPassword(server.url)
    const stop = async () => {
      await server.stop()
      await remove(folder)
    }
    return { url: server.url, stop }
  } catch (error) {
    await remove(folder)
    throw error
  }
}

/** A run opens thousands of connections, and a password is dear to check on purpose: 4096 rounds of hashing on either side. */
async function cheapenPassword(serverUrl: string) {
  const { username, password } = new URL(serverUrl)
  await administer(serverUrl, 'set scram_iterations = 1', `alter role ${username} password '${password}'`)
}

/** Where Linux keeps files in memory. */
const memory = '/dev/shm'
/** More than a whole run has ever needed at once; in bytes. */
const enough = 4 * 2 ** 30

/**
 * A database is a thousand small files, and nearly every test file clones one: half a second of processor time on a disk,
 * a twentieth in memory. Small machines and containers have too little of it, other systems have no such folder.
 */
async function chooseParent(): Promise<string> {
  const free = await statfs(memory).then(
    ({ bavail, bsize }) => bavail * bsize,
    () => 0,
  )
  return free >= enough ? memory : tmpdir()
}

/** A run that was killed could not stop its server; the next one does, by taking it over first. */
async function clearLeftBehind(): Promise<void> {
  for (const parent of [tmpdir(), memory].filter(existsSync)) await clearFolder(parent)
}

async function clearFolder(parent: string): Promise<void> {
  for (const name of await readdir(parent)) {
    const [, owner] = folderName.exec(name) ?? []
    if (owner === undefined || isAlive(Number(owner))) continue
    const folder = join(parent, name)
    if (existsSync(join(folder, 'postgres', 'postmaster.pid'))) {
      await startBundledPostgres({ dataDir: folder, settings }).then((server) => server.stop())
    }
    await remove(folder)
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

const remove = (folder: string) => rm(folder, { recursive: true, force: true, maxRetries: 3 })
