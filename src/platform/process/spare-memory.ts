import { performance } from 'node:perf_hooks'
import type { Logger } from 'pino'
import { isWorthCollecting } from './memory-rules.ts'

const CHECK_EVERY_MS = 10_000

/**
 * Gives back what a rush has left in memory: V8 collects while it allocates, so a process that waits keeps it. The
 * collection holds up everything, for half a second on a busy machine, and comes only when nobody waits. Without effect in a process
 * that was started without `--expose-gc`. The answer ends it.
 */
export function spareMemory(log: Logger): () => void {
  const { gc } = globalThis
  if (gc === undefined) return () => undefined
  let heldAfterLast = 0
  let since = performance.eventLoopUtilization()
  const collect = () => {
    const { utilization } = performance.eventLoopUtilization(since)
    since = performance.eventLoopUtilization()
    const residentBytes = process.memoryUsage.rss()
    if (!isWorthCollecting({ busyShare: utilization, residentBytes, heldAfterLast })) return
    const began = performance.now()
    gc({ type: 'major', execution: 'sync', flavor: 'last-resort' })
    heldAfterLast = process.memoryUsage.rss()
    log.debug({ before: residentBytes, after: heldAfterLast, ms: Math.round(performance.now() - began) }, 'collected')
  }
  const timer = setInterval(collect, CHECK_EVERY_MS).unref()
  return () => clearInterval(timer)
}
