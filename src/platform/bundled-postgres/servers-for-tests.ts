import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { type BundledPostgresOptions, startBundledPostgres } from './index.ts'

export const root = process.getuid?.() === 0
export const linuxOnly = process.platform === 'linux' ? false : 'reads /proc'
export const settings = { fsync: 'off', shared_buffers: '16MB' }

/** A process of the server's own user: PostgreSQL looks twice only at those. */
export function startImpostor(t: TestContext): number {
  const account = root ? { uid: 65534, gid: 65534 } : {}
  const sleeper = spawn('sleep', ['60'], { ...account, stdio: 'ignore' })
  t.after(() => sleeper.kill())
  return Number(sleeper.pid)
}

export function start(options: BundledPostgresOptions) {
  return startBundledPostgres({ settings, ...options })
}

export async function query(url: string, text: string): Promise<readonly unknown[]> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  try {
    return (await client.query(text)).rows
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** Another process that starts the server, says so on its standard output, and exits on a line of its input. */
export function launch(dataDir: string) {
  const code = `
    import { startBundledPostgres } from ${JSON.stringify(new URL('./index.ts', import.meta.url).href)}
    try {
      const { url, pid } = await startBundledPostgres(${JSON.stringify({ dataDir, settings })})
      console.log(JSON.stringify({ url, pid }))
      process.stdin.on('data', () => process.exit())
    } catch (thrown) {
      console.log(JSON.stringify({ message: thrown.message }))
    }`
  return spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: ['pipe', 'pipe', 'inherit'] })
}

export async function startElsewhere(t: TestContext, dataDir: string) {
  const launcher = launch(dataDir)
  t.after(() => launcher.kill('SIGKILL'))
  const [line] = (await once(launcher.stdout, 'data')) as [Buffer]
  const said = JSON.parse(line.toString()) as { url: string; pid: number; message?: string }
  if (said.message) throw new Error(said.message)
  return { process: launcher, url: said.url, pid: said.pid }
}

export async function until(holds: () => boolean): Promise<void> {
  const deadline = performance.now() + 15_000
  while (!holds()) {
    if (performance.now() > deadline) throw new Error(`waited too long for ${holds}`)
    await sleep(2)
  }
}

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'palestra-test-'))
  chmodSync(folder, 0o755)
  return folder
}

export function ownFolder(t: TestContext): string {
  const folder = temporaryFolder()
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}
