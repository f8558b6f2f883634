import { ConfigError } from './platform/config/setting-readers.ts'
import { readConfig } from './platform/config/config.ts'
import { BundledPostgresError } from './platform/bundled-postgres/failure.ts'
import { completeEnvironment } from './platform/config/environment.ts'
import { serveUntilStopped } from './serve.ts'

/** `npm start`: reads the environment and serves. */
async function main() {
  await serveUntilStopped(readConfig(completeEnvironment(process.env)))
}

main().catch((error: unknown) => {
  console.error(sentenceFor(error))
  process.exit(1)
})

/** What an operator can mend is told in one line; everything else keeps its stack. */
function sentenceFor(error: unknown): unknown {
  if (error instanceof ConfigError || error instanceof BundledPostgresError) return error.message
  const { code, port } = error as { readonly code?: string; readonly port?: number }
  if (code === 'EADDRINUSE') return `Another program listens on port ${port} already: set PALESTRA_PORT to a free one.`
  if (code === 'EACCES') return `This user may not listen on port ${port}: set PALESTRA_PORT to one above 1023.`
  return error
}
