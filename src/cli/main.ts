import { CommanderError, InvalidArgumentError } from 'commander'
import { exitCode } from './exit-codes.ts'
import { buildProgram } from './program.ts'

/** Results go to stdout, everything about the command itself to stderr; the exit code says how it went. */
async function main(): Promise<number> {
  const asJson = process.argv.includes('--json')
  try {
    const program = await buildProgram(process.argv.slice(2))
    await program.parseAsync(process.argv)
    return typeof process.exitCode === 'number' ? process.exitCode : exitCode.ok
  } catch (error) {
    const isReported = error instanceof CommanderError && !(error instanceof InvalidArgumentError)
    if (isReported) return error.exitCode === 0 ? exitCode.ok : exitCode.usage
    // Loaded only when needed: with it comes the driver of the database.
    const { explainFailure } = await import('./failures.ts')
    const { exit, code, message, isUnexpected } = explainFailure(error)
    console.error(asJson ? JSON.stringify({ error: { code, message } }) : message)
    if (isUnexpected && error instanceof Error) console.error(error.stack?.split('\n').slice(1).join('\n'))
    return exit
  }
}

// A reader that closes the pipe early (`| head`) has what it wanted.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit(exitCode.ok)
})

process.exitCode = await main()
