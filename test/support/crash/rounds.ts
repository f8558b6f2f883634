import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { mkdtemp, chmod, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startBundledPostgres } from '../../../src/platform/bundled-postgres/index.ts'
import { realTime } from '../../../src/platform/time/clock.ts'
import { migrate } from '../../../src/platform/database/migrate.ts'
import { assertFilesAreWhole, assertNothingHalfDone, assertNothingLost } from './audit.ts'
import { insertActiveDevices } from './devices.ts'
import { type Crew, isAcknowledged, isOpen, newCrew, runLoad, send } from './load.ts'
import { Deck, loadedOperations, type LoadTarget, type SentCall } from './plan.ts'
import { isRemembered } from './trails.ts'
import { testDatabase } from '../database.ts'
import { insertFullStudio } from '../full/full-studio.ts'
import { asSuperuser } from '../row-hashes.ts'
import { insertServedWorld } from '../scenes/served-world.ts'
import { type ServerProcess, startServerProcess } from '../servers/server-process.ts'

const MEMBERS = 400
const SLOTS = 300
const LOAD_MS = { least: 600, most: 1500 }

/** Where the rows are, how a server is started on them, and how to stop whatever is left at the end. */
export interface Ground extends AsyncDisposable {
  readonly databaseUrl: string
  readonly target: Omit<LoadTarget, 'url'>
  /** The folder of the files, and of the bundled database if it is that one. */
  readonly dataDir: string
  readonly environment: Readonly<Record<string, string>>
}

/** The database server of the test run: it outlives the servers that are killed. */
export async function externalGround(): Promise<Ground> {
  const database = await testDatabase()
  const dataDir = await newFolder()
  return {
    databaseUrl: database.url,
    target: await fillGround(database.url),
    dataDir,
    environment: { PALESTRA_DATABASE_URL: database.url, PALESTRA_DATA_DIR: dataDir },
    [Symbol.asyncDispose]: async () => {
      await database.drop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'palestra-crash-'))
  await chmod(folder, 0o755)
  return folder
}

/** The bundled database in a folder of its own, with fsync on. */
export async function bundledGround(): Promise<Ground> {
  const dataDir = await newFolder()
  const database = await startBundledPostgres({ dataDir })
  await migrate(database.url)
  const target = await fillGround(database.url)
  await database.stop()
  return {
    databaseUrl: database.url,
    target,
    dataDir,
    environment: { PALESTRA_DATA_DIR: dataDir },
    [Symbol.asyncDispose]: async () => {
      const leftBehind = await startBundledPostgres({ dataDir })
      await leftBehind.stop()
      await rm(dataDir, { recursive: true, force: true, maxRetries: 3 })
    },
  }
}

const limits = { PALESTRA_RATELIMIT_DEFAULT: '1000000', PALESTRA_STORAGE: 'fs' }
const startOn = ({ environment }: Ground) => startServerProcess({ ...limits, ...environment })

async function fillGround(databaseUrl: string): Promise<Omit<LoadTarget, 'url'>> {
  const from = realTime.now().toZonedDateTimeISO('UTC').startOfDay().add({ days: 2 }).toInstant()
  const { berlin, filled } = await insertServedWorld(databaseUrl, async (platform, world) => {
    const sizes = { members: MEMBERS, slots: SLOTS, seats: 5, waiting: 2 }
    const contents = await insertFullStudio(platform, world.berlin, {
      ...sizes,
      firstId: 3_000_000,
      slotStart: String(from),
    })
    await platform.database.transaction(world.berlin.tenantId, (tx) =>
      insertActiveDevices({ tx, studio: world.berlin }, contents.benefitKey, platform),
    )
    return contents
  })
  return { key: berlin.key, contents: filled, members: MEMBERS, slots: SLOTS, from }
}

/** What is killed in the middle of the load, and how the service comes back. */
export type Mishap = (ground: Ground, server: ServerProcess) => Promise<ServerProcess>

export const killServer: Mishap = async (ground, server) => {
  await server.end('SIGKILL')
  return startOn(ground)
}

/** Kills the database under a server that lives on and has to find back by itself. */
export const killDatabase: Mishap = async ({ dataDir }, server) => {
  const killed = postmasterIn(dataDir)
  assert.ok(killed)
  process.kill(killed, 'SIGKILL')
  // Its children live on for a moment and would still answer; the file names the next one before that accepts a request.
  for (let tries = 0; [killed, undefined].includes(postmasterIn(dataDir)); tries++) {
    assert.ok(tries < 300, `Nobody starts the database again:\n${server.output()}`)
    await pause(50)
  }
  return server
}

function postmasterIn(dataDir: string): number | undefined {
  try {
    return Number(readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0])
  } catch {
    return undefined
  }
}

export interface CrashFigures {
  readonly rounds: number
  /** Writes. */
  readonly acknowledged: number
  /** Operations of which at least one call was. */
  readonly operations: number
  readonly refused: number
  /** Without an answer when the mishap struck; repeated with the same key afterwards. */
  readonly repeated: number
}

/** Enough for every operation to get through, what depends on others included. */
const ROUNDS_FOR_ALL = 10
/**
 * Refused where nothing keeps prepaid credit; what was signed too long ago by real time; what is about the contract of the
 * second member, once that was switched; and what is about a module whose days belong to the clock of other tests.
 */
