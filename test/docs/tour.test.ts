import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { guarded } from '../support/guarded.ts'
import { isShown, lacksShell, readBlocks, runCommands } from '../support/pages.ts'

const root = join(import.meta.dirname, '..', '..')
/** In the order in which a newcomer reads them, with the fewest commands that each of them has. */
const pages = [
  ['README.md', 1],
  ['docs/tour.md', 15],
] as const

/** The commands of a page, each with the block after it: what the page says that it prints. */
function readSteps(page: string) {
  return readBlocks(readFileSync(join(root, page), 'utf8')).flatMap((block, n, blocks) => {
    const next = blocks[n + 1]
    if (block.language !== 'bash') return []
    return [{ ...block, shown: next && next.language !== 'bash' ? next.text : '' }]
  })
}

/** Deadlines of a newcomer's patience. */
const READY_MS = 60_000

let folder: string
let server: ReturnType<typeof spawn>
let greeting = ''
let port = 0
/** Of the server and of the commands beside it; a newcomer has their defaults. */
let settings: NodeJS.ProcessEnv

before(async () => {
  if (lacksShell()) return
  folder = await mkdtemp(join(tmpdir(), 'palestra-tour-'))
  await chmod(folder, 0o700)
  port = await freePort()
  settings = { PALESTRA_DATA_DIR: join(folder, 'data'), PALESTRA_PORT: String(port), PALESTRA_LOG_LEVEL: 'warn' }
  const args = [...guarded, join(root, 'src', 'main.ts')]
  server = spawn(process.execPath, args, { cwd: folder, env: { ...environment(), ...settings } })
  for (const output of [server.stdout, server.stderr])
    output?.setEncoding('utf8').on('data', (text: string) => (greeting += text))
  await waitUntilReady()
})

after(async () => {
  if (!server) return
  server.kill('SIGINT')
  if (server.exitCode === null && server.signalCode === null) await once(server, 'exit')
  await rm(folder, { recursive: true, force: true, maxRetries: 3 })
})

/** Of a newcomer, who knows no setting. */
function environment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^PALESTRA_|^DATABASE_URL$/.test(name)))
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  return typeof address === 'object' && address ? address.port : 0
}

async function waitUntilReady() {
  const startedAt = performance.now()
  while (!greeting.includes('Try')) {
    assert.equal(server.exitCode, null, greeting)
    assert.ok(performance.now() - startedAt < READY_MS, greeting)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

test('what the greeting proposes works when pasted', { skip: lacksShell() }, async () => {
  const commands = greeting.match(/^ {4}curl .+$/gm) ?? []
  assert.equal(commands.length, 3)
  const answers = await runCommands(commands)
  for (const answer of answers) assert.doesNotMatch(answer, /"errorCode"|^$/)
  assert.match(answers[0] ?? '', /"id":1001/)
})

for (const [page, fewest] of pages) {
  test(`the commands of ${page} print what the page shows`, { skip: lacksShell() }, async () => {
    const steps = readSteps(page)
    const commands = steps.map(({ text }) => text.replaceAll('8080', String(port)))
    const answers = await runCommands(commands, { ...environment(), ...settings })
    assert.ok(steps.length >= fewest)
    for (const [n, { heading, shown }] of steps.entries()) {
      assert.ok(isShown(answers[n] ?? '', shown), `${heading}\n${answers[n]}\nis not\n${shown}`)
    }
  })
}

test('Ctrl-C ends the server in good order', { skip: lacksShell() }, async () => {
  server.kill('SIGINT')
  const [code] = await once(server, 'exit')
  assert.equal(code, 0)
})
