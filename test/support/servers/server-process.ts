import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { guarded } from '../guarded.ts'

/** Palestra in a process of its own, as an operator runs it; to be killed without warning. */
export interface ServerProcess {
  readonly url: string
  readonly pid: number
  /** Everything it has written to its standard output and error so far. */
  output(): string
  /** Ends it and waits until it is gone; SIGTERM lets it finish, SIGKILL does not. */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>
}

export const SECRET_KEY = 'secret-key-of-servers-that-tests-start'
const root = join(import.meta.dirname, '..', '..', '..')
/** A start takes two seconds of an idle machine and a minute of one with ten other programs on it. */
const START_WITHIN_MS = 180_000

/** Starts `src/main.ts` on a free port, from another folder or with other arguments where asked; resolves once it answers. */
export async function startServerProcess(
  environment: Readonly<Record<string, string>>,
  { cwd = root, args = ['src/main.ts'] } = {},
): Promise<ServerProcess> {
  const env = {
    PATH: process.env['PATH'],
    PALESTRA_PORT: '0',
    PALESTRA_SECRET_KEY: SECRET_KEY,
    PALESTRA_LOG_LEVEL: 'warn',
    PALESTRA_STOP_DELAY_MS: '0',
    ...environment,
  }
  const child = spawn(process.execPath, [...guarded, ...args], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  const url = await new Promise<string>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`The server does not start:\n${output}`)), START_WITHIN_MS)
    const read = (chunk: Buffer) => {
      output += chunk.toString()
      const [, found] = /Palestra listens on (\S+)/.exec(output) ?? []
      if (found === undefined) return
      clearTimeout(timer)
      resolve(found)
    }
    child.stdout.on('data', read)
    child.stderr.on('data', read)
    child.once('exit', (code) => reject(new Error(`The server ended with ${code}:\n${output}`)))
  })
  return { url, pid: child.pid ?? 0, output: () => output, end: (signal) => end(child, signal) }
}

async function end(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL') {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill(signal)
  await gone
}
