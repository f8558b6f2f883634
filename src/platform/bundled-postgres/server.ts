import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import type { Binaries } from './binaries.ts'
import { type Cluster, surroundings } from './cluster.ts'
import { answers } from './connection.ts'
import { BundledPostgresError } from './failure.ts'
import { readPostmaster, wasStartedWith } from './postmaster-file.ts'
import { endOrphanSessions, isAlive, send, servesFolder, signalReaches, waitForEnd } from './processes.ts'
import { openServerLog, readServerLog, fileSize } from './server-log.ts'
import { type Address, connectionString } from './settings.ts'

/** Everything needed to start the server, again and again, in the same way and at the same address. */
export interface ServerPlan {
  readonly binaries: Binaries
  readonly cluster: Cluster
  readonly address: Address
  readonly args: readonly string[]
  readonly logFile: string
  readonly log: (line: string) => void
  /** Ends a start that waits for the server. */
  readonly signal?: AbortSignal | undefined
}

/**
 * The server that a killed process left behind: taken over when it answers and runs as we would start it, stopped
 * otherwise. @returns its process number; undefined when a server must be started
 */
export async function adoptServer(plan: ServerPlan): Promise<number | undefined> {
  const { folder } = plan.cluster
  const found = readPostmaster(folder)
  if (!found) return undefined
  if (!servesFolder(found.pid, folder)) {
    await refuseInvisibleServer(plan)
    return undefined
  }
  if (wasStartedWith(folder, plan.args) && (await becomesReady(plan, found.pid)) && (await doesAnswer(plan))) {
    plan.log(`took over the running server (process ${found.pid})`)
    return found.pid
  }
  plan.log(`stopping the server that an earlier run left behind (process ${found.pid})`)
  await stopServer(plan, found.pid)
  return undefined
}

/** Starts the server and waits until it accepts connections, however long a recovery takes. @returns its process number */
export async function launchServer(plan: ServerPlan): Promise<number> {
  await clearAfterCrash(plan)
  const logged = fileSize(plan.logFile)
  const pid = process.platform === 'win32' ? await launchOnWindows(plan) : await launchDetached(plan)
  const isReady = await becomesReady(plan, pid)
  if (plan.signal?.aborted) await stopServer(plan, pid)
  plan.signal?.throwIfAborted()
  if (isReady) return pid
  throw new BundledPostgresError(`the database server does not start: ${readServerLog(plan.logFile, logged)}`)
}

/** Stops the server in good order; one that has not obeyed after ten seconds is made to leave without its last checkpoint. */
export async function stopServer(plan: ServerPlan, pid: number): Promise<void> {
  const { folder } = plan.cluster
  if (process.platform === 'win32') {
    const stop = (mode: string) =>
      promisify(execFile)(plan.binaries.pgCtl, ['stop', '-D', folder, '-m', mode, '-t', '10'])
    await stop('fast').catch(() => stop('immediate'))
    return
  }
  send(pid, 'SIGINT')
  if (await waitForEnd(pid, 10_000)) return
  send(pid, 'SIGQUIT')
  if (await waitForEnd(pid, 6_000)) return
  send(pid, 'SIGKILL')
  await waitForEnd(pid, 1_000)
  await endOrphanSessions(folder)
}

/**
 * PostgreSQL clears a dead server's lock files itself, but not when their number still answers: because another
 * process has it now, or because the dead server is a zombie that nobody collects.
 */
async function clearAfterCrash({ cluster, address }: ServerPlan): Promise<void> {
  const found = readPostmaster(cluster.folder)
  if (!found) return
  await endOrphanSessions(cluster.folder)
  if (servesFolder(found.pid, cluster.folder) || !signalReaches(found.pid)) return
  if (address.kind === 'socket') rmSync(join(address.folder, `.s.PGSQL.${address.port}.lock`), { force: true })
  rmSync(join(cluster.folder, 'postmaster.pid'), { force: true })
}

/** In a process group of its own: Ctrl-C reaches only us, and we decide when the server goes. */
async function launchDetached(plan: ServerPlan): Promise<number> {
  const { folder, folderForServer, user } = plan.cluster
  const log = openServerLog(plan.logFile, user)
  try {
    const child = spawn(plan.binaries.postgres, ['-D', folderForServer, ...plan.args], {
      ...surroundings(folder, user),
      detached: true,
      stdio: ['ignore', log, log],
    })
    await once(child, 'spawn')
    child.unref()
    return child.pid as number
  } finally {
    closeSync(log)
  }
}

/** pg_ctl sheds administrator rights, with which PostgreSQL would refuse to run. */
async function launchOnWindows(plan: ServerPlan): Promise<number> {
  const { folder } = plan.cluster
  const options = plan.args.map((arg) => `"${arg}"`).join(' ')
  const child = spawn(plan.binaries.pgCtl, ['start', '-w', '-D', folder, '-l', plan.logFile, '-o', options], {
    ...surroundings(folder, undefined),
    stdio: 'ignore',
    windowsHide: true,
  })
  await once(child, 'exit')
  return readPostmaster(folder)?.pid ?? -1
}

/** Waits while the server starts or recovers, or leaves. @returns false if it is gone */
async function becomesReady(plan: ServerPlan, pid: number): Promise<boolean> {
  const started = performance.now()
  for (let nextNews = 5_000; pid > 0 && isAlive(pid) && !plan.signal?.aborted; await sleep(4)) {
    const found = readPostmaster(plan.cluster.folder)
    if (found?.pid === pid && found.status === 'ready') return true
    const waited = performance.now() - started
    if (waited < nextNews) continue
    nextNews += 5_000
    plan.log(`the database server is ${found?.status ?? 'starting'}, ${Math.round(waited / 1000)} s so far`)
  }
  return false
}

async function refuseInvisibleServer(plan: ServerPlan): Promise<void> {
  if (!(await doesAnswer(plan))) return
  throw new BundledPostgresError(
    `${plan.cluster.folder} is served by a PostgreSQL that this process cannot see (another container?): stop it first`,
  )
}

const doesAnswer = (plan: ServerPlan) => answers(connectionString(plan.address, plan.cluster.password, 'postgres'))
