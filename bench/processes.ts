import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { SECRET } from './world.ts'

/** Tenths of a second: a busy machine takes its time. */
const START_TRIES = 1800

export interface Server {
  readonly url: string
  readonly pid: number
  stop(): Promise<void>
}

/** Palestra as an operator runs it, on the measured database. */
export async function startPalestra(databaseUrl: string): Promise<Server> {
  const port = await freePort()
  const dataDir = await mkdtemp(join(tmpdir(), 'palestra-bench-files-'))
  const server = await start('bin/start.mjs', port, {
    PALESTRA_DATA_DIR: dataDir,
    PALESTRA_DATABASE_URL: databaseUrl,
    PALESTRA_SECRET_KEY: SECRET,
    PALESTRA_PORT: String(port),
    PALESTRA_LOG_LEVEL: 'warn',
    PALESTRA_RATELIMIT_DEFAULT: '1000000',
  })
  const stop = async () => {
    await server.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
  return { ...server, stop }
}

export async function startFloor(databaseUrl: string, environment: Readonly<Record<string, string>>): Promise<Server> {
  const port = await freePort()
  return start('bench/floor-server.ts', port, {
    ...environment,
    FLOOR_DATABASE_URL: databaseUrl,
    FLOOR_PORT: String(port),
  })
}

/** Others may measure on this machine as well. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

async function start(file: string, port: number, environment: Readonly<Record<string, string>>): Promise<Server> {
  const url = `http://127.0.0.1:${port}`
  const env = { PATH: process.env['PATH'], NODE_ENV: 'production', ...environment }
  const child = spawn(process.execPath, [file], { env, stdio: ['ignore', 'ignore', 'inherit'] })
  await untilServing(url, child)
  return { url, pid: child.pid ?? 0, stop: () => ended(child) }
}

/** The floor has no `/readyz` and answers 404: it serves as soon as it listens. */
async function untilServing(url: string, child: ChildProcess) {
  for (let tries = 0; tries < START_TRIES; tries++) {
    if (child.exitCode !== null) throw new Error(`The server ended with ${child.exitCode}.`)
    const isUp = await fetch(`${url}/readyz`).then(
      ({ status }) => status !== 503,
      () => false,
    )
    if (isUp) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(`Nothing serves on ${url}.`)
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once('exit', () => resolve())
    child.kill('SIGTERM')
  })
}

/** How much of the machine's memory a process holds, in megabytes. */
export async function residentMegabytes(pid: number): Promise<number> {
  const { stdout } = await promisify(execFile)('ps', ['-o', 'rss=', '-p', String(pid)])
  return Math.round(Number(stdout) / 1024)
}

/** Looks four times a second at how much memory a process holds. */
export function watchMemory(pid: number) {
  let most = 0
  const measure = async () => {
    const now = await residentMegabytes(pid)
    most = Math.max(most, now)
    return now
  }
  // A busy machine may not start `ps` in time; the next measurement counts.
  const timer = setInterval(() => void measure().catch(() => undefined), 250).unref()
  return { now: measure, most: () => most, stop: () => clearInterval(timer) }
}
