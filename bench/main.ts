/**
 * `npm run bench`: measures the rows of the design's speed table against their floors, in one run on one machine, and
 * prints the ratios. Only the ratios mean something; the figures beside them are this machine's of this minute.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { startBundledPostgres } from '../src/platform/bundled-postgres/index.ts'
import { migrate } from '../src/platform/migrate.ts'
import { type BenchRow, formatTable } from './report.ts'
import { startFloor, startPalestra } from './processes.ts'
import { measureBooking, measureHotSlot } from './rows/bookings.ts'
import { measureNameSearch, measureSlice } from './rows/lists.ts'
import { measureAppointmentSlots, measureClassSlots, measureCustomer, measureDoor } from './rows/reads.ts'
import { measurePrism } from './rows/prism.ts'
import { measureUpload } from './rows/uploads.ts'
import { fillFloor, fillWorld, KEY, ids } from './world.ts'

const { values: options } = parseArgs({
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

/** All rows on a database with `customers` members. */
async function measureAt(url: string, customers: number): Promise<readonly BenchRow[]> {
  const say = (line: string) => console.error(`[${customers} customers] ${line}`)
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  say('filling')
  await fillWorld(client, customers, today)
  const palestra = await startPalestra(url)
  const floor = await startFloor(url, {
    FLOOR_FROM: `${today.subtract({ days: 1 })}T00:00Z`,
    FLOOR_UNTIL: `${today.add({ days: 15 })}T00:00Z`,
  })
  const setting = { palestra, floor, client, url, seconds, customers, today, headers: { 'x-api-key': KEY } }
  try {
    const answer = await fetch(`${palestra.url}/v1/customers/${ids.firstCustomer}`, { headers: setting.headers })
    if (!answer.ok) throw new Error(`The measured server answers ${answer.status}: ${await answer.text()}`)
    await fillFloor(client, await answer.text(), customers)
    const rows: BenchRow[] = []
    for (const measure of [
      measureCustomer,
      measureDoor,
      measureNameSearch,
      measureSlice,
      measureClassSlots,
      measureAppointmentSlots,
      measureBooking,
      measureUpload,
      // Last: after such a crowd the server refuses lists for a while, as it should.
      measureHotSlot,
    ]) {
      for (const row of [await measure(setting)].flat()) {
        say(`${row.work}: ${row.ratio.toFixed(2)}`)
        rows.push(row)
      }
    }
    if (options.prism && customers === Number(options.customers)) rows.push(await measurePrism(setting))
    return rows
  } finally {
    await palestra.stop()
    await floor.stop()
    await client.end()
  }
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
    await rm(dataDir, { recursive: true })
  }
}

const small = await onFreshDatabase((url) => measureAt(url, Number(options.customers)))
const grown = Number(options.grown)
const large = grown > 0 ? await onFreshDatabase((url) => measureAt(url, grown)) : []
const rows = [...small, ...growth(small, large)]
console.log(options.json ? JSON.stringify({ today: String(today), rows }, null, 2) : formatTable(rows))
if (rows.some((row) => row.ratio < row.atLeast)) process.exitCode = 1
