import { globSync, readFileSync } from 'node:fs'
import { availableParallelism, loadavg } from 'node:os'

/** Processor time in ticks: of the whole machine when it was not idle, and of all processes under some roots. */
interface Ticks {
  readonly busy: number
  readonly own: number
}

interface ProcessTicks {
  readonly parent: number
  readonly ticks: number
}

/** Where Linux reports it. Elsewhere only the load average is known. */
function readTicks(roots: readonly number[]): Ticks | undefined {
  const total = readText('/proc/stat')?.split('\n', 1)[0]
  if (total === undefined) return undefined
  const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0] = total.split(/\s+/).slice(1).map(Number)
  const processes = new Map(globSync('/proc/[0-9]*').map((folder) => [Number(folder.slice(6)), readProcess(folder)]))
  const isOwn = (pid: number): boolean => {
    const parent = processes.get(pid)?.parent
    return roots.includes(pid) || (parent !== undefined && parent > 1 && isOwn(parent))
  }
  let own = 0
  for (const [pid, found] of processes) if (found && isOwn(pid)) own += found.ticks
  return { busy: user + nice + system + irq + softirq, own }
}

/** Children that have ended count with the one that has waited for them. */
function readProcess(folder: string): ProcessTicks | undefined {
  const fields = readText(`${folder}/stat`)
    ?.replace(/^.*\) /s, '')
    .split(' ')
    .map(Number)
  if (!fields) return undefined
  const [, parent = 0] = fields
  return { parent, ticks: fields.slice(11, 15).reduce((sum, each) => sum + each, 0) }
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}

/** Begins to watch how busy the machine is; the answer says it in one sentence. `roots` are our own processes. */
export function watchMachine(roots: readonly number[]): () => string {
  const before = readTicks(roots)
  return () => {
    const load = `load average ${(loadavg()[0] ?? 0).toFixed(1)} on ${availableParallelism()} cores`
    const after = readTicks(roots)
    if (!before || !after || after.busy === before.busy) return load
    const share = Math.min(1, (after.own - before.own) / (after.busy - before.busy))
    return `${load}; of the processor time used ${Math.round(100 * share)} % was the bench's`
  }
}
