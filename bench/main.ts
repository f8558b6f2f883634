/**
 * `npm run bench`: measures the rows of the table in `docs/performance.md` against their floors, in one run on one
 * machine, and prints the ratios. Only the ratios mean something; the figures beside them are this machine's of this minute.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { execFile } from 'node:child_process'
import { parseArgs, promisify } from 'node:util'
import pg from 'pg'
import { startBundledPostgres } from '../src/platform/bundled-postgres/index.ts'
import { migrate } from '../src/platform/database/migrate.ts'
import { type BenchRow, formatTable, type Setting } from './report.ts'
import { startFloor, startPalestra } from './processes.ts'
import { watchMachine } from './machine.ts'
import { measureAfterStorm, measureBesideStorm, measureCrowds, measureNeighbour } from './rows/overload.ts'
import { measureAccounts } from './rows/accounts.ts'
import { measureBankFile } from './rows/bank-files.ts'
import { measureBilling } from './rows/billing.ts'
import { measureBooking, measureHotSlot } from './rows/bookings.ts'
import { openMemory } from './rows/memory.ts'
import { measureNameSearch, measureSlice } from './rows/lists.ts'
import { measureAppointmentSlots, measureClassSlots, measureCustomer, measureDoor } from './rows/reads.ts'
import { measurePaymentRun } from './rows/payment-run.ts'
import { measurePayment, measureSignUp } from './rows/payments.ts'
import { measurePreview } from './rows/previews.ts'
import { measurePrism } from './rows/prism.ts'
import { measureTaxExport } from './rows/tax-export.ts'
import { measureUpload } from './rows/uploads.ts'
import { fillFloor, fillWorld, KEY, ids } from './world.ts'

const { values: options, positionals: wanted } = parseArgs({
  allowPositionals: true,
  options: {
    seconds: { type: 'string', default: '6' },
    customers: { type: 'string', default: '10000' },
    grown: { type: 'string', default: '1000000' },
    prism: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
})
const seconds = Number(options.seconds)
const today = Temporal.Now.plainDateISO('Europe/Berlin')

type Measure = (setting: Setting) => Promise<BenchRow | readonly BenchRow[]>

const measures: Readonly<Record<string, Measure>> = {
  customer: measureCustomer,
  door: measureDoor,
  search: measureNameSearch,
  slice: measureSlice,
  'class-slots': measureClassSlots,
  'appointment-slots': measureAppointmentSlots,
  booking: measureBooking,
  upload: measureUpload,
  preview: measurePreview,
  payment: measurePayment,
  'sign-up': measureSignUp,
  accounts: measureAccounts,
  billing: measureBilling,
  'payment-run': measurePaymentRun,
  'bank-file': measureBankFile,
  'tax-export': measureTaxExport,
  'hot-slot': measureHotSlot,
  crowds: measureCrowds,
  neighbour: measureNeighbour,
  'beside-storm': measureBesideStorm,
  'after-storm': measureAfterStorm,
}
const MEMORY = 'memory'
const known = [...Object.keys(measures), MEMORY]
const unknown = wanted.find((name) => !known.includes(name))
if (unknown !== undefined) throw new Error(`There is no row ${unknown}. Rows: ${known.join(', ')}.`)
const onlyMemory = wanted.length === 1 && wanted[0] === MEMORY

const say = (setting: Setting, line: string) => console.error(`[${setting.customers} customers] ${line}`)

/** Rows of the small and of the large house, one work after the other in both: what is compared is measured within a minute. */
async function measureIn(houses: readonly Setting[]): Promise<readonly (readonly BenchRow[])[]> {
  const rows = houses.map((): BenchRow[] => [])
  const memories = await Promise.all(houses.map(openMemory))
  for (const [name, measure] of Object.entries(measures)) {
    if (wanted.length > 0 && !wanted.includes(name) && !onlyMemory) continue
    for (const [n, setting] of houses.entries()) {
      const describeLoad = watchMachine([process.pid, await findPostmaster(setting.client)])
      const found = await measureOrReport(setting, name, measure)
      if (options.prism && measure === measureCustomer && n === 0) found.push(await measurePrism(setting))
      for (const row of found) say(setting, `${row.work}: ${row.ratio.toFixed(2)}${row.note ? ` (${row.note})` : ''}`)
      say(setting, `${name}: ${describeLoad()}`)
      rows[n]?.push(...found)
    }
  }
  if (wanted.length > 0 && !wanted.includes(MEMORY)) return rows
  const found = await Promise.all(memories.map((measure) => measure()))
  for (const [n, lines] of found.entries()) rows[n]?.push(...lines)
  return rows
}

