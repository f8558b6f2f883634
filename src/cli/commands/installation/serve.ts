import type { Command } from 'commander'
import { readEnvironment } from '../../session.ts'

export function addServeCommand(program: Command) {
  program.command('serve').action(async () => {
    // Loaded only when needed: the other commands start in half the time without the web server.
    const { serveUntilStopped } = await import('../../../serve.ts')
    await serveUntilStopped(readEnvironment())
  })
}
