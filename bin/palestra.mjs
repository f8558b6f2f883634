#!/usr/bin/env node
// The command line of Palestra. Runs on any Node.js from 20 on and hands over to the Node.js 26 that `npm ci` brought.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { constants } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const main = join(root, 'src', 'cli', 'main.ts')

/** The Node.js package of this platform; the one for Apple silicon carries a name of its own. */
function findProjectNode() {
  const program = process.platform === 'win32' ? 'node.exe' : join('bin', 'node')
  const system = process.platform === 'win32' ? 'win' : process.platform
  for (const name of [`node-${system}-${process.arch}`, `node-bin-${system}-${process.arch}`]) {
    try {
      const manifest = createRequire(import.meta.url).resolve(`${name}/package.json`)
      const found = join(dirname(manifest), program)
      if (existsSync(found)) return found
    } catch {
      // Not installed on this platform: try the next name.
    }
  }
  return undefined
}

if ('Temporal' in globalThis && process.features.typescript) {
  await import('./node-guard.mjs')
  await import(pathToFileURL(main).href)
} else {
  const node = findProjectNode()
  if (node === undefined) {
    await import('./node-guard.mjs')
  } else {
    const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' })
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
    child.on('error', (error) => {
      console.error(`Cannot start ${node}: ${error.message}`)
      process.exitCode = 1
    })
    child.on('close', (code, signal) => {
      process.exitCode = code ?? 128 + (constants.signals[signal] ?? 0)
    })
  }
}
