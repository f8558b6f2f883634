/**
 * `npm test [what …]`: prepares one database server, runs the test files on it with Node's own runner, whose summary
 * is the last thing printed, and clears everything away. `what` is a category (see below), test files, folders, or options
 * of `node --test`; without it, everything runs that does not need minutes.
 */
import { spawn } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { withPrograms } from './groups.ts'
import { guarded } from './guarded.ts'
import { startTestServer } from './servers/server.ts'

const root = join(import.meta.dirname, '..', '..')
const everything = '{src,test,scripts,docs}/**/*.test.ts'
/** Tests that kill processes, search for minutes or need a browser have to be asked for. */
const onlyWhenAsked = /^test[\\/](?:crash|browser)[\\/]|\.long\.test\.ts$/
const categories: Readonly<Record<string, string>> = {
  browser: 'test/browser/**/*.test.ts',
  races: 'test/races/**/*.test.ts',
  scenarios: 'test/scenarios/**/*.test.ts',
  crash: 'test/crash/**/*.test.ts',
  fuzz: 'test/fuzz/**/*.long.test.ts',
  scale: 'test/scale/**/*.test.ts',
}

function selectFiles(wanted: readonly string[]): string[] {
  if (wanted.length === 0)
    return globSync(everything, { cwd: root })
      .filter((file) => !onlyWhenAsked.test(file))
      .sort()
  const files = wanted.flatMap((each) => {
    const isFile = each.endsWith('.ts')
    const found = globSync(categories[each] ?? (isFile ? each : `${each}/**/*.test.ts`), { cwd: root })
    if (found.length === 0) throw new Error(`No test file matches ${each}`)
    return found
  })
  return [...new Set(files)].sort()
}

/** Pure tests start at once: only files that reach for the test support need the server. */
const needsServer = (files: readonly string[]) =>
  files.some((file) => /support\/|testDatabase/.test(readFileSync(join(root, file), 'utf8')))

/** Every process loads the whole application: what one has compiled, the others read. */
const compiled = { NODE_COMPILE_CACHE: join(root, 'node_modules', '.cache', 'palestra') }

interface Run {
  readonly files: readonly string[]
  readonly options: readonly string[]
  /** Aborted by Ctrl-C or a polite kill: the runner ends early, the clearing up still happens. */
  readonly signal: AbortSignal
}

const runFiles = (run: Run, env: NodeJS.ProcessEnv) =>
  withPrograms(root, run.files, (programs) => runPrograms(programs, run, env))

/** One more than the cores of a small machine: some tests wait for a process that they have killed. */
const PROCESSES = 3

function runPrograms(programs: readonly string[], { options, signal }: Run, env: NodeJS.ProcessEnv): Promise<number> {
  const args = [
    ...guarded,
    '--test',
    `--test-concurrency=${PROCESSES}`,
    '--test-reporter=spec',
    ...options,
    ...programs,
  ]
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { ...compiled, ...process.env, ...env },
    stdio: 'inherit',
  })
  const end = () => child.kill('SIGINT')
  if (signal.aborted) end()
  signal.addEventListener('abort', end)
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve(code ?? 1))
  })
}

async function runOnServer(run: Run): Promise<number> {
  const server = await startTestServer()
  try {
    return await runFiles(run, { PALESTRA_TEST_SERVER_URL: server.url, PALESTRA_TEST_TEMPLATE: server.template })
  } finally {
    await server.stop()
  }
}

async function main(args: readonly string[]): Promise<number> {
  const interruption = new AbortController()
  process.on('SIGINT', () => interruption.abort())
  process.on('SIGTERM', () => interruption.abort())
  const options = args.filter((each) => each.startsWith('--'))
  const files = selectFiles(args.filter((each) => !each.startsWith('--')))
  const run: Run = { files, options, signal: interruption.signal }
  return needsServer(files) ? runOnServer(run) : runFiles(run, {})
}

process.exitCode = await main(process.argv.slice(2))
