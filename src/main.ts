import { ConfigError } from './platform/config/setting-readers.ts'
import { readConfig } from './platform/config/config.ts'
import { BundledPostgresError } from './platform/bundled-postgres/failure.ts'
import { completeEnvironment } from './platform/config/environment.ts'
import { DatabaseRefusal } from './platform/database/refused-database.ts'
import { ListenFailure } from './platform/http/listener.ts'
import { serveUntilStopped } from './serve.ts'

/** `npm start`: reads the environment and serves. */
async function main() {
  await serveUntilStopped(readConfig(completeEnvironment(process.env)))
}

main().catch((error: unknown) => {
  console.error(sentenceFor(error))
  process.exit(1)
})

/** What an operator can mend is printed in one line; everything else keeps its stack. */
function sentenceFor(error: unknown): unknown {
  const isForOperators = [ConfigError, BundledPostgresError, DatabaseRefusal, ListenFailure].some(
    (kind) => error instanceof kind,
  )
  return isForOperators ? (error as Error).message : error
}
