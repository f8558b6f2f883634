// Imported before anything else, and kept in JavaScript that old versions of Node can read, because they are the ones
// that have to be told.
if (!('Temporal' in globalThis) || !process.features.typescript) {
  console.error(
    `Palestra needs Node.js 26 or later, and this is ${process.version}.\n` +
      'Its own Node.js comes with `npm ci`: start it through npm (`npm start`, `npm test`) or with `bin/palestra.mjs`.\n' +
      'On a platform without that package, install Node.js 26 and start it with that.',
  )
  process.exit(1)
}
