#!/usr/bin/env node
// Starts the server with the memory settings that docs/performance.md measures. They hold only for a process that begins
// with them, so this one becomes it: same process id, no parent that would have to pass on signals.
import './node-guard.mjs'
import { fileURLToPath } from 'node:url'

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url))
const flags = ['--max-semi-space-size=16', '--max-old-space-size=512', '--expose-gc']
const chosen = process.env.NODE_OPTIONS ?? ''
const settings = flags.filter((flag) => !chosen.includes(flag.split('=')[0]))
// Windows cannot replace a process; there Node.js keeps its own defaults.
if (process.platform === 'win32' || typeof process.execve !== 'function') {
  await import('../src/main.ts')
} else {
  const env = { MALLOC_ARENA_MAX: '2', ...process.env }
  const guard = new URL('./node-guard.mjs', import.meta.url).href
  process.execve(
    process.execPath,
    [process.execPath, ...settings, '--import', guard, main, ...process.argv.slice(2)],
    env,
  )
}
