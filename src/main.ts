import { ConfigError, readConfig } from './platform/config.ts'
import { BundledPostgresError } from './platform/bundled-postgres/index.ts'
import { withDemoDefaults } from './platform/environment.ts'
import { serveUntilStopped } from './serve-until-stopped.ts'

/** `npm start`: reads the environment and serves. */
async function main() {
  await serveUntilStopped(readConfig(withDemoDefaults(process.env)))
}

main().catch((error: unknown) => {
  const isForOperator = error instanceof ConfigError || error instanceof BundledPostgresError
  console.error(isForOperator ? error.message : error)
  process.exit(1)
})