/** A row that cannot be measured does not keep the others from it. */
async function measureOrReport(setting: Setting, name: string, measure: Measure): Promise<BenchRow[]> {
  try {
    return [await measure(setting)].flat()
  } catch (error) {
    say(setting, `${name} could not be measured: ${String(error)}`)
    process.exitCode = 1
    return []
  }
}

/** The parent of all processes of the measured database. */
async function findPostmaster(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
  const { stdout } = await promisify(execFile)('ps', ['-o', 'ppid=', '-p', String(rows[0]?.pid)])
  return Number(stdout)
}

/** A house with `customers` members, its Palestra and its floor, on a database of its own. */
async function openHouse(url: string, customers: number) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  console.error(`[${customers} customers] filling`)
  await fillWorld(client, customers, today)
  const palestra = await startPalestra(url)
  const floor = await startFloor(url, {
    FLOOR_FROM: `${today.subtract({ days: 1 })}T00:00Z`,
    FLOOR_UNTIL: `${today.add({ days: 15 })}T00:00Z`,
  })
  const setting: Setting = { palestra, floor, client, url, seconds, customers, today, headers: { 'x-api-key': KEY } }
  const answer = await fetch(`${palestra.url}/v1/customers/${ids.firstCustomer}`, { headers: setting.headers })
  if (!answer.ok) throw new Error(`The measured server answers ${answer.status}: ${await answer.text()}`)
  await fillFloor(client, await answer.text(), customers)
  const close = async () => {
    await palestra.stop()
    await floor.stop()
    await client.end()
  }
  return { setting, close }
}

function growth(small: readonly BenchRow[], large: readonly BenchRow[]): BenchRow[] {
  return small.flatMap((row) => {
    const grown = large.find(({ work }) => work === row.work)
    if (!grown || row.findsMore) return []
    const work = `${row.work}, ${options.grown} against ${options.customers} customers`
    return { work, ours: grown.ours, floor: row.ours, ratio: grown.ours / row.ours, atLeast: 0.7, aim: 0.95 }
  })
}

/** What PostgreSQL's manual begins with on a machine of its own. */
const quarterOfMemory = () => `${Math.floor(totalmem() / 4 / 2 ** 20)}MB`

async function onFreshDatabase<T>(work: (url: string) => Promise<T>): Promise<T> {
  const dataDir = await mkdtemp(join(tmpdir(), 'palestra-bench-'))
  const server = await startBundledPostgres({
    dataDir,
    settings: { shared_buffers: quarterOfMemory(), max_wal_size: '4GB' },
  })
  try {
    await migrate(server.url)
    return await work(server.url)
  } finally {
    await server.stop()
    await rm(dataDir, { recursive: true, maxRetries: 10, retryDelay: 500 })
  }
}

async function measureHouses(sizes: readonly number[], open: readonly Setting[] = []): Promise<readonly BenchRow[][]> {
  const [customers, ...others] = sizes
  if (customers === undefined) return (await measureIn(open)).map((rows) => [...rows])
  return onFreshDatabase(async (url) => {
    const { setting, close } = await openHouse(url, customers)
    try {
      return await measureHouses(others, [...open, setting])
    } finally {
      await close()
    }
  })
}

const tellBusyAtAll = watchMachine([process.pid])
const grown = Number(options.grown)
const [small = [], large = []] = await measureHouses([Number(options.customers), ...(grown > 0 ? [grown] : [])])
const rows = [...small, ...growth(small, large)]
console.log(options.json ? JSON.stringify({ today: String(today), rows }, null, 2) : formatTable(rows))
console.error(`All in all: ${tellBusyAtAll()} (without the database)`)
if (rows.some((row) => row.ratio < row.atLeast)) process.exitCode = 1