const mayBeRefused = [
  'vendingSale',
  'vendingRevalue',
  'withdrawContract',
  'createContractCancelationAmendment',
  'withdrawContractCancelation',
  'createModuleContractCancelationAmendment',
]

/** Load, mishap, recovery, repetition of what is open, audit; `rounds` times on the same rows. */
export async function runCrashRounds(ground: Ground, mishap: Mishap, rounds: number): Promise<CrashFigures> {
  const calls: SentCall[] = []
  const crew = newCrew(new Deck())
  let repeated = 0
  let server = await startOn(ground)
  try {
    for (let round = 1; round <= rounds; round++) {
      const strike = async (before: ServerProcess) => (server = await mishap(ground, before))
      const sent = await loadUntil(ground, { server, crew, strike })
      const open = sent.filter(isOpen)
      assert.ok(sent.some(isAcknowledged), `round ${round} wrote nothing:\n${server.output()}`)
      await assertWhole(ground)
      await repeat({ ...ground.target, url: server.url }, open)
      await asSuperuser(ground.databaseUrl, (client) => assertNothingLost(client, sent))
      await assertWhole(ground)
      calls.push(...sent)
      repeated += open.length
      if (mishap === killDatabase) server = await restart(ground, server)
    }
  } finally {
    await server.end('SIGKILL')
  }
  if (rounds >= ROUNDS_FOR_ALL) assertAllGotThrough(calls)
  return { ...countFigures(calls), rounds, repeated }
}

interface Load {
  readonly server: ServerProcess
  readonly crew: Crew
  readonly strike: (server: ServerProcess) => Promise<ServerProcess>
}

/** Lets the load run for a while, strikes, and waits until the service is back. */
async function loadUntil({ target }: Ground, { server, crew, strike }: Load): Promise<SentCall[]> {
  const ended = new AbortController()
  const begun = Promise.withResolvers<void>()
  const load = runLoad({ ...target, url: server.url }, crew, ended.signal, begun.resolve)
  // A server that has only just started is slow at first.
  await Promise.race([begun.promise, load])
  await pause(LOAD_MS.least + Math.random() * (LOAD_MS.most - LOAD_MS.least))
  const after = await strike(server)
  ended.abort()
  const sent = await load
  await untilReady(after)
  return sent
}

async function assertWhole({ databaseUrl, dataDir }: Ground) {
  await asSuperuser(databaseUrl, async (client) => {
    await assertNothingHalfDone(client)
    await assertFilesAreWhole(client, dataDir)
  })
}

const doneIn = (calls: readonly SentCall[]) => new Set(calls.filter(isAcknowledged).map(({ operation }) => operation))

/** Every operation that was called has got through. A slow machine may not come to those that need the answer of another. */
function assertAllGotThrough(calls: readonly SentCall[]) {
  const done = doneIn(calls)
  const called = [...new Set(calls.map(({ operation }) => operation))]
  const refused = called.filter((each) => !done.has(each) && !mayBeRefused.includes(each))
  assert.deepEqual(refused.map((each) => `${each}: ${listRefusals(each, calls)}`).sort(), [])
}

/** With which codes calls of an operation were refused. */
const listRefusals = (operationId: string, calls: readonly SentCall[]) => [
  ...new Set(calls.filter(({ operation }) => operation === operationId).map(({ answer }) => answer?.body?.errorCode)),
]

function countFigures(calls: readonly SentCall[]) {
  const acknowledged = calls.filter(isAcknowledged)
  return {
    acknowledged: acknowledged.filter(({ operation }) => isRemembered(operation)).length,
    operations: doneIn(calls).size,
    refused: calls.length - acknowledged.length,
  }
}

/** A supervisor that saw its database die waits longer each time; a fresh one starts from the beginning. */
async function restart(ground: Ground, server: ServerProcess): Promise<ServerProcess> {
  await server.end('SIGTERM')
  return startOn(ground)
}

/** The request that holds the key has gone down with its connection, which the database notices a moment later. */
const isBusy = ({ answer }: SentCall) => answer?.body?.errorCode === 'errormessage.idempotency.inProgress'

async function repeat(target: LoadTarget, open: readonly SentCall[]) {
  for (const write of open) {
    for (let tries = 0; isOpen(write) || isBusy(write); tries++) {
      assert.ok(tries < 100, `${write.operation} gets no definite answer: ${JSON.stringify(write.answer)}`)
      if (tries > 0) await pause(100)
      await send(target, write)
    }
  }
}

async function untilReady(server: ServerProcess) {
  for (let tries = 0; tries < 300; tries++) {
    const isReady = await fetch(`${server.url}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    )
    if (isReady) return
    await pause(50)
  }
  assert.fail(`The server does not recover:\n${server.output()}`)
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

export function reportFigures(what: string, { rounds, acknowledged, operations, refused, repeated }: CrashFigures) {
  console.log(
    `${what}: ${rounds} round${rounds === 1 ? '' : 's'}, ${operations} of ${loadedOperations.length} operations, ` +
      `${acknowledged} writes acknowledged, lost=0, half done=0; ` +
      `${refused} calls refused, ${repeated} without an answer and settled by repetition`,
  )
}
