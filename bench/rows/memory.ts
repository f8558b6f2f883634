import { setTimeout as sleep } from 'node:timers/promises'
import { watchMemory } from '../processes.ts'
import type { BenchRow, Setting } from '../report.ts'

/** By how much work on many rows may let a process grow. */
const GROWTH_MB = 100

/** Those of `bin/start.mjs`, for a process that is started otherwise. */
export const memoryFlags = ['--max-semi-space-size=16', '--max-old-space-size=512'] as const

const MOST_MB = 300
const AT_REST_MB = 250
const REST_MS = 60_000

/**
 * Begins to watch how much memory the server holds. To be asked after all other rows: answers what it held while it
 * waited, at most under load, and a minute later. The ratio is what it may hold, divided by that.
 */
export async function openMemory({ palestra }: Setting): Promise<() => Promise<readonly BenchRow[]>> {
  const memory = watchMemory(palestra.pid)
  const waiting = await memory.now()
  return async () => {
    const most = memory.most()
    await sleep(REST_MS)
    const later = await memory.now()
    memory.stop()
    return [
      row('megabytes of memory once it serves', waiting, AT_REST_MB),
      row('megabytes of memory under load', most, MOST_MB),
      row('megabytes of memory a minute later', later, AT_REST_MB),
    ]
  }
}

/** Begins to watch a server; answers by how many megabytes it has grown at most since. */
export async function watchGrowth(pid: number): Promise<() => number> {
  const memory = watchMemory(pid)
  const before = await memory.now()
  return () => {
    memory.stop()
    return memory.most() - before
  }
}

/** Megabytes of growth beside what is allowed. */
export const growthRow = (when: string, megabytes: number) =>
  row(`megabytes of memory more ${when}`, Math.max(1, megabytes), GROWTH_MB)

/** The same in a large house is no growth that a ratio of rates would show. */
const row = (work: string, found: number, bound: number): BenchRow => ({
  work,
  ours: found,
  floor: bound,
  ratio: bound / found,
  atLeast: 1,
  aim: 1,
  findsMore: true,
})
