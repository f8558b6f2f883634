import { greet } from './greeting.ts'
import { ConfigError, readConfig } from './platform/config.ts'
import { BundledPostgresError } from './platform/bundled-postgres/index.ts'
import { withDemoDefaults } from './platform/environment.ts'
import { startServer } from './serve.ts'

/** `npm start`: reads the environment, serves, and stops in good order on Ctrl-C or a polite kill. */
async function main() {
  const config = readConfig(withDemoDefaults(process.env))
  const running = await startServer(config, (line) => console.error(line))
  greet(running)
  let isStopping = false
  const stop = async () => {
    if (isStopping) return
    isStopping = true
    console.error('Stopping …')
    await running.stop()
    process.exit(0)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop())
}

main().catch((error: unknown) => {
  const isForOperator = error instanceof ConfigError || error instanceof BundledPostgresError
  console.error(isForOperator ? error.message : error)
  process.exit(1)
})
