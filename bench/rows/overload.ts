import { execFile, spawn } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { type Load, type LoadResult, runLoad } from '../load.ts'
import type { BenchRow, Setting } from '../report.ts'
import { BOOKING_SLOTS, ids } from '../world.ts'

const CROWDS = [1, 8, 32, 128]
const TRIED_CLIENTS = [2, 4, 8, 16, 32]
/** With so much of the best rate, more clients only wait. */
const SATURATED = 0.9
const FEW = 4
const OTHERS = 16
const STORM = 500
/** How long before the others are measured the crowd begins, in seconds. */
const STORM_STARTS_S = 1
const CROWD = 2000
const GIVE_UP_MS = 30_000

interface Asked {
  readonly path: string
  readonly method: 'GET' | 'POST'
  readonly body?: string
}

/** Of twenty requests fourteen read a customer, two the slots of a class, two search free times or names, two book. */
function mixed(setting: Setting, n: number): Asked {
  const customer = ids.firstCustomer + ((n * 7919) % setting.customers)
  const kind = n % 20
  if (kind < 14) return { path: `/v1/customers/${customer}`, method: 'GET' }
  if (kind < 16) return { path: `/v1/classes/${ids.groupClass}/slots?sliceSize=20`, method: 'GET' }
  if (kind === 16) return { path: '/v1/customers?sliceSize=50', method: 'GET' }
  if (kind === 17)
    return { path: '/v1/customers/search', method: 'POST', body: JSON.stringify({ lastName: 'Bullock1234' }) }
  return booking(setting, n)
}

/** Each one of another customer on another slot than those before. */
function booking({ customers }: Setting, n: number): Asked {
  const slot = ids.firstBookingSlot + ((Math.floor(n / customers) + n * 7) % BOOKING_SLOTS)
  const body = JSON.stringify({ customerId: ids.firstCustomer + (n % customers), classSlotId: slot })
  return { path: '/v1/classes/booking/book', method: 'POST', body }
}

function load(setting: Setting, connections: number, ask: (n: number) => Asked): Load {
  const { palestra, headers, seconds } = setting
  return {
    url: palestra.url,
    headers,
    seconds,
    connections,
    path: (n) => ask(n).path,
    chooseMethod: (n) => ask(n).method,
    body: (n) => ask(n).body ?? '',
  }
}

/** Good answers a second of a crowd, against the best that any number of clients gets. */
export async function measureCrowds(setting: Setting): Promise<readonly BenchRow[]> {
  const mix = (clients: number) => runLoad(load(setting, clients, (n) => mixed(setting, n)))
  await mix(FEW)
  const tried: { readonly clients: number; readonly rate: number }[] = []
  for (const clients of TRIED_CLIENTS) tried.push({ clients, rate: (await mix(clients)).goodPerSecond })
  const best = Math.max(...tried.map(({ rate }) => rate))
  const saturating = tried.find(({ rate }) => rate >= SATURATED * best)?.clients ?? FEW
  const rows: BenchRow[] = []
  for (const times of CROWDS) {
    const found = await mix(times * saturating)
    rows.push({
      work: `mixed load of ${times} x ${saturating} clients, against the best`,
      ...compareRates(found.goodPerSecond, best),
      atLeast: 0.85,
      aim: 0.95,
      note: describe(found),
    })
  }
  return rows
}

/** Four clients beside programs that keep all cores busy: slow, but nobody is refused. */
export async function measureNeighbour(setting: Setting): Promise<BenchRow> {
  const busy = Array.from({ length: availableParallelism() }, () =>
    spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' }),
  )
  try {
    const found = await runLoad(load(setting, FEW, (n) => mixed(setting, n)))
    const answered = found.goodPerSecond + found.refused / setting.seconds
    return {
      work: `mixed load of ${FEW} clients beside a busy neighbour, not refused`,
      ...compareRates(found.goodPerSecond, answered),
      atLeast: 1,
      aim: 1,
      note: describe(found),
    }
  } finally {
    for (const each of busy) each.kill('SIGKILL')
  }
}

/**
 * Reads and bookings of other customers while a crowd storms one slot, against the same undisturbed. The crowd is the first
 * half of the customers, in a process of its own; the others are the second half.
 */
export async function measureBesideStorm(setting: Setting): Promise<BenchRow> {
  const others = () =>
    runLoad(load(setting, OTHERS, (n) => (n % 5 === 0 ? otherBooking(setting, n) : reading(setting, n))))
  await others()
  const alone = await others()
  const storming = runCrowd(setting, setting.seconds + STORM_STARTS_S)
  await sleep(1000 * STORM_STARTS_S)
  const beside = await others()
  const storm = await storming
  return {
    work: `${OTHERS} clients beside ${STORM} on one slot, against undisturbed`,
    ...compareRates(beside.goodPerSecond, alone.goodPerSecond),
    atLeast: 0.5,
    aim: 0.8,
    note: `${describe(beside)}; storm: ${describe(storm)}`,
  }
}

const reading = ({ customers }: Setting, n: number): Asked => ({
  path: `/v1/customers/${ids.firstCustomer + ((n * 7919) % customers)}`,
  method: 'GET',
})

function otherBooking({ customers }: Setting, n: number): Asked {
  const half = Math.floor(customers / 2)
  const slot = ids.firstBookingSlot + ((Math.floor(n / half) + n * 7) % BOOKING_SLOTS)
  const body = JSON.stringify({ customerId: ids.firstCustomer + half + (n % half), classSlotId: slot })
  return { path: '/v1/classes/booking/book', method: 'POST', body }
}

async function runCrowd({ palestra, customers }: Setting, seconds: number): Promise<LoadResult> {
  const words = [palestra.url, ids.hotSlot + 9, seconds, STORM, Math.floor(customers / 2)].map(String)
  const { stdout } = await promisify(execFile)(process.execPath, ['bench/crowd.ts', ...words])
  return JSON.parse(stdout) as LoadResult
}

/** How soon after a storm a new client is served. */
export async function measureAfterStorm(setting: Setting): Promise<BenchRow> {
  const storm = await runLoad(load(setting, CROWD, (n) => mixed(setting, n)))
  const ended = performance.now()
  let status = 0
  while (status !== 200 && performance.now() - ended < GIVE_UP_MS) {
    const answer = await fetch(`${setting.palestra.url}/v1/customers/${ids.firstCustomer}`, {
      headers: setting.headers,
    })
    await answer.arrayBuffer()
    status = answer.status
  }
  const seconds = (performance.now() - ended) / 1000
  return {
    work: `first good answer after a storm of ${CROWD}, within a second`,
    ours: 1 / seconds,
    floor: 1,
    ratio: 1 / seconds,
    atLeast: 1,
    aim: 2,
    note: `after ${seconds.toFixed(3)} s; storm: ${describe(storm)}`,
  }
}

const compareRates = (ours: number, floor: number) => ({ ours, floor, ratio: floor > 0 ? ours / floor : 0 })

/** What was said no to by a rule is a good answer: the storm on a slot that is full gets nothing else. */
function describe({ goodPerSecond, refused, errors, p50Ms, p99Ms }: LoadResult): string {
  const lost = errors > 0 ? `, ${errors} without an answer` : ''
  return `${goodPerSecond.toFixed(0)}/s good, ${refused} refused${lost}, p50 ${p50Ms} ms, p99 ${p99Ms} ms`
}
