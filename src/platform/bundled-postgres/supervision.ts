import { setTimeout as sleep } from 'node:timers/promises'
import { readPostmaster } from './postmaster-file.ts'
import { removeSocketFolder } from './connection.ts'
import { isAlive, send, servesFolder } from './processes.ts'
import type { Ownership } from './owner-lock.ts'
import { launchServer, type ServerPlan, stopServer } from './server.ts'
import { trimServerLog } from './server-log.ts'

const checkEveryMs = 100
const trimEveryMs = 600_000
/** Pauses before the first, second, … attempt to start again; the last one repeats. */
const pausesMs = [0, 200, 1_000, 3_000, 10_000]
/** A server that lived as long as this was healthy, and its end is a new mishap. */
const healthyAfterMs = 60_000

export interface Supervision {
  pid(): number
  stop(): Promise<void>
}

/**
 * Watches the server, starts it again when it dies, and stops it when asked or when this process exits. An adopted
 * server is not our child, so both kinds are watched alike, by asking whether the process is still there.
 */
export function superviseServer(plan: ServerPlan, firstPid: number, ownership: Ownership): Supervision {
  let pid = firstPid
  let startedAt = performance.now()
  let failures = 0
  let restarting: Promise<void> | undefined
  let stopped: Promise<void> | undefined
  const stopping = new AbortController()

  async function restart(): Promise<void> {
    if (performance.now() - startedAt > healthyAfterMs) failures = 0
    const died = performance.now()
    plan.log(`the database server (process ${pid}) ended unexpectedly`)
    while (!stopping.signal.aborted) {
      if (!ownership.isHeld()) return giveUp()
      const pause = pausesMs[Math.min(failures++, pausesMs.length - 1)]
      try {
        await sleep(pause, undefined, { signal: stopping.signal })
        pid = await launchServer(plan)
        startedAt = performance.now()
        plan.log(`the database server runs again (process ${pid}, after ${Math.round(startedAt - died)} ms)`)
        return
      } catch (thrown) {
        if (!stopping.signal.aborted) plan.log(thrown instanceof Error ? thrown.message : String(thrown))
      }
    }
  }

  /** The process that made the folder anew has a server of its own there, which must not be disturbed. */
  function giveUp(): void {
    stopping.abort()
    plan.log(`${plan.cluster.folder} was deleted or replaced while its server ran: its data is gone, stop this process`)
  }

  async function stop(): Promise<void> {
    stopping.abort()
    for (const timer of timers) clearInterval(timer)
    if (restarting) await endUnfinishedStart()
    await restarting
    if (isAlive(pid)) await stopServer(plan, pid)
    process.off('exit', leave)
    if (ownership.isHeld()) removeSocketFolder(plan.address, plan.cluster)
    ownership.release()
  }

  /** A server that recovers for minutes need not get ready before it may stop. */
  async function endUnfinishedStart(): Promise<void> {
    const found = readPostmaster(plan.cluster.folder)
    if (found && servesFolder(found.pid, plan.cluster.folder)) await stopServer(plan, found.pid)
  }

  function check(): void {
    if (restarting || stopping.signal.aborted || isAlive(pid)) return
    restarting = restart().finally(() => {
      restarting = undefined
    })
  }

  function leave(): void {
    if (isAlive(pid)) send(pid, 'SIGINT')
    ownership.release()
  }

  const timers = [setInterval(check, checkEveryMs), setInterval(() => trimServerLog(plan.logFile), trimEveryMs)]
  for (const timer of timers) timer.unref()
  process.on('exit', leave)
  return { pid: () => pid, stop: () => (stopped ??= stop()) }
}
