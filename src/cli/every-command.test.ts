import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { CommanderError, type Command } from 'commander'
import { openDemoApp } from '../../test/support/demo-app.ts'
import { runWords } from '../../test/support/command-line.ts'
import { exitCode } from './exit-codes.ts'
import { type ExplainedFailure, explainFailure } from './failures.ts'
import { buildWholeProgram } from './program.ts'

/** What a value of a command line is called, `studio` for `--studio <id>` and for `<studioId>`, and how it is filled. */
type Fill = (name: string, placeholder: string) => string

const servesForever = new Set(['serve'])
/** They need no database, or would remove what the others are tried on. */
const withoutDatabase = new Set(['openapi print', 'demo seed', 'demo reset'])

let demo: Awaited<ReturnType<typeof openDemoApp>>
let folder = ''
before(async () => {
  demo = await openDemoApp()
  folder = await mkdtemp(join(tmpdir(), 'palestra-commands-'))
  await writeFile(join(folder, 'given.json'), '{"some": "thing"}')
})
after(async () => {
  await demo.close()
  await rm(folder, { recursive: true })
})

const leaves = listLeaves(await buildWholeProgram(), [])

function listLeaves(command: Command, path: readonly string[]): readonly { name: string; command: Command }[] {
  if (command.commands.length === 0) return [{ name: path.join(' '), command }]
  return command.commands.flatMap((each) => listLeaves(each, [...path, each.name()]))
}

const settings = () => ({
  PALESTRA_DATABASE_URL: demo.url,
  PALESTRA_DATA_DIR: folder,
  PALESTRA_DEMO: 'true',
  PALESTRA_TEST_CLOCK: 'true',
})

interface Outcome {
  readonly line: string
  readonly exit: number
  readonly message: string
  readonly isUnexpected: boolean
}

async function run(words: readonly string[], environment: Record<string, string> = settings()): Promise<Outcome> {
  const line = `palestra ${words.join(' ')}`
  const { exitCode: before } = process
  const { write } = process.stderr
  process.stderr.write = () => true
  try {
    await runWords(words, environment)
    return { line, exit: exitCode.ok, message: '', isUnexpected: false }
  } catch (error) {
    if (error instanceof CommanderError && error.code.startsWith('commander.')) {
      return { line, exit: exitCode.usage, message: error.message, isUnexpected: false }
    }
    const { exit, message, isUnexpected = false }: ExplainedFailure = explainFailure(error)
    return { line, exit, message, isUnexpected }
  } finally {
    // What a command says in passing, and what it sets for a process of its own.
    process.stderr.write = write
    process.exitCode = before
  }
}

