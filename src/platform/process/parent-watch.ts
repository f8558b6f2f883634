import { signalReaches } from '../bundled-postgres/processes.ts'

const CHECK_EVERY_MS = 500

/**
 * Calls `stop` once when this process was started by npm and its parent has ended. A polite kill of npm reaches only the
 * shell between npm and this process: without this, nothing would ever stop the server. A program that was started
 * otherwise may outlive its parent. npm that is killed at once leaves the shell, and therefore the server, alone.
 */
export function watchParent(stop: () => void) {
  if (process.env['npm_lifecycle_event'] === undefined) return
  const parent = firstParent()
  const timer = setInterval(() => {
    // Windows keeps the number of a parent that is gone, the others put another one in its place.
    if (process.ppid === parent && signalReaches(parent)) return
    clearInterval(timer)
    stop()
  }, CHECK_EVERY_MS)
  timer.unref()
}

/** The parent when this process began, which `bin/node-guard.mjs` records. */
function firstParent(): number {
  const recorded: unknown = (globalThis as Record<symbol, unknown>)[Symbol.for('palestra.parent')]
  return typeof recorded === 'number' ? recorded : process.ppid
}
