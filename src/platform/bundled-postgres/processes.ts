import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { errorCode } from './failure.ts'

const linux = process.platform === 'linux'

/** Whether a signal would reach a process of this number; true for a zombie and for another user's process too. */
export function signalReaches(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (thrown) {
    return errorCode(thrown) === 'EPERM'
  }
}

/** Whether the process runs. A zombie does not: under a PID 1 that collects no orphans it would count as alive for ever. */
export function isAlive(pid: number): boolean {
  return signalReaches(pid) && (!linux || linuxStat(pid) !== undefined)
}

/** Waits until the process is gone. @returns whether it went within `milliseconds` */
export async function waitForEnd(pid: number, milliseconds: number): Promise<boolean> {
  const deadline = performance.now() + milliseconds
  while (isAlive(pid)) {
    if (performance.now() > deadline) return false
    await sleep(5)
  }
  return true
}

/**
 * What distinguishes this life of a process number from any other, also after a reboot: numbers are reused, starting times
 * are not. Undefined when no such process lives.
 */
export function readStartTime(pid: number): string | undefined {
  if (linux) {
    const startTicks = linuxStat(pid)?.[19]
    return startTicks && `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}:${startTicks}`
  }
  if (!signalReaches(pid)) return undefined
  return process.platform === 'win32'
    ? ask('powershell', ['-NoProfile', '-Command', `(Get-Process -Id ${pid}).StartTime.Ticks`])
    : ask('ps', ['-o', 'lstart=', '-p', `${pid}`])
}

/** Whether the process is a PostgreSQL that serves this data folder (given as its real path). */
export function servesFolder(pid: number, folder: string): boolean {
  if (linux) return linuxProgramIn(pid, folder) === 'postgres'
  if (process.platform === 'win32') return isAlive(pid)
  const command = ask('ps', ['-ww', '-o', 'args=', '-p', `${pid}`]) ?? ''
  return command.includes('postgres') && command.includes(folder)
}

/**
 * Ends the sessions that a killed postmaster left behind. Most notice by themselves at once; one in the middle of a long
 * calculation does not, and as long as it is attached to the shared memory no new server may start. Only Linux lets
 * us find them; elsewhere the new server refuses, and is tried again.
 */
export async function endOrphanSessions(folder: string): Promise<void> {
  const orphans = linuxProcessesIn(folder, ['postgres'])
  for (const pid of orphans) send(pid, 'SIGQUIT')
  for (const pid of orphans) if (!(await waitForEnd(pid, 1000))) send(pid, 'SIGKILL')
  for (const pid of orphans) await waitForEnd(pid, 1000)
}

/** Ends an initdb whose launcher was killed, with the shell and the server that it starts in quick succession. */
export async function endOrphanCreation(folder: string): Promise<void> {
  const find = () => linuxProcessesIn(folder, ['initdb', 'sh', 'postgres'])
  for (let round = 0, found = find(); found.length > 0 && round < 20; round++, found = find()) {
    for (const pid of found) send(pid, 'SIGKILL')
    for (const pid of found) await waitForEnd(pid, 500)
  }
}

/** Sends a signal to a process that may be gone already. */
export function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch (thrown) {
    if (errorCode(thrown) !== 'ESRCH') throw thrown
  }
}

/** The fields of /proc/<pid>/stat from the state on; undefined for a process that is gone or a zombie. */
function linuxStat(pid: number): readonly string[] | undefined {
  const line = attempt(() => readFileSync(`/proc/${pid}/stat`, 'utf8'))
  const fields = line?.slice(line.lastIndexOf(')') + 2).split(' ')
  return fields?.[0] === 'Z' || fields?.[0] === 'X' ? undefined : fields
}

/** The name of the process's program, if it works in this folder. */
function linuxProgramIn(pid: number, folder: string): string | undefined {
  return attempt(() =>
    readlinkSync(`/proc/${pid}/cwd`) === folder ? readFileSync(`/proc/${pid}/comm`, 'utf8').trim() : undefined,
  )
}

function linuxProcessesIn(folder: string, programs: readonly string[]): readonly number[] {
  if (!linux) return []
  const numbers = readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))
  return numbers.map(Number).filter((pid) => programs.includes(linuxProgramIn(pid, folder) ?? ''))
}

const ask = (command: string, args: readonly string[]) =>
  attempt(() => execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }))?.trim() ||
  undefined

function attempt<T>(work: () => T): T | undefined {
  try {
    return work()
  } catch {
    return undefined
  }
}
