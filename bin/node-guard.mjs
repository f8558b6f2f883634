import module from 'node:module'
import { fileURLToPath } from 'node:url'

// Imported before anything else, and kept in JavaScript that old versions of Node can read, because they are the ones
// that get the message below.
if (!('Temporal' in globalThis) || !process.features.typescript) {
  console.error(
    `Palestra needs Node.js 26 or later, and this is ${process.version}.\n` +
      'Its own Node.js comes with `npm ci`: start it through npm (`npm start`, `npm test`) or with `bin/palestra.mjs`.\n' +
      'On a platform without that package, install Node.js 26 and start it with that.',
  )
  process.exit(1)
}
// Whose child this process is, before seconds go by with loading it: see src/platform/process/parent-watch.ts.
globalThis[Symbol.for('palestra.parent')] = process.ppid
// What a start has compiled, later ones read: it spares them up to a second. In a folder that only we write to.
module.enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/palestra', import.meta.url)))
await import('./quick-imports.mjs')
