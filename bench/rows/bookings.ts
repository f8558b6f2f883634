import { bareBookingScript, bookingScript, lockScript, pgbench } from '../floors.ts'
import { type Load, runLoad } from '../load.ts'
import type { BenchRow, Setting } from '../report.ts'
import { BOOKING_SLOTS, ids } from '../world.ts'

const CLIENTS = 16
const CROWD = 500
const SEATS = 20
const WAITING = 5
/** A server whose code has just been loaded has a third of its rate. */
const WARMING_STORMS = 2

/** Bookings by many customers on many slots: all checks, locks, contingent, audit line, event, idempotency key. */
export async function measureBooking(setting: Setting): Promise<readonly BenchRow[]> {
  // The other half is the floor's, so that neither meets the other's bookings.
  const people = Math.floor(setting.customers / 2)
  const customer = (n: number) => ids.firstCustomer + (n % people)
  const slot = (n: number) => ids.firstBookingSlot + ((Math.floor(n / people) + n) % BOOKING_SLOTS)
  const booking: Load = {
    url: setting.palestra.url,
    headers: setting.headers,
    seconds: setting.seconds,
    connections: CLIENTS,
    method: 'POST',
    path: () => '/v1/classes/booking/book',
    makeHeaders: (n) => ({ 'idempotency-key': `bench-${process.pid}-${n}` }),
    body: (n) => JSON.stringify({ customerId: customer(n), classSlotId: slot(n) }),
  }
  await runLoad({ ...booking, seconds: 2 })
  const measured = []
  const floors = []
  const bareFloors = []
  for (let round = 0; round < 3; round++) {
    measured.push(await runLoad(booking))
    floors.push(await measureFloor(setting, bookingScript(setting.customers), true))
    bareFloors.push(await measureFloor(setting, bareBookingScript))
  }
  const ours = median(measured.map(({ perSecond }) => perSecond))
  const refused = measured.reduce((sum, { not2xx }) => sum + not2xx, 0)
  const note = refused > 0 ? { note: `${refused} refused` } : {}
  const against = (floor: number) => ({ ours, floor, ratio: ours / floor, ...note })
  return [
    { work: 'POST class booking', ...against(median(floors)), atLeast: 0.3, aim: 0.6 },
    { work: 'POST class booking, floor in bare tables', ...against(median(bareFloors)), atLeast: 0, aim: 0.2 },
  ]
}

/** Five hundred clients want the same twenty seats: the counts must be exact; the lock's own limit is the floor. */
export async function measureHotSlot(setting: Setting): Promise<BenchRow> {
  const slots = Array.from({ length: WARMING_STORMS + 3 }, (_, n) => ids.hotSlot + n)
  for (const slot of slots.slice(0, WARMING_STORMS)) await storm(setting, slot)
  const storms: Storm[] = []
  const floors = []
  for (const slot of slots.slice(WARMING_STORMS)) {
    storms.push(await storm(setting, slot))
    floors.push(await measureFloor(setting, lockScript))
  }
  const floor = median(floors)
  const ours = median(storms.map(({ perSecond }) => perSecond))
  const wrong = storms.find(({ fault }) => fault !== undefined)?.fault
  const refused = storms.reduce((sum, each) => sum + each.refused, 0)
  return {
    work: '500 clients on one slot with 20 seats',
    ours,
    floor,
    // Whatever its rate: seats that were given twice are a failure.
    ratio: wrong === undefined ? ours / floor : -1,
    atLeast: 0.5,
    aim: 1,
    note: wrong ?? `exact counts${refused > 0 ? `, ${refused} refused` : ''}`,
  }
}

interface Storm {
  /** Answers that are no refusals for lack of time. */
  readonly perSecond: number
  readonly refused: number
  /** What was not exact. */
  readonly fault: string | undefined
}

async function storm({ palestra, headers, client }: Setting, slot: number): Promise<Storm> {
  const started = performance.now()
  const answers = await Promise.all(
    Array.from({ length: CROWD }, (_, n) =>
      fetch(`${palestra.url}/v1/classes/booking/book`, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body: JSON.stringify({ customerId: ids.firstCustomer + n, classSlotId: slot }),
      }).then(async (answer) => ({ status: answer.status, body: await answer.json() })),
    ),
  )
  const seconds = (performance.now() - started) / 1000
  const statuses = answers.map(({ status, body }) =>
    status === 200 ? (body as { bookingStatus: string }).bookingStatus : status,
  )
  const count = (wanted: string | number) => statuses.filter((each) => each === wanted).length
  const { rows } = await client.query('select booked_count, waiting_count from class_slots where id = $1', [slot])
  const refused = count(503)
  const isExact =
    count('BOOKED') === SEATS &&
    count('WAITING_LIST') === WAITING &&
    count(400) === CROWD - SEATS - WAITING - refused &&
    rows[0].booked_count === SEATS &&
    rows[0].waiting_count === WAITING
  const fault = isExact ? undefined : `not exact: ${JSON.stringify({ rows, statuses: [...new Set(statuses)] })}`
  return { perSecond: (CROWD - refused) / seconds, refused, fault }
}

async function measureFloor({ url, seconds }: Setting, script: string, asTenant = false): Promise<number> {
  const perSecond = await pgbench(url, { script, clients: CLIENTS, seconds, asTenant })
  if (perSecond !== undefined) return perSecond
  throw new Error('pgbench is missing: install the postgresql-contrib package of your system to measure writes.')
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}
