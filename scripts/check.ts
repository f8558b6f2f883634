/**
 * `npm run check`: everything about the tree that can be judged without running the product, in seconds and offline.
 * One line per check with its time; what a failed check has to say follows at the end. `npm run check lint types`
 * runs only those two.
 */
import { spawn } from 'node:child_process'
import { existsSync, globSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { delimiter, join } from 'node:path'
import { checkDocs } from './check-docs.ts'
import { checkOwnTables } from './check-own-tables.ts'
import { checkPaths } from './check-paths.ts'
import { checkSqlTables } from './check-sql-tables.ts'
import { checkSqlTime } from './check-sql-time.ts'
import { checkModules } from './check-modules.ts'
import { checkSettings } from './check-settings.ts'
import { checkSpreads } from './check-spreads.ts'
import { checkWords } from './check-words.ts'

interface Check {
  readonly name: string
  /** Answers what is wrong, one complaint an entry; a command's whole output is one entry. */
  readonly run: () => Promise<readonly string[]>
  /** Files without which there is nothing to check yet. */
  readonly needs?: readonly string[]
}

const root = join(import.meta.dirname, '..')
const bin = join(root, 'node_modules', '.bin')
const env = {
  ...process.env,
  PATH: `${bin}${delimiter}${process.env.PATH ?? ''}`,
  NO_COLOR: '1',
  FORCE_COLOR: '0',
  // One core for each check, since as many checks as there are cores run beside each other. On several, compiler and
  // linter would work out the same types once on each of them: twice to four times the work.
  GOMAXPROCS: '1',
  // The linter of the documents would report to its maker and ask for newer releases.
  REDOCLY_TELEMETRY: 'off',
  REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true',
}

/** A check that is a program: it passes when the program does. */
function command(program: string, ...args: readonly string[]): Check['run'] {
  return () =>
    new Promise((resolve, reject) => {
      const child = spawn(program, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] })
      let output = ''
      child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
      child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
      child.on('error', reject)
      child.on('close', (code) => resolve(code === 0 ? [] : [output.trim() || `${program} ended with ${code}`]))
    })
}

/** A check that is a program of ours. */
const ours = (...args: readonly string[]) => command(process.execPath, '--import', './bin/node-guard.mjs', ...args)

/** Before all of them are there, what they will use counts as dead. */
const entries = ['src/main.ts', 'src/cli/main.ts', 'bench/main.ts']
const localeTests = globSync('src/platform/**/*locale*.test.ts', { cwd: root })

/** Where the compiler keeps what it knows of files that have not changed since: the next run takes seconds. */
const knownTypes = 'node_modules/.cache/palestra/types.tsbuildinfo'

const documents = ['openapi.json', 'openapi-device.json', 'openapi-admin.json']

// The slow ones first, so that the cores stay busy to the end.
const checks: readonly Check[] = [
  { name: 'lint', run: command('oxlint', '--type-aware', '--deny-warnings', '.') },
  {
    name: 'types',
    run: command('tsc', '-p', '.', '--checkers', '1', '--incremental', '--tsBuildInfoFile', knownTypes),
  },
  { name: 'page types', run: command('tsc', '-p', 'src/payments/page/browser', '--checkers', '1') },
  {
    name: 'migrations',
    run: ours('scripts/check-migrations.ts'),
    needs: ['migrations/meta/_journal.json'],
  },
  { name: 'schema', run: ours('scripts/schema.ts', '--check'), needs: ['scripts/schema.ts'] },
  { name: 'api', run: ours('scripts/openapi.ts', '--check'), needs: ['scripts/openapi.ts'] },
  { name: 'events', run: ours('scripts/events.ts', '--check'), needs: ['scripts/events.ts'] },
  { name: 'document', run: command('redocly', 'lint', ...documents) },
  { name: 'dead code', run: command('knip', '--no-progress', '--no-config-hints'), needs: entries },
  {
    name: 'locales',
    run: command(process.execPath, '--test', ...localeTests),
    needs: [localeTests[0] ?? 'locale tests'],
  },
  { name: 'format', run: command('biome', 'format', '--reporter=summary', '.') },
  { name: 'modules', run: async () => checkModules(root) },
  { name: 'sql tables', run: async () => checkSqlTables(root) },
  { name: 'own tables', run: async () => checkOwnTables(root) },
  { name: 'sql time', run: async () => checkSqlTime(root) },
  { name: 'paths', run: async () => checkPaths(root) },
  { name: 'settings', run: () => checkSettings(root) },
  { name: 'spreads', run: async () => checkSpreads(root) },
  { name: 'docs', run: async () => checkDocs(root) },
  { name: 'words', run: async () => checkWords(root) },
]

async function runCheck({ name, run, needs }: Check): Promise<readonly string[]> {
  const line = (word: string, rest: string) => console.log(`${word.padEnd(5)} ${name.padEnd(11)} ${rest}`)
  const missing = needs?.find((file) => !existsSync(join(root, file)))
  if (missing !== undefined) {
    line('skip', `no ${missing}`)
    return []
  }
  const startedAt = performance.now()
  const complaints = await run()
  line(complaints.length === 0 ? 'ok' : 'FAIL', `${((performance.now() - startedAt) / 1000).toFixed(1)} s`)
  return complaints.length === 0 ? [] : [`\n── ${name} ──`, ...complaints]
}

async function main(): Promise<void> {
  const wanted = process.argv.slice(2).join(' ')
  const queue = checks.filter(({ name }) => wanted === '' || wanted.includes(name))
  const complaints: string[] = []
  const worker = async () => {
    for (let check = queue.shift(); check !== undefined; check = queue.shift()) {
      complaints.push(...(await runCheck(check)))
    }
  }
  await Promise.all(Array.from({ length: Math.max(2, availableParallelism()) }, worker))
  for (const complaint of complaints) console.error(complaint)
  process.exitCode = complaints.length === 0 ? 0 : 1
}

await main()