/** A refusal that helps the person who typed the command: sentences without anything of the database's or of our code. */
function findFaults({ line, exit, message, isUnexpected }: Outcome): readonly string[] {
  if (exit === exitCode.ok) return []
  const failure = `${line}\n  ${exit} ${message}`
  const isTechnical =
    /_(fk|unique|pkey|form|known|positive|whole|counted)\b|violates|constraint|SQLSTATE|\bat .*\.ts|Failed query/.test(
      message,
    )
  const isSentence = /^[^\n]{3,4000}$/m.test(message) && !/undefined|NaN|\[object/.test(message)
  return isTechnical || !isSentence || isUnexpected || exit < 1 || exit > 5 ? [failure] : []
}

const samples: Readonly<Record<string, string>> = {
  studio: '123',
  studios: '123',
  customer: '1001',
  integration: '11',
  class: '301',
  service: '1',
  employee: '101',
  name: 'Berlin-Mitte',
  title: 'Yoga',
  duration: '60',
  zone: 'Europe/Berlin',
  currency: 'EUR',
  language: 'de',
  country: 'DE',
  amount: '10.00',
  rate: '19',
  from: '2030-01-01',
  to: '2030-02-01',
  on: '2030-01-01',
  at: '2030-01-01T10:00:00+01:00',
  start: '2030-01-01T10:00:00+01:00',
  end: '2030-01-01T11:00:00+01:00',
  // A step into another year would run every night on the way.
  time: '2026-06-15T09:30:00+02:00',
  days: 'MO',
  type: 'CARD_NUMBER',
  kind: 'room',
  for: 'all',
  by: 'cash',
  due: '2030-01-01',
  count: '2',
  capacity: '5',
  model: 'x',
  config: '{}',
  url: 'http://127.0.0.1:9/x',
  address: 'a@b.example',
  slug: 'demo',
  number: '1',
  scopes: 'read',
  day: '2026-01-01',
  competences: 'Yoga',
  prefix: 'CHVB1',
  'external-id': 'CMPGN-123',
  mode: 'frozen',
  tax: '1',
  revenue: '2',
  iban: 'DE89370400440532013000',
  reason: 'OTHER',
}

/** Fills every argument and every option that takes a value; ids of things that can be anything are 1. */
function fillWords(name: string, command: Command, fill: Fill, withOptions: boolean): readonly string[] {
  const given = command.registeredArguments.map((argument) => fill(argument.name(), argument.name()))
  const options = command.options
    .filter((option) => (option.mandatory || withOptions) && (option.required || option.optional))
    // An id of one's own would be there when the next command names it as unknown.
    .filter(
      ({ long }) => !['--tenant', '--json', '--out', '--follow', '--limit', '--lines', '--id'].includes(long ?? ''),
    )
    .flatMap((option) => [option.long ?? '', fill((option.long ?? '').slice(2), option.flags)])
  return [...name.split(' '), ...given, ...options]
}

const isId = (name: string, placeholder: string) =>
  /Ids?$/.test(name) || /<(id|ids|\w+Id)>/.test(placeholder) || /^(studios?|service|room|needs)$/.test(name)

const fillPlausible: Fill = (name) => {
  if (name === 'file') return join(folder, 'given.json')
  const bare = name.replace(/Ids?$/, '')
  return (
    demo.knownIds[name]?.[0]?.toString() ??
    demo.knownIds[`${bare}Id`]?.[0]?.toString() ??
    samples[name] ??
    samples[bare] ??
    (/Ids?$/.test(name) ? '1' : 'Anything')
  )
}
const fillUnknown: Fill = (name, placeholder) =>
  isId(name, placeholder) ? '999999999' : fillPlausible(name, placeholder)
const fillBad: Fill = (name) => (name === 'file' ? join(folder, 'not-there.json') : 'not / a value')

const tried = leaves.filter(({ name }) => !servesForever.has(name))

test('what is refused is named in words', async () => {
  const missing = join(folder, 'not-there.json')
  const region = ['--zone', 'Europe/Berlin', '--currency', 'EUR', '--language', 'de', '--country', 'DE']
  await run(['studio', 'create', '--name', 'X', '--number', '4711', ...region])
  const refusals: readonly (readonly [readonly string[], number, string | RegExp])[] = [
    [['studio', 'create', '--name', 'X', '--id', '123', ...region], 4, 'A studio with this id exists already.'],
    [
      ['studio', 'create', '--name', 'X', '--number', '4711', ...region],
      4,
      'A studio with this number exists already.',
    ],
    [['employee', 'create', '--first-name', 'A', '--last-name', 'B', '--studios', '99'], 3, 'There is no studio 99.'],
    [['billing', 'list', '--studio', '9999'], 3, 'The studio 9999 was not found.'],
    [['dunning', 'levels', '--studio', '9999'], 3, 'The studio 9999 was not found.'],
    [
      ['employee', 'create', '--first-name', '\u200B', '--last-name', 'B', '--studios', '123'],
      2,
      '--first-name holds no text.',
    ],
    [
      ['employee', 'create', '--first-name', 'A', '--last-name', ' ', '--studios', '123'],
      2,
      '--last-name holds no text.',
    ],
    [['studio', 'create', '--name', '\u3164', ...region], 2, '--name holds no text.'],
    [['device', 'list', '--studio', '9999'], 3, 'The studio 9999 was not found.'],
    [['account', 'show', '999999'], 3, 'The customer 999999 was not found.'],
    [['contract', 'list', '--customer', '999999'], 3, 'The customer 999999 was not found.'],
    [['lead', 'create', '--studio', '123', '--file', missing], 3, `There is no file ${missing}.`],
    [['studio', 'opening-hours', '123', '--file', folder], 2, `${folder} is a folder, and a file is needed.`],
    [
      ['integration', 'create', '--name', 'X', '--scopes', 'CUSTOMER_REED'],
      2,
      /^There is no scope CUSTOMER_REED; there are /,
    ],
  ]
  for (const [words, exit, message] of refusals) {
    const outcome = await run(words)
    assert.deepEqual(findFaults(outcome), [])
    assert.equal(outcome.exit, exit, outcome.message)
    if (typeof message === 'string') assert.equal(outcome.message, message)
    else assert.match(outcome.message, message)
  }
})

test('the endpoint of the demo is signed, and its secret is shown like that of any other', async () => {
  assert.match(await runWords(['endpoint', 'signing-secret', '11'], settings()), /whsec_[\w+/]{43}=/)
})

test('the list is the whole command line', () => {
  assert.ok(leaves.length > 150)
})

for (const [what, fill] of [
  ['what is there already', fillPlausible],
  ['an unknown parent', fillUnknown],
  ['a bad value', fillBad],
] as const) {
  test(`each command answers ${what} with a sentence and a documented exit code`, async () => {
    const faults: string[] = []
    for (const { name, command } of tried.filter((each) => !withoutDatabase.has(each.name))) {
      const words = fillWords(name, command, fill, true)
      faults.push(...findFaults(await run(words)))
      if (fill === fillPlausible) faults.push(...findFaults(await run(words)))
    }
    assert.deepEqual(faults, [])
  })
}

test('each command answers 5 where there is no database, makes none, and says so', async () => {
  const empty = join(folder, 'empty')
  // Nothing serves there, whatever else runs on this machine.
  const nowhere = { PALESTRA_PUBLIC_URL: 'http://127.0.0.1:1', PALESTRA_DATA_DIR: empty, PALESTRA_DEMO: 'true' }
  const unreachable = { ...nowhere, PALESTRA_DATABASE_URL: 'postgres://nobody@127.0.0.1:1/x' }
  for (const environment of [unreachable, nowhere]) {
    for (const { name, command } of tried.filter((each) => !withoutDatabase.has(each.name))) {
      const isMaker = name === 'migrate' || name === 'tenant create' || name === 'restore'
      if (isMaker && environment === nowhere) continue
      const outcome = await run(fillWords(name, command, fillPlausible, false), environment)
      // Doctor reports, and sets the exit code of the process.
      if (name === 'doctor') continue
      assert.deepEqual(findFaults(outcome), [])
      assert.ok(
        [exitCode.unreachable, exitCode.usage].some((each) => each === outcome.exit),
        `${outcome.line}: ${outcome.exit}`,
      )
    }
  }
  assert.ok(!existsSync(empty))
})
