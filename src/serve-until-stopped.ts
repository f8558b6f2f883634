import { greet } from './greeting.ts'
import type { Config } from './platform/config.ts'
import { startServer } from './serve.ts'

/** Serves, says where, and stops in good order on Ctrl-C or a polite kill. */
export async function serveUntilStopped(config: Config) {
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
