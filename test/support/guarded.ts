import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const guard = join(import.meta.dirname, '..', '..', 'bin', 'node-guard.mjs')

/** Options of a Node.js process that loads what an operator's does before anything else. */
export const guarded: readonly string[] = ['--import', pathToFileURL(guard).href]
